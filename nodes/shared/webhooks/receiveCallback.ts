// What every callback trigger does: judge a delivery and start the workflow, then fetch the pictures as its first step.
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import {
	answerOnly,
	deliveredTask,
	judgeCallback,
	startWorkflow,
	toDelivered,
} from '../../../pipeline/callbacks';
import { imageItems, taskItem } from '../../../pipeline/media';
import { resultOf } from '../../../pipeline/result';
import { askForTask, itemsWithoutSecrets } from '../../../pipeline/session';
import type { ImageTask, TaskStatus } from '../../../providers/contract';
import type { Account, OpenAccount } from '../execute/openAccount';
import { adviceBeside } from './adviceBeside';
import { triggerOutput } from './triggerOutput';

/** What n8n calls with a delivery. */
export function receiveWith(openAccount: OpenAccount<unknown>): NonNullable<INodeType['webhook']> {
	return async function () {
		return await receiveCallback(await openAccount(this));
	};
}

/** What n8n calls in the execution that a delivery has started. */
export function startWith(openAccount: OpenAccount<unknown>): NonNullable<INodeType['execute']> {
	return async function () {
		return [await callbackItems(await openAccount(this))];
	};
}

async function receiveCallback({
	connection,
	apiKey,
}: Account<IWebhookFunctions, unknown>): Promise<IWebhookResponseData> {
	const { context } = connection;
	const wanted = context.getNodeParameter('events', []) as TaskStatus[];
	const { task, ...answer } = await judgeCallback(connection, apiKey, wanted);
	if (!task) return answerOnly(context, answer);
	// n8n saves it before the workflow's first step.
	return startWorkflow(context, task.id, connection.redact.value(toDelivered(task)));
}

/** The items that the workflow goes on with. */
async function callbackItems({
	connection,
}: Account<IExecuteFunctions, unknown>): Promise<INodeExecutionData[]> {
	const [delivered] = connection.context.getInputData();
	const told = deliveredTask(delivered!.json);
	return await itemsWithoutSecrets(connection.redact, async () => {
		const task = await withPictures(connection, told);
		if (task.status !== 'succeeded') return [taskItem(connection, task, 0)];
		const items = await resultOf(
			(async () => await imageItems(connection, task, triggerOutput(connection)))(),
		);
		if (items.ok) return items.value;
		// The delivery won't come again, so the workflow starts all the same and finds the ID and the links.
		const { json } = taskItem(connection, task, 0);
		const trouble = { downloadError: items.error.message, ...adviceBeside(items.error) };
		return [{ json: { ...json, ...trouble }, pairedItem: { item: 0 } }];
	});
}

/**
 * Pictures that stood in the answer itself were stored for the delivery, which is over: they are asked for once more.
 * Where they don't come, the item says that they are gone and how to have them.
 */
async function withPictures(
	connection: Account<IExecuteFunctions, unknown>['connection'],
	task: ImageTask,
): Promise<ImageTask> {
	if (task.images.every(({ stored }) => stored === undefined)) return task;
	const again = await resultOf(askForTask(connection, task.id));
	if (!again.ok || again.value.status !== 'succeeded') return task;
	const { orderReference = again.value.orderReference } = task;
	return { ...again.value, orderReference };
}
