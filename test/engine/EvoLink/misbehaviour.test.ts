// A provider that stumbles and recovers: the images come all the same, from one task that is charged once.
import { startBench, type Bench } from './setup';
import { creates, polls, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const soon = () => new Date(Date.now() + 1500).toUTCString();

/** What the sandbox does, and how many creates that takes. */
const passing: Array<[what: string, directive: string, creates: number]> = [
	['429 that asks for a second', 'create=429 retry-after=1 times=2', 3],
	['429 that names a time of day', `create=429 retry-after="${soon()}" times=1`, 2],
	['429 that asks for milliseconds', 'create=429 retry-after-ms=50 times=3', 4],
	['429 that says nothing', 'create=429 times=1', 2],
	['500 before anything was made', 'create=500 times=2', 3],
	['500 after the task was made', 'create=500 after-effect times=2', 3],
	['503 before anything was made', 'create=503 times=2', 3],
	['503 after the task was made', 'create=503 after-effect times=1', 2],
	['409 while another request with the same key is under way', 'create=409 times=2', 3],
	['a web page with 502', 'create=502 body=html times=2', 3],
	['a web page with 200', 'create=200 body=html times=1', 2],
	['an answer cut in half after the task was made and named', 'create=200 body=cut times=2', 1],
	['a connection that breaks before anything was made', 'create=500 body=reset times=2', 3],
	[
		'a connection that breaks after the task was made',
		'create=500 body=reset after-effect times=2',
		3,
	],
	['a web page in place of the task', 'poll=502 body=html times=2', 1],
	['half a task', 'poll=200 body=cut times=2', 1],
	['429 while waiting', 'poll=429 retry-after=1 times=1', 1],
	['a connection that breaks while waiting', 'poll=500 body=reset times=2', 1],
	['every answer late', 'answer-delay=300', 1],
];

test.concurrent('whatever passes costs tries, but neither images nor money', async () => {
	const runs = await Promise.all(
		passing.map(async ([what, directive, expected]) => {
			const prompt = `A kite [sandbox: ${directive}]`;
			return { what, expected, run: await bench.image('generate', { ...SMALL, prompt }) };
		}),
	);
	const seen = runs.map(({ what, run }) => ({
		what,
		error: run.error?.message,
		images: run.items.length,
		creates: creates(bench, run.key).length,
		keys: new Set(creates(bench, run.key).map(({ idempotencyKey }) => idempotencyKey)).size,
		tasks: bench.sandbox.evolink.tasks(run.key).length,
		charges: bench.sandbox.evolink.ledger(run.key).entries.filter(({ kind }) => kind === 'charge')
			.length,
	}));
	expect(seen).toEqual(
		runs.map(({ what, expected }) => ({
			what,
			error: undefined,
			images: 1,
			creates: expected,
			keys: 1,
			tasks: 1,
			charges: 1,
		})),
	);
});

test.concurrent.each([
	['that is missing', 404, 'html'],
	['that takes offence at one of the tasks', 400, 'json'],
] as const)('a batch route %s: each task is asked for by itself', async (_what, status, body) => {
	const faults = { poll: { status, body, times: 1 } };
	const run = await bench.image('generate', SMALL, { items: [{}, {}, {}], faults });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(3);
	const { batch, single } = polls(bench, run.key);
	expect(batch[0]!.status).toBe(status);
	expect(single.length).toBeGreaterThanOrEqual(3);
});

describe('addresses as people type them', () => {
	test.concurrent.each([
		['with /v1', '/v1'],
		['with a slash at the end', '/'],
		['with both, and blanks', '/v1/  '],
	])('a Base URL %s', async (_what, ending) => {
		const credential = { baseUrl: `  ${bench.sandbox.evolink.baseUrl}${ending}` };
		const run = await bench.image('generate', { ...SMALL, completion: 'return' }, { credential });
		expect(run.error).toBeUndefined();
		expect(bench.sandbox.evolink.tasks(run.key)).toHaveLength(1);
	});
});
