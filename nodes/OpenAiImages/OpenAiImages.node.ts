// The OpenAI Images node: images, background tasks and batches, at OpenAI or a compatible server.
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { executeResources } from '../shared/execute/executeResources';
import { imageNode, imageTool, subtitleOf } from '../shared/execute/imageNode';
import { resources } from './resources';
import { searchChatModels, searchImageModels } from './searchModels';
import { openSession } from './session';

export class OpenAiImages implements INodeType {
	description: INodeTypeDescription = {
		...imageNode(resources, 'OpenAI'),
		displayName: 'OpenAI Images',
		name: 'openAiImages',
		icon: { light: 'file:openaiimages.svg', dark: 'file:openaiimages.dark.svg' },
		subtitle: subtitleOf(resources),
		description: 'Generate, edit and analyze images with OpenAI or a compatible server',
		defaults: { name: 'OpenAI Images' },
		usableAsTool: imageTool(resources, 'OpenAI'),
		credentials: [{ name: 'openAiImagesApi', required: true }],
	};

	methods = { listSearch: { searchChatModels, searchImageModels } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeResources(this, resources, openSession)];
	}
}
