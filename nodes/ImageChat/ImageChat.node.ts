// The Image Chat node: images through the chat of any OpenAI-compatible gateway.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { chatLabelOf, chatRankOf } from '../../providers/chat/models';
import { imageNode } from '../shared/execute/imageNode';
import { modelSearch, type ModelNames } from '../shared/execute/modelSearch';
import { resources } from './resources';
import { openAccount, openSession } from './session';

const names: ModelNames = { labelOf: chatLabelOf, rankOf: chatRankOf };

const node = imageNode('Image Chat', resources, openSession);

export class ImageChat implements INodeType {
	description: INodeTypeDescription = {
		...node.description,
		displayName: 'Image Chat',
		name: 'imageChat',
		icon: { light: 'file:imagechat.svg', dark: 'file:imagechat.dark.svg' },
		subtitle: node.subtitle,
		description: 'Generate and edit images through the chat of an OpenAI-compatible gateway',
		defaults: { name: 'Image Chat' },
		usableAsTool: node.tool,
		credentials: [{ name: 'imageChatApi', required: true }],
	};

	methods = { listSearch: { searchModels: modelSearch(openAccount, names) } };

	execute = node.execute;
}
