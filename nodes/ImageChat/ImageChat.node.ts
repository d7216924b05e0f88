// The Image Chat node: images through the chat of any OpenAI-compatible gateway.
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
import { searchModels } from './searchModels';
import { openSession } from './session';

export class ImageChat implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Image Chat',
		name: 'imageChat',
		icon: { light: 'file:imagechat.svg', dark: 'file:imagechat.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Generate and edit images through the chat of an OpenAI-compatible gateway',
		defaults: { name: 'Image Chat' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'imageChatApi', required: true }],
		properties: describeResources(resources),
	};

	methods = { listSearch: { searchModels } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeResources(this, resources, openSession)];
	}
}
