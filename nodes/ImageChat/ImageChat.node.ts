// The Image Chat node: images through the chat of any OpenAI-compatible gateway.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { chatLabelOf, chatPlaceOf } from '../../providers/chat/models';
import { executeWith, imageNode, imageTool, subtitleOf } from '../shared/execute/imageNode';
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

	execute = executeWith(resources, openSession);
}
