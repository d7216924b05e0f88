// The OpenAI Images node: images, background tasks and batches, at OpenAI or a compatible server.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { executeWith, imageNode, imageTool, subtitleOf } from '../shared/execute/imageNode';
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

	execute = executeWith(resources, openSession);
}
