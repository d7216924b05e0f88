// The Core.Today node: images, tasks and files, at Core.Today.
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { DEFAULT_MODEL } from '../../providers/coretoday/models';
import { executeResources } from '../shared/executeResources';
import { describeResources } from '../shared/operations';
import { resume, resumeWebhooks } from '../shared/resume';
import { resources } from './resources';
import { openAccount, openSession } from './session';

export class CoreToday implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Core.Today',
		name: 'coreToday',
		icon: { light: 'file:coretoday.svg', dark: 'file:coretoday.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Generate and edit images with GPT Image and other models at Core.Today',
		defaults: { name: 'Core.Today' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'coreTodayApi', required: true }],
		webhooks: resumeWebhooks,
		properties: describeResources(resources),
	};

	methods = {
		listSearch: {
			/** Core.Today lists its models on its pages only, so the list holds the one that this node knows. */
			async searchModels(): Promise<INodeListSearchResult> {
				return { results: [{ name: DEFAULT_MODEL, value: DEFAULT_MODEL }] };
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeResources(this, resources, openSession)];
	}

	/** Called by n8n while an execution of the node is suspended. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this, async () => await openAccount(this));
	}
}
