// The fal node: images with any model of fal, tasks, files and the account.
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { resume, resumeWebhooks } from '../../pipeline/suspend';
import { executeResources } from '../shared/execute/executeResources';
import { imageNode, imageTool, subtitleOf } from '../shared/execute/imageNode';
import { getQualities, getSettings, getSizes, searchModels } from './modelInput';
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

	methods = {
		listSearch: { searchModels },
		loadOptions: { getSizes, getQualities },
		resourceMapping: { getSettings },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeResources(this, resources, openSession)];
	}

	/** Called by n8n while an execution of the node is suspended. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this, async () => await openAccount(this));
	}
}
