// The Core.Today Trigger node: starts a workflow when Core.Today reports that a task has ended.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { callbackTrigger } from '../shared/webhooks/callbackTrigger';
import { openAccount } from './session';

const trigger = callbackTrigger('Core.Today', 'coretoday', openAccount);

export class CoreTodayTrigger implements INodeType {
	description: INodeTypeDescription = {
		...trigger.description,
		displayName: 'Core.Today Trigger',
		name: 'coreTodayTrigger',
		icon: { light: 'file:coretoday.svg', dark: 'file:coretoday.dark.svg' },
		subtitle: trigger.subtitle,
		// n8n shows it in lists of nodes in place of the action node's.
		description: 'Generate and edit images at Core.Today, and start workflows when they are ready',
		defaults: { name: 'Core.Today Trigger' },
		credentials: [{ name: 'coreTodayApi', required: true }],
	};

	webhookMethods = trigger.webhookMethods;

	webhook = trigger.webhook;

	execute = trigger.execute;
}
