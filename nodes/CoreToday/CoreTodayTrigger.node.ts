// The Core.Today Trigger node: starts a workflow when Core.Today reports that a task has ended.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import {
	callbackMethods,
	callbackTrigger,
	eventsSubtitle,
} from '../shared/webhooks/callbackTrigger';
import { receiveWith, startWith } from '../shared/webhooks/receiveCallback';
import { openAccount } from './session';

export class CoreTodayTrigger implements INodeType {
	description: INodeTypeDescription = {
		...callbackTrigger('Core.Today', 'coretoday'),
		displayName: 'Core.Today Trigger',
		name: 'coreTodayTrigger',
		icon: { light: 'file:coretoday.svg', dark: 'file:coretoday.dark.svg' },
		subtitle: eventsSubtitle,
		// n8n shows it in lists of nodes in place of the action node's.
		description: 'Generate and edit images at Core.Today, and start workflows when they are ready',
		defaults: { name: 'Core.Today Trigger' },
		credentials: [{ name: 'coreTodayApi', required: true }],
	};

	webhookMethods = { default: callbackMethods };

	webhook = receiveWith(openAccount);

	execute = startWith(openAccount);
}
