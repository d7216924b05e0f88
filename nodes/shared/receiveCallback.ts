// What every callback trigger does with a delivery: judge it, fetch the pictures, and start the workflow.
import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { judgeDelivery } from '../../pipeline/callbacks/delivery';
import type { Connection } from '../../pipeline/connection';
import { imageItems, taskItem } from '../../pipeline/media/imageItems';
import { settle } from '../../pipeline/settle';
import { sharedDownload } from '../../pipeline/media/sharedDownloads';
import type { ImageTask, TaskStatus } from '../../providers/contract';
import { hidingSecrets, withoutSecrets } from './hideSecrets';
import { answerOnly, startWorkflow, triggerName } from './startWorkflow';

export async function receiveCallback(
	connection: Connection<IWebhookFunctions>,
	apiKey: string,
): Promise<IWebhookResponseData> {
	const { context } = connection;
	const arrivedAt = Date.now();
	const { status, message, task } = await judgeDelivery(connection, {
		bytes: context.getRequestObject().rawBody?.length ?? 0,
		body: context.getBodyData(),
		query: context.getQueryData(),
		apiKey,
		wanted: context.getNodeParameter('events', []) as TaskStatus[],
		trigger: triggerName(context),
		isTest: context.getMode() === 'manual',
		staticData: context.getWorkflowStaticData('node'),
	});
	if (!task) return answerOnly(context, status, message);
	const { redact } = connection;
	const items = hidingSecrets(redact, async () =>
		withoutSecrets(redact, await itemsOf(connection, task)),
	);
	return await startWorkflow(context, { id: task.id, arrivedAt, items });
}

async function itemsOf(
	connection: Connection<IWebhookFunctions>,
	task: ImageTask,
): Promise<INodeExecutionData[]> {
	const { context } = connection;
	if (task.status !== 'succeeded') return [taskItem(connection, task, 0)];
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const binaryField = String(options.binaryPropertyOutput || 'data');
	const wantsFiles = options.output !== 'link';
	const items = await settle(
		imageItems(connection, task, {
			itemIndex: 0,
			binaryField: wantsFiles ? binaryField : undefined,
			missingAsItems: true,
			download: sharedDownload(connection.provider.name),
		}),
	);
	if (items.ok) return items.value;
	// The delivery won't come again, so the workflow starts all the same and finds the ID and the links.
	const { json } = taskItem(connection, task, 0);
	return [{ json: { ...json, downloadError: items.error.message }, pairedItem: { item: 0 } }];
}
