// Core.Today has no batch route: each prediction is polled by itself, a few at a time, and one without an answer delays no other.
import { openFront } from '../support/front-server';
import { startBench, type Bench } from './setup';
import { LINKS, polls } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const kites = (count: number, directive = '') =>
	Array.from({ length: count }, (_, item) => ({ json: { prompt: `Kite ${item} ${directive}` } }));
const each = { prompt: '={{ $json.prompt }}', quality: 'low' };

test.concurrent('ten items of which one poll is never answered all come', async () => {
	const run = await bench.run(
		'image/generate',
		{ ...each, options: { output: 'link', timeLimitSeconds: 60 } },
		{ items: kites(10), account: { faults: { poll: { body: 'hang', times: 1 } } } },
	);
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => json.status)).toEqual(Array(10).fill('succeeded'));
	// One more than those that were answered: nobody was polled again without need.
	expect(polls(bench, run.key).length).toBeLessThanOrEqual(12);
});

test.concurrent('some that never get an answer delay no other', async () => {
	const items = [...kites(6, '[sandbox: poll=200 body=hang]'), ...kites(20)];
	const run = await bench.run(
		'image/generate',
		{ ...each, options: { output: 'link', timeLimitSeconds: 20, concurrency: 26 } },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(run.items.map(({ json }) => json.kind ?? json.status)).toEqual([
		...Array<string>(6).fill('timeLimit'),
		...Array<string>(20).fill('succeeded'),
	]);
});

test.concurrent(
	'a prediction that Core.Today knows only a moment after the start is waited for',
	async () => {
		const prompt = 'A kite [sandbox: poll=404 times=3]';
		const run = await bench.run('image/generate', { ...LINKS, prompt, quality: 'low' });
		expect(run.items).toMatchObject([{ json: { status: 'succeeded' } }]);
	},
);

test('Get of three hundred predictions asks for a few at a time, in order, and an unknown one fails alone', async () => {
	const key = bench.sandbox.coreToday.addKey({ credits: 1_000_000 });
	const made = await bench.run(
		'image/generate',
		{ ...each, completion: 'return', options: { concurrency: 50 } },
		{ key, items: kites(300, '[sandbox: never]') },
	);
	const ids = made.items.map(({ json }) => String(json.taskId));
	ids[120] = 'job_none';
	const { origin, pathname } = new URL(bench.sandbox.coreToday.baseUrl);
	const front = await openFront(origin);
	const run = await bench.run(
		'task/get',
		{ taskId: '={{ $json.id }}' },
		{
			key,
			items: ids.map((id) => ({ json: { id } })),
			baseUrl: front.baseUrl + pathname,
			onError: 'continueRegularOutput',
		},
	);
	await front.close();
	expect(run.items.map(({ json }) => json.kind ?? json.taskId)).toEqual(
		ids.map((id) => (id === 'job_none' ? 'notFound' : id)),
	);
	expect(front.requests).toHaveLength(300);
	expect(front.maxAtOnce()).toBeLessThanOrEqual(5);
});
