// The OpenAI Images node: images, background tasks and batches, at OpenAI or a compatible server.
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeResources } from '../shared/executeResources';
import { describeResources } from '../shared/operations';
import { resources } from './resources';
import { searchChatModels, searchImageModels } from './searchModels';
import { openSession } from './session';

export class OpenAiImages implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OpenAI Images',
		name: 'openAiImages',
		icon: { light: 'file:openaiimages.svg', dark: 'file:openaiimages.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Generate, edit and analyze images with OpenAI or a compatible server',
		defaults: { name: 'OpenAI Images' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'openAiImagesApi', required: true }],
		properties: describeResources(resources),
	};

	methods = { listSearch: { searchChatModels, searchImageModels } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeResources(this, resources, openSession)];
	}
}
