// The EvoLink Trigger node: starts a workflow when EvoLink reports that a task has ended.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import {
	callbackMethods,
	callbackTrigger,
	eventsSubtitle,
} from '../shared/webhooks/callbackTrigger';
import { receiveWith, startWith } from '../shared/webhooks/receiveCallback';
import { openAccount } from './session';

export class EvoLinkTrigger implements INodeType {
	description: INodeTypeDescription = {
		...callbackTrigger('EvoLink', 'evolink'),
		displayName: 'EvoLink Trigger',
		name: 'evoLinkTrigger',
		icon: { light: 'file:evolink.svg', dark: 'file:evolink.dark.svg' },
		subtitle: eventsSubtitle,
		// n8n shows it in lists of nodes in place of the action node's.
		description: 'Generate and edit images at EvoLink, and start workflows when they are ready',
		defaults: { name: 'EvoLink Trigger' },
		credentials: [{ name: 'evoLinkApi', required: true }],
	};

	webhookMethods = { default: callbackMethods };

	webhook = receiveWith(openAccount);

	execute = startWith(openAccount);
}
