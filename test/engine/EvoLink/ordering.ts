// Tasks for the tests of the EvoLink Trigger and of Task: orders, deliveries by hand, and what became of them.
import type { IDataObject } from 'n8n-workflow';
import pLimit from 'p-limit';

import type { DeliveryRecord } from '../../../sandbox';
import type { EngineTrigger } from '../support';
import { until, type Bench } from './setup';

/** Starts a task that reports to the trigger, and answers its ID and the address that EvoLink was told. */
export async function order(
	bench: Bench,
	listening: EngineTrigger,
	key: string,
	prompt: string,
	parameters: IDataObject = {},
): Promise<{ id: string; address: string }> {
	const run = await bench.image(
		'generate',
		{ prompt, completion: 'return', callbackUrl: listening.url, ...parameters },
		{ key, ...(listening.url.includes('/webhook-test/') && { mode: 'manual' }) },
	);
	const id = String(run.items[0]?.json.taskId);
	const task = bench.sandbox.evolink.tasks(key).find((each) => each.id === id);
	if (!task?.callbackUrl) throw new Error(`No task with a callback: ${run.error?.message}`);
	return { id, address: task.callbackUrl };
}

/** As `order`, but EvoLink's own callback is lost, so that the test delivers. The task has ended. */
export async function orderSilently(bench: Bench, listening: EngineTrigger, key: string) {
	const ordered = await order(bench, listening, key, 'A cat [sandbox: callback=lose, seconds=60]');
	bench.sandbox.evolink.finishTask(ordered.id);
	return ordered;
}

/** Delivers a body as EvoLink does. */
export async function deliver(
	address: string,
	body: unknown,
	contentType = 'application/json',
	signal?: AbortSignal,
): Promise<{ status: number; message: string }> {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const answer = await fetch(address, {
		method: 'POST',
		headers: { 'content-type': contentType },
		body: text,
		signal,
	});
	const { message } = (await answer.json()) as { message: string };
	return { status: answer.status, message };
}

/** The tries to deliver a task's callback, as soon as there are so many. */
export async function deliveriesOf(
	{ sandbox }: Bench,
	taskId: string,
	count: number,
): Promise<DeliveryRecord[]> {
	return await until(() => {
		const found = sandbox.evolink.deliveries().filter((each) => each.taskId === taskId);
		return found.length >= count && found;
	});
}

/** A machine takes only so many new connections in one moment. */
const CREATES_AT_ONCE = 50;

/** Starts tasks past the node, all together, and answers their IDs in the prompts' order. */
export async function startTasks(
	{ sandbox }: Bench,
	key: string,
	prompts: string[],
	model = 'gpt-image-2',
): Promise<string[]> {
	const limit = pLimit(CREATES_AT_ONCE);
	return await Promise.all(
		prompts.map(async (prompt) => {
			const answer = await limit(fetch, `${sandbox.evolink.baseUrl}/v1/images/generations`, {
				method: 'POST',
				headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
				body: JSON.stringify({ model, prompt }),
			});
			const { id } = (await answer.json()) as { id?: string };
			if (id === undefined) throw new Error(`The sandbox refused: HTTP ${answer.status}`);
			return id;
		}),
	);
}
