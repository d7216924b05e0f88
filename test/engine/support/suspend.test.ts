// Runs that wait in the engine: what reaches them while they wait, what is kept of them, what makes them go on.
import {
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type INodeType,
	type IWebhookDescription,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { createTestNode } from './fixtures';
import { startEngine, type Engine, type RunOptions } from './index';

const restart: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	path: '',
	isFullPath: true,
	restartWebhook: true,
	responseData: '={{ ({ message: "Workflow was started" }) }}',
};

/** How many callbacks must be in the node before any of them is answered. */
let together = 1;
let inside = 0;

/** Waits with one task for each item. What the callback says decides what its webhook method does. */
const joining = createTestNode(
	{
		async execute(this: IExecuteFunctions) {
			const { resumeUrl } = this.getWorkflowDataProxy(0).$execution as IDataObject;
			const context = this.getContext('node');
			context.tasks = this.getInputData().map((_, index) => `task-${index}`);
			context.madeAt = new Date(0);
			context.seen = [];
			await this.putExecutionToWait(new Date(Date.now() + 3_600_000));
			const early = this.getNodeParameter('url', 0)
				? await post(String(resumeUrl), { kind: 'finish' })
				: undefined;
			const items = this.getInputData();
			items.forEach((item, index) => Object.assign(item.json, { task: `task-${index}`, early }));
			return [items];
		},
		async webhook(this: IWebhookFunctions) {
			const context = this.evaluateExpression(
				`{{ $node["${this.getNode().name}"].context }}`,
			) as IDataObject;
			const { kind, ...rest } = this.getBodyData();
			(context.seen as unknown[]).push(rest);
			inside += 1;
			while (inside < together) await sleep(1);
			if (kind === 'broken') throw new Error('Broken');
			if (kind === 'more') return { webhookResponse: { seen: context.seen } };
			const tasks = context.tasks as string[];
			const output = tasks.map((task, item) => ({
				json: { task, ...rest, seen: context.seen, madeAt: context.madeAt } as IDataObject,
				pairedItem: { item },
			}));
			if (kind !== 'own') return { workflowData: [output] };
			this.getResponseObject().status(202).json({ own: true });
			return { noWebhookResponse: true, workflowData: [output] };
		},
	},
	{ webhooks: [restart] },
);

async function post(url: string, body: unknown, method = 'POST') {
	const headers = { 'content-type': 'application/json' };
	const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
	return { status: response.status, body: (await response.json()) as IDataObject };
}

let engine: Engine;
beforeAll(async () => (engine = await startEngine()));
afterAll(async () => await engine.close());
beforeEach(() => {
	together = 1;
	inside = 0;
});

const suspend = async (options: Partial<RunOptions> = {}) =>
	await engine.run({ node: joining, parameters: {}, suspendable: true, ...options });

const items = [{ json: { n: 1 } }, { json: { n: 2 } }, { json: { n: 3 } }];

test.each(['trigger', 'webhook', 'manual'] as const)(
	'a callback makes an execution go on to its end (mode: %s)',
	async (mode) => {
		const run = await suspend({ items, mode, executionId: '77' });
		expect(run).toMatchObject({ status: 'waiting', executionId: '77', passedOn: [] });
		expect(run.resumeUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/webhook-waiting\/77\?signature=\w+/);
		expect(run.waitTill).toBeInstanceOf(Date);

		const answer = await post(run.resumeUrl, { kind: 'finish', by: 'callback' });
		expect(answer).toEqual({ status: 200, body: { message: 'Workflow was started' } });
		const ended = await run.resumed();
		expect(ended).toMatchObject({ status: 'success', waitTill: undefined, executionId: '77' });
		expect(ended.raw.mode).toBe(mode);
		expect(ended.items).toMatchObject([
			{ json: { task: 'task-0', by: 'callback' }, pairedItem: { item: 0 } },
			{ json: { task: 'task-1' }, pairedItem: { item: 1 } },
			{ json: { task: 'task-2' }, pairedItem: { item: 2 } },
		]);
		expect(ended.passedOn.map(({ json }) => json)).toEqual(ended.items.map(({ json }) => json));

		const late = await post(run.resumeUrl, { kind: 'finish' });
		expect(late.status).toBe(409);
		expect(late.body.message).toContain('has finished already');
		expect(run.deliveries).toMatchObject([
			{ method: 'POST', body: { kind: 'finish', by: 'callback' }, status: 200 },
			{ method: 'POST', body: { kind: 'finish' }, status: 409 },
		]);
	},
);

test('a callback that comes before the execution was saved is refused', async () => {
	const run = await suspend({ parameters: { url: 'early' } });
	expect(run.status).toBe('waiting');
	expect(run.items[0]?.json.early).toMatchObject({
		status: 409,
		body: { message: `The execution "${run.executionId}" is running already.` },
	});
	await post(run.resumeUrl, { kind: 'finish' });
	expect((await run.resumed()).status).toBe('success');
});

