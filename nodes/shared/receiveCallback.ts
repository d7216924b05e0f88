// What every callback trigger does with a delivery: judge it, answer it, and only then fetch the pictures.
import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import pLimit from 'p-limit';

import { judgeDelivery } from '../../pipeline/callbackDelivery';
import type { Connection } from '../../pipeline/connection';
import { imageItems, taskItem } from '../../pipeline/imageItems';
import { settle } from '../../pipeline/settle';
import type { ImageTask, TaskStatus } from '../../providers/contract';

const DOWNLOADS_AT_ONCE = 4;

export async function receiveCallback(
	connection: Connection<IWebhookFunctions>,
	apiKey: string,
): Promise<IWebhookResponseData> {
	const { context } = connection;
	const request = context.getRequestObject();
	const { status, message, task } = await judgeDelivery(connection, {
		bytes: request.rawBody?.length ?? 0,
		body: context.getBodyData(),
		query: context.getQueryData(),
		apiKey,
		wanted: context.getNodeParameter('events', []) as TaskStatus[],
		trigger: context.getMode() === 'manual' ? undefined : triggerName(context),
		staticData: context.getWorkflowStaticData('node'),
	});
	// Answered here and not by n8n, because fetching the pictures may take longer than the provider waits.
	context.getResponseObject().status(status).json({ message });
	if (!task) return { noWebhookResponse: true };
	return { noWebhookResponse: true, workflowData: [await itemsOf(connection, task)] };
}

async function itemsOf(
	connection: Connection<IWebhookFunctions>,
	task: ImageTask,
): Promise<INodeExecutionData[]> {
	const { context } = connection;
	if (task.status !== 'succeeded') return [taskItem(connection, task, 0)];
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const binaryField = String(options.binaryPropertyOutput || 'data');
	const limit = pLimit(DOWNLOADS_AT_ONCE);
	const download = async <Value>(job: () => Promise<Value>) => await limit(job);
	const wantsFiles = options.output !== 'link';
	const items = await settle(
		imageItems(connection, task, {
			itemIndex: 0,
			binaryField: wantsFiles ? binaryField : undefined,
			download,
		}),
	);
	if (items.ok) return items.value;
	// The delivery won't come again, so the workflow starts all the same and finds the ID and the links.
	const { json } = taskItem(connection, task, 0);
	return [{ json: { ...json, downloadError: items.error.message }, pairedItem: { item: 0 } }];
}

function triggerName(context: IWebhookFunctions): string {
	return `${context.getWorkflow().id}/${context.getNode().id}`;
}
