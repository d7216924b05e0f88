// A webhook event from OpenAI: believed when its signature is right, and looked up when the workflow has started.
import type {
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import {
	answerOnly,
	refusalOfSize,
	startWorkflow,
	type DeliveryAnswer,
} from '../../pipeline/callbacks';
import { imageItems, taskItem } from '../../pipeline/media';
import { resultOf } from '../../pipeline/result';
import { ask, askForTask, itemsWithoutSecrets, type Connection } from '../../pipeline/session';
import { hasResults } from '../../providers/openai/batchFiles';
import { createOpenAiBatches } from '../../providers/openai/batches';
import { webhookEventSchema } from '../../providers/openai/schemas';
import { createOpenAiTasks } from '../../providers/openai/tasks';
import { refusalOf } from '../../providers/openai/webhooks';
import { adviceBeside } from '../shared/webhooks/adviceBeside';
import { triggerOutput } from '../shared/webhooks/triggerOutput';
import { batchItems } from './batchItems';
import { askedFor, batchJson } from './operations/batch/fields';
import { onceEnded } from './onceEnded';
import { connectAccount, readAccount, type OpenAiAccount } from './session';
import { savedEndpoint } from './webhookEndpoint';

/** What an event tells of. */
interface EndedThing {
	type: string;
	/** Id of the response or batch. */
	id: string;
}

interface OpenAiEvent extends EndedThing {
	/** Id of the event, the same in every repeat. */
	delivery: string;
}

export async function receiveEvent(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const account = await readAccount(context);
	const connection = connectAccount(context, account, createOpenAiTasks(account.baseUrl));
	const { event, ...answer } = judge(connection, account.webhookSecret);
	if (!event) return answerOnly(context, answer);
	const { type, id } = event;
	return startWorkflow(context, event.delivery, connection.redact.value({ type, id }));
}

/** The items that the workflow goes on with. Whatever can't be fetched, it goes on all the same and finds the ID. */
export async function eventItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const account = await readAccount(context);
	const { signingSecret = '' } = savedEndpoint(context.getWorkflowStaticData('node'));
	const tasks = createOpenAiTasks(account.baseUrl);
	const connection = connectAccount(context, account, tasks, signingSecret);
	const [delivered] = context.getInputData();
	const event = delivered!.json as unknown as EndedThing;
	return await itemsWithoutSecrets(connection.redact, async () => {
		const found = await resultOf(itemsOf(connection, account, event));
		return found.ok ? found.value : [troubleItem(event, found.error)];
	});
}

/** What to answer, and the event that starts the workflow, if any. */
function judge(
	{ context, clock }: Connection<IWebhookFunctions>,
	handMadeSecret: string,
): DeliveryAnswer & { event?: OpenAiEvent } {
	const tooLarge = refusalOfSize(context);
	if (tooLarge) return tooLarge;
	const staticData = context.getWorkflowStaticData('node');
	const isMadeByHand = context.getNodeParameter('endpoint') === 'manual';
	const secret = isMadeByHand ? handMadeSecret : (savedEndpoint(staticData).signingSecret ?? '');
	const headers = context.getHeaderData();
	const rawBody = context.getRequestObject().rawBody ?? Buffer.alloc(0);
	const refusal =
		secret === ''
			? 'There is no signing secret to check the delivery with.'
			: refusalOf({ headers, rawBody }, secret, clock.now() / 1000);
	if (refusal) return { status: 401, message: refusal };

	const parsed = webhookEventSchema.safeParse(context.getBodyData());
	if (!parsed.success) return { status: 400, message: "The body isn't an event." };
	const { type, data } = parsed.data;
	const wanted = context.getNodeParameter('events', []) as string[];
	if (!wanted.includes(type)) return { status: 200, message: 'Not wanted here.' };

	const delivery = String(headers['webhook-id']);
	return { status: 200, message: 'Received.', event: { type, id: data.id, delivery } };
}

async function itemsOf(
	connection: Connection<IExecuteFunctions>,
	account: OpenAiAccount,
	event: EndedThing,
): Promise<INodeExecutionData[]> {
	const output = triggerOutput(connection);
	if (event.type.startsWith('batch.')) {
		const batches = createOpenAiBatches(account.baseUrl);
		const batch = await onceEnded(connection, 'batch', async () =>
			askedFor(batches.read(await ask(connection, batches.get(event.id))), event.id),
		);
		if (hasResults(batch)) {
			return await batchItems(connection, account, batch, { ...output, isLastTry: true });
		}
		return [{ json: { event: event.type, ...batchJson(batch) }, pairedItem: { item: 0 } }];
	}
	const task = await onceEnded(
		connection,
		'task',
		async () => await askForTask(connection, event.id),
	);
	if (task.status !== 'succeeded') return [taskItem(connection, task, 0)];
	return await imageItems(connection, task, output);
}

function troubleItem({ type, id }: EndedThing, error: Error): INodeExecutionData {
	const [name, operation] = type.startsWith('batch.')
		? ['batchId', 'Batch: Get Results']
		: ['taskId', 'Task: Wait'];
	const then = `Then fetch what was made with ${operation} and this ID.`;
	const trouble = { fetchError: error.message, ...adviceBeside(error, then) };
	const json = { event: type, provider: 'openai', [name!]: id, ...trouble };
	return { json, pairedItem: { item: 0 } };
}
