// A burst of callbacks in a real n8n process: 500 tasks, a third of whose callbacks come twice. What n8n can't take comes again.
import { randomUUID } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';
import pLimit from 'p-limit';

import { withToken } from '../../pipeline/callbacks/callbackUrl';
import { alreadySeen } from '../../pipeline/callbacks/seenDeliveries';
import { startSandbox, type Sandbox } from '../../sandbox';
import { ask, finished, itemsOf, publish, readExample, saveAsNew, sleep } from './support/n8n';
import { settings } from './support/settings';

const TASKS = 500;
const KEY = 'sandbox-evolink-key';
const TRIGGER = 'When an image is ready';
/** So many that n8n is never idle, and so few that its database isn't taken for lost on a slow machine. */
const DELIVERIES_AT_ONCE = 20;
const READS_AT_ONCE = 5;
const FIRST_PAUSE_MS = 500;

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: settings.sandboxPort });
});
afterAll(async () => {
	await sandbox.close();
});

/** A published workflow of its own with an EvoLink Trigger, and the address that EvoLink is told. */
async function listen(): Promise<{ workflowId: string; address: string }> {
	const example = readExample('receive-by-callback');
	const webhookId = randomUUID();
	for (const node of example.nodes.filter(({ name }) => name === TRIGGER)) {
		Object.assign(node, { webhookId, id: randomUUID() });
		node.parameters.options = { output: 'link' };
	}
	const { id: workflowId } = await saveAsNew(example);
	await publish(workflowId);
	const address = withToken(`${settings.url}/webhook/${webhookId}/evolink`, KEY);
	for (;;) {
		const { status } = await deliver(address, {});
		// Without a task the trigger itself refuses. Before it listens, n8n does.
		if (status === 400) return { workflowId, address };
		await sleep(250);
	}
}

async function deliver(address: string, body: object) {
	const headers = { 'content-type': 'application/json' };
	const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
	const { message } = (await answer.json()) as { message: string };
	return { status: answer.status, message };
}

/** A task that has ended. Its own callback is lost, so that the test delivers. */
async function endedTask(): Promise<string> {
	const answer = await fetch(`${sandbox.evolink.baseUrl}/v1/images/generations`, {
		method: 'POST',
		headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
		body: JSON.stringify({ model: 'gpt-image-2', prompt: 'A cat [sandbox: never]' }),
	});
	const { id } = (await answer.json()) as { id: string };
	sandbox.evolink.finishTask(id);
	return id;
}

/** Delivers a few at a time, each again after growing pauses until n8n takes it, and answers what was said to each. */
async function deliverAll(address: string, ids: string[]): Promise<string[]> {
	const limit = pLimit(DELIVERIES_AT_ONCE);
	const deliverOne = async (id: string) => {
		for (let pause = FIRST_PAUSE_MS; ; pause *= 2) {
			const { status, message } = await deliver(address, { id, status: 'completed' });
			if (status === 200) return message;
			await sleep(pause);
		}
	};
	return await Promise.all(ids.map(async (id) => await limit(deliverOne, id)));
}

/**
 * The ids of all executions of a workflow, of which n8n lists a hundred at a time. One that was running on the first
 * page and has ended since is listed again further on.
 */
async function executionsOf(workflowId: string): Promise<string[]> {
	const ids = new Set<string>();
	const query = new URLSearchParams({ filter: JSON.stringify({ workflowId }), limit: '100' });
	for (;;) {
		const answer = await ask(`/rest/executions?${query.toString()}`);
		if (!answer.ok) {
			// Under a burst, n8n takes its own database for lost.
			await sleep(1000);
			continue;
		}
		const { data } = (await answer.json()) as { data: ExecutionPage };
		for (const { id } of data.results) ids.add(id);
		if (!data.nextCursor) return [...ids];
		query.set('cursor', data.nextCursor);
	}
}

interface ExecutionPage {
	results: Array<{ id: string }>;
	nextCursor?: string | null;
}

test('each task starts its workflow exactly once, and n8n has saved all of them', async () => {
	const { workflowId, address } = await listen();
	const ids = await Promise.all(Array.from({ length: TASKS }, endedTask));
	const burst = ids.flatMap((id, index) => (index % 3 === 0 ? [id, id] : [id]));
	const answers = await deliverAll(address, burst);
	expect(answers.filter((message) => message === 'Received.')).toHaveLength(TASKS);
	const polls = () => sandbox.requests.filter(({ path }) => path.includes('/v1/tasks')).length;
	const asked = polls();
	expect(asked).toBeLessThanOrEqual(TASKS);

	let executions = await executionsOf(workflowId);
	while (executions.length < TASKS) {
		await sleep(250);
		executions = await executionsOf(workflowId);
	}
	const limit = pLimit(READS_AT_ONCE);
	const started = await Promise.all(
		executions.map(async (id) => {
			const execution = await limit(finished, id);
			return itemsOf(execution, TRIGGER)[0]?.json.taskId;
		}),
	);
	expect(started.sort()).toEqual([...ids].sort());

	// What n8n would load after a restart.
	const workflow = await ask(`/rest/workflows/${workflowId}`);
	const { data } = (await workflow.json()) as { data: { staticData: IDataObject } };
	const saved = data.staticData[`node:${TRIGGER}`] as IDataObject;
	for (const id of ids) expect(alreadySeen('after a restart', saved, id)).toBe(true);
	expect(JSON.stringify(saved).length).toBeLessThan(TASKS * 10);

	const again = await deliverAll(address, ids);
	expect(new Set(again)).toEqual(new Set(['Already received.']));
	expect(polls()).toBe(asked);
	expect(await executionsOf(workflowId)).toHaveLength(TASKS);
}, 900_000);
