// The Core.Today Trigger node: starts a workflow when Core.Today reports that a task has ended.
import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { callbackMethods, callbackProperties } from '../shared/callbackTrigger';
import { receiveCallback } from '../shared/receiveCallback';
import { openAccount } from './session';

export class CoreTodayTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Core.Today Trigger',
		name: 'coreTodayTrigger',
		icon: { light: 'file:coretoday.svg', dark: 'file:coretoday.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ").replace("succeeded", "completed")}}',
		description: 'Starts the workflow when Core.Today has finished an image task',
		defaults: { name: 'Core.Today Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'coreTodayApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: 'coretoday',
			},
		],
		properties: callbackProperties('Core.Today'),
	};

	/** Core.Today has no webhooks to register: each task brings its own callback address. */
	webhookMethods = { default: callbackMethods };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { connection, apiKey } = await openAccount(this);
		return await receiveCallback(connection, apiKey);
	}
}
