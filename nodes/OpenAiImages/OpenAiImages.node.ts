// The OpenAI Images node: images, background tasks and batches, at OpenAI or a compatible server.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { imageNode } from '../shared/execute/imageNode';
import { resources } from './resources';
import { searchChatModels, searchImageModels } from './searchModels';
import { openSession } from './session';

const node = imageNode('OpenAI', resources, openSession);

export class OpenAiImages implements INodeType {
	description: INodeTypeDescription = {
		...node.description,
		displayName: 'OpenAI Images',
		name: 'openAiImages',
		icon: { light: 'file:openaiimages.svg', dark: 'file:openaiimages.dark.svg' },
		subtitle: node.subtitle,
		description: 'Generate, edit and analyze images with OpenAI or a compatible server',
		defaults: { name: 'OpenAI Images' },
		usableAsTool: node.tool,
		credentials: [{ name: 'openAiImagesApi', required: true }],
	};

	methods = { listSearch: { searchChatModels, searchImageModels } };

	execute = node.execute;
}
