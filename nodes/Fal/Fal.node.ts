// The fal node: images with any model of fal, tasks, files and the account.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { resumeWebhooks } from '../../pipeline/suspend';
import { KNOWN_MODELS } from '../../providers/fal/models';
import { describedMethods } from '../shared/described/describedMethods';
import {
	executeWith,
	imageNode,
	imageTool,
	resumeWith,
	subtitleOf,
} from '../shared/execute/imageNode';
import { resources } from './resources';
import { openAccount, openSession } from './session';

export class Fal implements INodeType {
	description: INodeTypeDescription = {
		...imageNode(resources, 'fal'),
		displayName: 'fal',
		name: 'fal',
		icon: { light: 'file:fal.svg', dark: 'file:fal.dark.svg' },
		subtitle: subtitleOf(resources),
		description: 'Generate, edit and upscale images with any model at fal',
		defaults: { name: 'fal' },
		usableAsTool: imageTool(resources, 'fal'),
		credentials: [{ name: 'falApi', required: true }],
		webhooks: resumeWebhooks,
	};

	methods = describedMethods(openAccount, KNOWN_MODELS);

	execute = executeWith(resources, openSession);

	webhook = resumeWith(openAccount);
}
