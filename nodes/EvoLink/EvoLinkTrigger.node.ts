// The EvoLink Trigger node: starts a workflow when EvoLink reports that a task has ended.
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

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCallback(await openAccount(this));
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await callbackItems(await openAccount(this))];
	}
}
