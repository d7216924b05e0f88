// The Core.Today Trigger node: starts a workflow when Core.Today reports that a task has ended.
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import {
	callbackMethods,
	callbackTrigger,
	eventsSubtitle,
} from '../shared/webhooks/callbackTrigger';
import { callbackItems, receiveCallback } from '../shared/webhooks/receiveCallback';
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

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCallback(await openAccount(this));
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await callbackItems(await openAccount(this))];
	}
}
