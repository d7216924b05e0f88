// The Image Chat node: images through the chat of any OpenAI-compatible gateway.
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { chatLabelOf, chatPlaceOf } from '../../providers/chat/models';
import { executeResources } from '../shared/execute/executeResources';
import { imageNode, imageTool, subtitleOf } from '../shared/execute/imageNode';
import { modelSearch, type ModelNames } from '../shared/execute/modelSearch';
import { resources } from './resources';
import { openAccount, openSession } from './session';

const names: ModelNames = { labelOf: chatLabelOf, placeOf: chatPlaceOf };

export class ImageChat implements INodeType {
	description: INodeTypeDescription = {
		...imageNode(resources, 'Image Chat'),
		displayName: 'Image Chat',
		name: 'imageChat',
		icon: { light: 'file:imagechat.svg', dark: 'file:imagechat.dark.svg' },
		subtitle: subtitleOf(resources),
		description: 'Generate and edit images through the chat of an OpenAI-compatible gateway',
		defaults: { name: 'Image Chat' },
		usableAsTool: imageTool(resources, 'Image Chat'),
		credentials: [{ name: 'imageChatApi', required: true }],
	};

	methods = { listSearch: { searchModels: modelSearch(openAccount, names) } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeResources(this, resources, openSession)];
	}
}
