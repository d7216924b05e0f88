// The EvoLink Trigger node: starts a workflow when EvoLink reports that a task has ended.
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

export class EvoLinkTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'EvoLink Trigger',
		name: 'evoLinkTrigger',
		icon: { light: 'file:evolink.svg', dark: 'file:evolink.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ").replace("succeeded", "completed")}}',
		description: 'Starts the workflow when EvoLink has finished an image task',
		defaults: { name: 'EvoLink Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'evoLinkApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: 'evolink',
			},
		],
		properties: callbackProperties('EvoLink'),
	};

	/** EvoLink has no webhooks to register: each task brings its own callback address. */
	webhookMethods = { default: callbackMethods };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { connection, apiKey } = await openAccount(this);
		return await receiveCallback(connection, apiKey);
	}
}
