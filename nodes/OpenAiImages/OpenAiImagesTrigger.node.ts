// The OpenAI Images Trigger node: starts a workflow when OpenAI reports that a background task or a batch has ended.
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { optionsField } from '../shared/fields/optionsField';
import { deliveryWebhook } from '../shared/webhooks/callbackTrigger';
import { fileOptions } from '../shared/fields/outputFields';
import { eventItems, receiveEvent } from './receiveEvent';
import { createEndpoint, deleteEndpoint, endpointExists } from './webhookEndpoint';

/** The editor offers them in this order: what people want first comes first. */
const TASK_EVENTS: INodePropertyOptions[] = [
	{ name: 'Task Completed', value: 'response.completed' },
	{ name: 'Task Failed', value: 'response.failed' },
	{ name: 'Task Cancelled', value: 'response.cancelled' },
	{ name: 'Task Incomplete', value: 'response.incomplete' },
];
const BATCH_EVENTS: INodePropertyOptions[] = [
	{ name: 'Batch Completed', value: 'batch.completed' },
	{ name: 'Batch Failed', value: 'batch.failed' },
	{ name: 'Batch Cancelled', value: 'batch.cancelled' },
	{ name: 'Batch Expired', value: 'batch.expired' },
];

export class OpenAiImagesTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OpenAI Images Trigger',
		name: 'openAiImagesTrigger',
		icon: { light: 'file:openaiimages.svg', dark: 'file:openaiimages.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{$parameter["events"].join(", ").replaceAll("response.", "task ").replaceAll("batch.", "batch ")}}',
		// n8n shows it in lists of nodes in place of the action node's.
		description:
			'Generate, edit and analyze images with OpenAI, and start workflows when they are ready',
		defaults: { name: 'OpenAI Images Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'openAiImagesApi', required: true }],
		webhooks: [{ ...deliveryWebhook, path: 'openai' }],
		properties: [
			{
				displayName: 'Webhook Endpoint',
				name: 'endpoint',
				type: 'options',
				options: [
					{
						name: 'Made by Hand',
						value: 'manual',
						description: 'You have made one at OpenAI and put its secret into the credential',
					},
					{
						name: 'Made for Me',
						value: 'automatic',
						description: 'This node makes one when the workflow is published, and deletes it later',
					},
				],
				default: 'automatic',
				description:
					'How OpenAI learns where to report. It reports the tasks and batches of your whole project, whoever started them.',
			},
			{
				displayName:
					'At platform.openai.com > Settings > Webhooks, make an endpoint with the <b>Production URL</b>, which stands under <b>Webhook URLs</b> above, and with the events chosen below. Then put its signing secret into the credential, as <b>Webhook Signing Secret</b>.',
				name: 'manualNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { endpoint: ['manual'] } },
			},
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				options: [...TASK_EVENTS, ...BATCH_EVENTS],
				default: ['response.completed', 'batch.completed'],
				required: true,
				description: 'Which outcomes start the workflow',
			},
			optionsField(fileOptions),
		],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await endpointExists(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await createEndpoint(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await deleteEndpoint(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveEvent(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await eventItems(this)];
	}
}
