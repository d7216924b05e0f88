// The Made Up node: images, tasks and files, at Made Up.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import {
	executeWith,
	imageNode,
	resumeWith,
	subtitleOf,
} from '../../../nodes/shared/execute/imageNode';
import { modelSearch, namesBy } from '../../../nodes/shared/execute/modelSearch';
import { resumeWebhooks } from '../../../pipeline/suspend';
import { IMAGE_MODELS } from './provider';
import { resources } from './resources';
import { openAccount, openSession } from './session';

export class MadeUp implements INodeType {
	description: INodeTypeDescription = {
		...imageNode(resources, 'Made Up'),
		displayName: 'Made Up',
		name: 'madeUp',
		subtitle: subtitleOf(resources),
		description: 'Generate and edit images at Made Up',
		defaults: { name: 'Made Up' },
		usableAsTool: true,
		credentials: [{ name: 'madeUpApi', required: true }],
		webhooks: resumeWebhooks,
	};

	methods = { listSearch: { searchModels: modelSearch(openAccount, namesBy(IMAGE_MODELS)) } };

	execute = executeWith(resources, openSession);

	webhook = resumeWith(openAccount);
}
