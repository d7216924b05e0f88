// The EvoLink Trigger node: starts a workflow when EvoLink reports that a task has ended.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { callbackTrigger } from '../shared/webhooks/callbackTrigger';
import { openAccount } from './session';

const trigger = callbackTrigger('EvoLink', 'evolink', openAccount);

export class EvoLinkTrigger implements INodeType {
	description: INodeTypeDescription = {
		...trigger.description,
		displayName: 'EvoLink Trigger',
		name: 'evoLinkTrigger',
		icon: { light: 'file:evolink.svg', dark: 'file:evolink.dark.svg' },
		subtitle: trigger.subtitle,
		// n8n shows it in lists of nodes in place of the action node's.
		description: 'Generate and edit images at EvoLink, and start workflows when they are ready',
		defaults: { name: 'EvoLink Trigger' },
		credentials: [{ name: 'evoLinkApi', required: true }],
	};

	webhookMethods = trigger.webhookMethods;

	webhook = trigger.webhook;

	execute = trigger.execute;
}
