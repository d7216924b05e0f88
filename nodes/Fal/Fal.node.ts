// The fal node: images with any model of fal, tasks, files and the account.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { resumeWebhooks } from '../../pipeline/suspend';
import { KNOWN_MODELS } from '../../providers/fal/models';
import { describedMethods } from '../shared/described/describedMethods';
import { imageNode, resumeWith } from '../shared/execute/imageNode';
import { resources } from './resources';
import { openAccount, openSession } from './session';

const node = imageNode('fal', resources, openSession);

export class Fal implements INodeType {
	description: INodeTypeDescription = {
		...node.description,
		displayName: 'fal',
		name: 'fal',
		icon: { light: 'file:fal.svg', dark: 'file:fal.dark.svg' },
		subtitle: node.subtitle,
		description: 'Generate, edit and upscale images with any model at fal',
		defaults: { name: 'fal' },
		usableAsTool: node.tool,
		credentials: [{ name: 'falApi', required: true }],
		webhooks: resumeWebhooks,
	};

	methods = describedMethods(openAccount, KNOWN_MODELS);

	execute = node.execute;

	webhook = resumeWith(openAccount);
}
