// The Core.Today node: images, tasks and files, at Core.Today.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { IMAGE_MODELS } from '../../providers/coretoday/models';
import { imageNode } from '../shared/execute/imageNode';
import { knownModels } from '../shared/execute/modelSearch';
import { resources } from './resources';
import { openAccount, openSession } from './session';

const node = imageNode('Core.Today', resources, openSession, openAccount);

export class CoreToday implements INodeType {
	description: INodeTypeDescription = {
		...node.description,
		displayName: 'Core.Today',
		name: 'coreToday',
		icon: { light: 'file:coretoday.svg', dark: 'file:coretoday.dark.svg' },
		subtitle: node.subtitle,
		description: 'Generate and edit images with GPT Image and other models at Core.Today',
		defaults: { name: 'Core.Today' },
		usableAsTool: node.tool,
		credentials: [{ name: 'coreTodayApi', required: true }],
	};

	/** Core.Today lists its models on its pages only. */
	methods = { listSearch: { searchModels: knownModels(IMAGE_MODELS) } };

	execute = node.execute;

	webhook = node.webhook;
}
