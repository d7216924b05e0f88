// The Made Up node: images, tasks and files, at Made Up.
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { executeResources } from '../../../nodes/shared/execute/executeResources';
import { imageNode, subtitleOf } from '../../../nodes/shared/execute/imageNode';
import { modelSearch, namesBy } from '../../../nodes/shared/execute/modelSearch';
import { resume, resumeWebhooks } from '../../../pipeline/suspend';
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

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeResources(this, resources, openSession)];
	}

	/** Called by n8n while an execution of the node is suspended. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this, async () => await openAccount(this));
	}
}
