// The Made Up node: images, tasks and files, at Made Up.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { imageNode } from '../../../nodes/shared/execute/imageNode';
import { modelSearch, namesBy } from '../../../nodes/shared/execute/modelSearch';
import { IMAGE_MODELS } from './provider';
import { resources } from './resources';
import { openAccount, openSession } from './session';

const node = imageNode('Made Up', resources, openSession, openAccount);

export class MadeUp implements INodeType {
	description: INodeTypeDescription = {
		...node.description,
		displayName: 'Made Up',
		name: 'madeUp',
		subtitle: node.subtitle,
		description: 'Generate and edit images at Made Up',
		defaults: { name: 'Made Up' },
		usableAsTool: true,
		credentials: [{ name: 'madeUpApi', required: true }],
	};

	methods = { listSearch: { searchModels: modelSearch(openAccount, namesBy(IMAGE_MODELS)) } };

	execute = node.execute;

	webhook = node.webhook;
}
