// The Made Up Trigger node: starts a workflow when Made Up reports that a task has ended.
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
} from '../../../nodes/shared/webhooks/callbackTrigger';
import { callbackItems, receiveCallback } from '../../../nodes/shared/webhooks/receiveCallback';
import { openAccount } from './session';

export class MadeUpTrigger implements INodeType {
	description: INodeTypeDescription = {
		...callbackTrigger('Made Up', 'madeup'),
		displayName: 'Made Up Trigger',
		name: 'madeUpTrigger',
		subtitle: eventsSubtitle,
		description: 'Starts the workflow when Made Up has finished an image task',
		defaults: { name: 'Made Up Trigger' },
		credentials: [{ name: 'madeUpApi', required: true }],
	};

	webhookMethods = { default: callbackMethods };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCallback(await openAccount(this));
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await callbackItems(await openAccount(this))];
	}
}
