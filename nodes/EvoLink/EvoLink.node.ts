// The EvoLink node: images, tasks, files and the account, at EvoLink.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { IMAGE_MODELS, mayServe } from '../../providers/evolink/models';
import { imageNode } from '../shared/execute/imageNode';
import { modelSearch, namesBy } from '../shared/execute/modelSearch';
import { resources } from './resources';
import { openAccount, openSession } from './session';

const node = imageNode('EvoLink', resources, openSession, openAccount);

export class EvoLink implements INodeType {
	description: INodeTypeDescription = {
		...node.description,
		displayName: 'EvoLink',
		name: 'evoLink',
		icon: { light: 'file:evolink.svg', dark: 'file:evolink.dark.svg' },
		subtitle: node.subtitle,
		description: 'Generate and edit images with GPT Image and other models at EvoLink',
		defaults: { name: 'EvoLink' },
		usableAsTool: node.tool,
		credentials: [{ name: 'evoLinkApi', required: true }],
	};

	methods = {
		listSearch: { searchModels: modelSearch(openAccount, namesBy(IMAGE_MODELS), mayServe) },
	};

	execute = node.execute;

	webhook = node.webhook;
}
