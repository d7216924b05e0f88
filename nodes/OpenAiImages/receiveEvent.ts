// A webhook event from OpenAI: believed when its signature is right, and looked up.
import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import type { Connection } from '../../pipeline/connection';
import { imageItems, taskItem, type OutputOptions } from '../../pipeline/media/imageItems';
import { alreadySeen, beginWork } from '../../pipeline/callbacks/seenDeliveries';
import { settle } from '../../pipeline/settle';
import { sharedDownload } from '../../pipeline/media/sharedDownloads';
import { askForOne } from '../../pipeline/tasks/taskAnswers';
import { send } from '../../pipeline/http/send';
import { createOpenAiBatches } from '../../providers/openai/batches';
import { webhookEventSchema } from '../../providers/openai/schemas';
import { createOpenAiTasks } from '../../providers/openai/tasks';
import { refusalOf } from '../../providers/openai/webhooks';
import { withoutSecrets } from '../shared/hideSecrets';
import { answerOnly, startWorkflow, triggerName } from '../shared/startWorkflow';
import { batchItems, hasResults } from './batchItems';
import { batchJson } from './operations/batch/fields';
import { connectAccount, readAccount } from './session';
import { savedEndpoint } from './webhookEndpoint';

interface OpenAiEvent {
	type: string;
	/** Id of the response or batch. */
	id: string;
	/** Id of the event, the same in every repeat. */
	delivery: string;
}

export async function receiveEvent(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const arrivedAt = Date.now();
	const account = await readAccount(context);
	const { baseUrl, webhookSecret } = account;
	const { status, message, event } = judge(context, webhookSecret);
	if (!event) return answerOnly(context, status, message);
	const { signingSecret = '' } = savedEndpoint(context.getWorkflowStaticData('node'));
	const connection = connectAccount(context, account, createOpenAiTasks(baseUrl), signingSecret);
	// Whatever can't be fetched, the workflow starts all the same and finds the ID.
	const items = settle(itemsOf(connection, baseUrl, event)).then((found) =>
		withoutSecrets(connection.redact, found.ok ? found.value : [troubleItem(event, found.error)]),
	);
	return await startWorkflow(context, { id: event.delivery, arrivedAt, items });
}

/** What to answer, and the event that starts the workflow, if any. */
function judge(
	context: IWebhookFunctions,
	handMadeSecret: string,
): { status: number; message: string; event?: OpenAiEvent } {
	const staticData = context.getWorkflowStaticData('node');
	const isMadeByHand = context.getNodeParameter('endpoint') === 'manual';
	const secret = isMadeByHand ? handMadeSecret : (savedEndpoint(staticData).signingSecret ?? '');
	const headers = context.getHeaderData();
	const rawBody = context.getRequestObject().rawBody ?? Buffer.alloc(0);
	const refusal =
		secret === ''
			? 'There is no signing secret to check the delivery with.'
			: refusalOf({ headers, rawBody }, secret, Date.now() / 1000);
	if (refusal) return { status: 401, message: refusal };

	const parsed = webhookEventSchema.safeParse(context.getBodyData());
	if (!parsed.success) return { status: 400, message: "The body isn't an event." };
	const { type, data } = parsed.data;
	const wanted = context.getNodeParameter('events', []) as string[];
	if (!wanted.includes(type)) return { status: 200, message: 'Not wanted here.' };

	const delivery = String(headers['webhook-id']);
	const trigger = triggerName(context);
	if (context.getMode() !== 'manual') {
		if (alreadySeen(trigger, staticData, delivery)) {
			return { status: 200, message: 'Already received.' };
		}
		beginWork(trigger, delivery);
	}
	return { status: 200, message: 'Received.', event: { type, id: data.id, delivery } };
}

async function itemsOf(
	connection: Connection<IWebhookFunctions>,
	baseUrl: string,
	event: OpenAiEvent,
): Promise<INodeExecutionData[]> {
	const output = readOutput(connection.context);
	if (event.type.startsWith('batch.')) {
		const batches = createOpenAiBatches(baseUrl);
		const batch = batches.read(await send(connection, batches.get(event.id)));
		if (hasResults(batch)) return await batchItems(connection, baseUrl, batch, output);
		return [{ json: { event: event.type, ...batchJson(batch) }, pairedItem: { item: 0 } }];
	}
	const task = await askForOne(connection, event.id);
	if (task.status !== 'succeeded') return [taskItem(connection, task, 0)];
	return await imageItems(connection, task, output);
}

function readOutput(context: IWebhookFunctions): OutputOptions {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	return {
		itemIndex: 0,
		binaryField: String(options.binaryPropertyOutput || 'data'),
		missingAsItems: true,
		download: sharedDownload('OpenAI'),
	};
}

function troubleItem({ type, id }: OpenAiEvent, error: Error): INodeExecutionData {
	const name = type.startsWith('batch.') ? 'batchId' : 'taskId';
	const json = { event: type, provider: 'openai', [name]: id, fetchError: error.message };
	return { json, pairedItem: { item: 0 } };
}
