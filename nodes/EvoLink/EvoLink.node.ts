// The EvoLink node: images, tasks, files and the account, at EvoLink.
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { executeResources } from '../shared/executeResources';
import { describeResources } from '../shared/operations';
import { resume, resumeWebhooks } from '../shared/resume';
import { resources } from './resources';
import { searchModels } from './searchModels';
import { openAccount, openSession } from './session';

export class EvoLink implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'EvoLink',
		name: 'evoLink',
		icon: { light: 'file:evolink.svg', dark: 'file:evolink.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Generate and edit images with GPT Image and other models at EvoLink',
		defaults: { name: 'EvoLink' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'evoLinkApi', required: true }],
		webhooks: resumeWebhooks,
		properties: describeResources(resources),
	};

	methods = { listSearch: { searchModels } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeResources(this, resources, openSession)];
	}

	/** Called by n8n while an execution of the node is suspended. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this, async () => await openAccount(this));
	}
}
