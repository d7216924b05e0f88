// The EvoLink Trigger node: starts a workflow when EvoLink reports that a task has ended.
import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { connect } from '../../pipeline/connection';
import { createEvoLink } from '../../providers/evolink';
import { outputOptions } from '../shared/imageFields';
import { receiveCallback } from '../shared/receiveCallback';
import { CREDENTIAL, readAccount } from './session';

export class EvoLinkTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'EvoLink Trigger',
		name: 'evoLinkTrigger',
		icon: { light: 'file:evolink.svg', dark: 'file:evolink.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description: 'Starts the workflow when EvoLink has finished an image task',
		defaults: { name: 'EvoLink Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'evoLinkApi', required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'evolink' },
		],
		properties: [
			{
				displayName:
					'To connect this trigger: publish this workflow, copy the <b>Production URL</b> above, and paste it into <b>Callback URL</b> of an EvoLink node whose Completion is "Return the Task at Once". Both nodes must use the same credential.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				options: [
					{ name: 'Task Cancelled', value: 'cancelled' },
					{ name: 'Task Completed', value: 'succeeded' },
					{ name: 'Task Failed', value: 'failed' },
				],
				default: ['succeeded'],
				required: true,
				description: 'Which ends of a task start the workflow',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: outputOptions,
			},
		],
	};

	/** EvoLink has no webhooks to register: each task brings its own callback address. */
	webhookMethods = {
		default: {
			async checkExists(): Promise<boolean> {
				return true;
			},
			async create(): Promise<boolean> {
				return true;
			},
			async delete(): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const account = await readAccount(this);
		const provider = createEvoLink(account);
		const connection = connect(this, CREDENTIAL, provider);
		return await receiveCallback(connection, account.apiKey);
	}
}
