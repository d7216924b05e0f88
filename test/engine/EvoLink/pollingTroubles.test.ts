// Polls that hang, trickle or fail: nobody waits for another one's answer, and every wait ends at its Time Limit.
import { openFront, type OwnAnswer } from '../support/front-server';
import { startTasks } from './ordering';
import { startBench, type Bench } from './setup';
import { polls, SMALL } from './traffic';

const LINKS = { output: 'link' };
const FROM_ITEM = '={{ $json.taskId }}';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const itemsOf = (ids: string[]) => ids.map((taskId) => ({ json: { taskId } }));

async function waitForAll(key: string, ids: string[], timeLimitSeconds: number, credential = {}) {
	return await bench.run(
		'task',
		'wait',
		{ taskId: FROM_ITEM, options: { ...LINKS, timeLimitSeconds } },
		{ key, items: itemsOf(ids), onError: 'continueRegularOutput', credential },
	);
}

async function started(prompt: string, count: number) {
	const { key } = bench.credentials({ credits: 1_000_000 });
	return { key, ids: await startTasks(bench, key, Array<string>(count).fill(prompt)) };
}

describe('the first request for many tasks hangs', () => {
	const faults = { poll: { body: 'hang', times: 1 } } as const;

	test.concurrent('all of a hundred tasks come', async () => {
		const { key, ids } = await started('A kite', 100);
		bench.sandbox.evolink.setFaults(key, faults);
		const run = await waitForAll(key, ids, 60);
		expect(run.items.map(({ json }) => json.taskId)).toEqual(ids);
		expect(new Set(run.items.map(({ json }) => json.status))).toEqual(new Set(['succeeded']));
	});

	test.concurrent('all waits for tasks that never end are over at their Time Limit', async () => {
		const { key, ids } = await started('A kite [sandbox: never]', 100);
		bench.sandbox.evolink.setFaults(key, faults);
		const run = await waitForAll(key, ids, 5);
		expect(new Set(run.items.map(({ json }) => json.kind))).toEqual(new Set(['timeLimit']));
		// The second group was asked for meanwhile.
		expect(polls(bench, key).batch.length).toBeGreaterThan(2);
	});
});

test.concurrent.each([
	['hang', { poll: { body: 'hang' } }],
	['trickle', { poll: { status: 200, body: 'trickle' } }],
	['ask for patience', { poll: { status: 429, retryAfter: 100 } }],
	['are web pages', { poll: { status: 502, body: 'html' } }],
] as const)(
	'all polls %s: the wait is over at its Time Limit, and says what to do',
	async (_what, faults) => {
		const { key, ids } = await started('A kite [sandbox: never]', 3);
		bench.sandbox.evolink.setFaults(key, faults);
		const run = await waitForAll(key, ids, 7);
		expect(run.items.map(({ json }) => [json.kind, json.taskId])).toEqual(
			ids.map((id) => ['timeLimit', id]),
		);
		expect(String(run.items[0]!.json.advice)).toContain('Fetch its images later with Task: Get');
	},
);

async function openBroken(answer: OwnAnswer) {
	const { origin, pathname } = new URL(bench.sandbox.evolink.baseUrl);
	const front = await openFront(origin, ({ path }) =>
		path.endsWith('/v1/tasks/batch') ? answer : undefined,
	);
	return { front, credential: { baseUrl: front.baseUrl + pathname } };
}

test.concurrent.each<[string, OwnAnswer]>([
	['answers 500', { status: 500, body: '{"error":{"message":"Broken."}}' }],
	['answers 503', { status: 503, body: '{"error":{"message":"Broken."}}' }],
	['answers with a web page', { status: 200, body: '<html>Hello</html>', type: 'text/html' }],
	['answers with an error page', { status: 502, body: '<html>No</html>', type: 'text/html' }],
	['answers {}', { status: 200, body: '{}' }],
	['answers {"tasks":[]}', { status: 200, body: '{"tasks":[]}' }],
	['answers with no task', { status: 200, body: '{"data":[]}' }],
	['answers with another task', { status: 200, body: '{"data":[{"id":"a","status":"failed"}]}' }],
	['is missing', { status: 404, body: '<html>No</html>', type: 'text/html' }],
	['is forbidden', { status: 403, body: '{"error":{"message":"No."}}' }],
	['never answers', 'hang'],
])(
	'a batch route that %s costs no finished task its Time Limit, nor every round its time',
	async (_what, answer) => {
		const { front, credential } = await openBroken(answer);
		const { key, ids } = await started('A kite [sandbox: seconds=3]', 20);
		const run = await waitForAll(key, ids, 60, credential);
		expect(run.items.map(({ json }) => json.status)).toEqual(ids.map(() => 'succeeded'));
		const asked = front.requests.filter(({ path }) => path.endsWith('/v1/tasks/batch'));
		expect(asked.length).toBeGreaterThan(0);
		expect(asked.length).toBeLessThanOrEqual(2);
		expect(front.maxAtOnce()).toBeLessThanOrEqual(10);
		await front.close();
	},
);

test.concurrent(
	'a task that its provider knows only a moment after the start is waited for',
	async () => {
		const prompt = 'A kite [sandbox: poll=404 times=3]';
		const run = await bench.image('generate', { ...SMALL, prompt, options: LINKS });
		expect(run.items).toMatchObject([{ json: { status: 'succeeded' } }]);
	},
);
