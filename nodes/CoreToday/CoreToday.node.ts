// The Core.Today node: images, tasks and files, at Core.Today.
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { resume, resumeWebhooks } from '../../pipeline/suspend';
import { IMAGE_MODELS } from '../../providers/coretoday/models';
import { executeResources } from '../shared/execute/executeResources';
import { imageNode, imageTool, subtitleOf } from '../shared/execute/imageNode';
import { knownModels } from '../shared/execute/modelSearch';
import { resources } from './resources';
import { openAccount, openSession } from './session';

export class CoreToday implements INodeType {
	description: INodeTypeDescription = {
		...imageNode(resources, 'Core.Today'),
		displayName: 'Core.Today',
		name: 'coreToday',
		icon: { light: 'file:coretoday.svg', dark: 'file:coretoday.dark.svg' },
		subtitle: subtitleOf(resources),
		description: 'Generate and edit images with GPT Image and other models at Core.Today',
		defaults: { name: 'Core.Today' },
		usableAsTool: imageTool(resources, 'Core.Today'),
		credentials: [{ name: 'coreTodayApi', required: true }],
		webhooks: resumeWebhooks,
	};

	/** Core.Today lists its models on its pages only. */
	methods = { listSearch: { searchModels: knownModels(IMAGE_MODELS) } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeResources(this, resources, openSession)];
	}

	/** Called by n8n while an execution of the node is suspended. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this, async () => await openAccount(this));
	}
}