test('what a callback changes is lost, unless it makes the execution go on', async () => {
	const run = await suspend();
	for (const id of ['a', 'b']) {
		const answer = await post(run.resumeUrl, { kind: 'more', id });
		expect(answer).toEqual({ status: 200, body: { seen: [{ id }] } });
	}
	await post(run.resumeUrl, { kind: 'finish', id: 'c' });
	const ended = await run.resumed();
	expect(ended.items[0]?.json.seen).toEqual([{ id: 'c' }]);
	expect(ended.raw.data.executionData?.contextData).toMatchObject({
		'node:Test Node': { seen: [{ id: 'c' }] },
	});
});

test('only what is text survives the wait', async () => {
	const run = await suspend();
	await post(run.resumeUrl, { kind: 'finish' });
	expect((await run.resumed()).items[0]?.json.madeAt).toBe('1970-01-01T00:00:00.000Z');
});

test('of callbacks at the same instant one makes the execution go on', async () => {
	together = 5;
	const run = await suspend();
	const answers = await Promise.all(
		[1, 2, 3, 4, 5].map(async (by) => await post(run.resumeUrl, { kind: 'finish', by })),
	);
	const winner = answers.findIndex(({ status }) => status === 200) + 1;
	const losers = answers.filter(({ status }) => status === 500);
	expect(losers).toHaveLength(4);
	expect(losers[0]?.body.message).toBe('There was a problem executing the workflow');
	const ended = await run.resumed();
	expect(ended.passedOn).toMatchObject([{ json: { by: winner } }]);
});

test('the node may answer for itself, and then no caller hears who was faster', async () => {
	together = 3;
	const run = await suspend();
	const callbacks = [1, 2, 3].map(async () => await post(run.resumeUrl, { kind: 'own' }));
	const answer = { status: 202, body: { own: true } };
	expect(await Promise.all(callbacks)).toEqual([answer, answer, answer]);
	expect((await run.resumed()).passedOn).toHaveLength(1);
});

test('when the date passes, the items go on as the node has left them, without running it', async () => {
	const run = await suspend({ items });
	const ended = await run.passTimeLimit();
	expect(ended.status).toBe('success');
	expect(ended.items.map(({ json }) => json)).toEqual([
		{ n: 1, task: 'task-0' },
		{ n: 2, task: 'task-1' },
		{ n: 3, task: 'task-2' },
	]);
	expect(ended.passedOn.map(({ json }) => json)).toEqual(ended.items.map(({ json }) => json));
	expect((await post(run.resumeUrl, { kind: 'finish' })).status).toBe(409);
});

test('when the date passes while a callback is at work, one of both makes the execution go on', async () => {
	together = 2;
	const run = await suspend();
	const callback = post(run.resumeUrl, { kind: 'finish', by: 'callback' });
	while (inside < 1) await sleep(1);
	const ended = await run.passTimeLimit();
	inside = 2;
	expect((await callback).status).toBe(500);
	expect(ended.items).toMatchObject([{ json: { task: 'task-0' } }]);
	expect(await run.resumed()).toBe(ended);
	expect(await run.passTimeLimit()).toBe(ended);
});

test.each([
	['no token', (url: URL) => url.searchParams.delete('signature'), 'POST', 401],
	['another token', (url: URL) => url.searchParams.set('signature', 'x'.repeat(64)), 'POST', 401],
	['another method', () => {}, 'PUT', 404],
	['another path', (url: URL) => (url.pathname += '/more'), 'POST', 404],
	['another execution', (url: URL) => (url.pathname += '0'), 'POST', 404],
])('a callback with %s reaches no node', async (_, change, method, status) => {
	const run = await suspend();
	const url = new URL(run.resumeUrl);
	change(url);
	expect((await post(url.href, { kind: 'finish' }, method)).status).toBe(status);
	expect(inside).toBe(0);
	await post(run.resumeUrl, { kind: 'finish' });
	expect((await run.resumed()).status).toBe('success');
});

test('after an error in the webhook method the workflow goes on with an empty item, and counts as failed', async () => {
	const run = await suspend();
	expect(await post(run.resumeUrl, { kind: 'broken' })).toEqual({
		status: 500,
		body: { code: 0, message: 'Workflow Webhook Error: Workflow could not be started!' },
	});
	const ended = await run.resumed();
	expect(ended).toMatchObject({ status: 'error', error: { message: 'Broken' } });
	expect(ended.passedOn.map(({ json }) => json)).toEqual([{}]);
	const late = await post(run.resumeUrl, { kind: 'finish' });
	expect(late.body.message).toContain('has finished with error');
	expect(late.status).toBe(409);
});

test('a run that does not wait ends as usual, and can tell what came behind it', async () => {
	const node: INodeType = createTestNode({
		async execute(this: IExecuteFunctions) {
			return [this.getInputData()];
		},
	});
	const run = await suspend({ node, items });
	expect(run).toMatchObject({ status: 'success', waitTill: undefined });
	expect(run.passedOn).toHaveLength(3);
	expect((await post(run.resumeUrl, {})).status).toBe(409);
	await expect((await engine.run({ node, parameters: {} })).resumed()).rejects.toThrow(
		'suspendable',
	);
});
