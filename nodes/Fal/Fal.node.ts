// The fal node: images with any model of fal, tasks, files and the account.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { node } from './described';

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
	};

	methods = node.methods;

	execute = node.execute;

	webhook = node.webhook;
}
