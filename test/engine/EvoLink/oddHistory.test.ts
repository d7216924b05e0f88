// Task: Get Many on servers that page in their own way, or whose history has entries that nobody can read.
import { startTasks } from './ordering';
import { startBench, type Bench } from './setup';
import { polls } from './traffic';

let bench: Bench;
let key: string;
let ids: string[];

beforeAll(async () => {
	bench = await startBench();
	({ key } = bench.credentials({ credits: 1_000_000 }));
	await startTasks(
		bench,
		key,
		Array.from({ length: 60 }, () => 'A cat [sandbox: seconds=1000]'),
	);
	ids = bench.sandbox.evolink
		.tasks(key)
		.map(({ id }) => id)
		.reverse();
});
afterAll(async () => await bench.close());

async function getMany(odd: string, parameters: object = { returnAll: true }) {
	bench.sandbox.evolink.setFaults(key, { list: { status: 200, odd } });
	const before = polls(bench, key).all.length;
	const run = await bench.run('task', 'getAll', { ...parameters }, { key });
	expect(run.error).toBeUndefined();
	return { ...run, requests: polls(bench, key).all.length - before };
}

const idsOf = (run: Awaited<ReturnType<typeof getMany>>) =>
	run.items.map(({ json }) => json.taskId);

test('one odd entry on each page: the others come out, and a hint counts them', async () => {
	const run = await getMany('odd-entry');
	expect(idsOf(run)).toEqual([...ids.slice(1, 50), ...ids.slice(51)]);
	expect(run.hints).toMatchObject([
		{
			message: "2 entries of EvoLink's history could not be read and are left out of item 0.",
		},
	]);
});

test('a server that answers every page with the first one: it ends', async () => {
	const run = await getMany('ignores-page');
	expect(idsOf(run)).toEqual(ids.slice(0, 50));
	expect(run.requests).toBe(2);
});

test.each([
	['that tells how many there are', 'short-pages', 9],
	['that tells nothing', 'short-pages-no-total', 10],
])(
	'a server %s and gives shorter pages than asked for: all come out',
	async (_rule, odd, requests) => {
		const run = await getMany(odd);
		expect(idsOf(run)).toEqual(ids);
		expect(run.requests).toBe(requests);
		expect(run.hints).toEqual([]);
	},
);

test('a limit on shorter pages', async () => {
	const run = await getMany('short-pages', { limit: 20 });
	expect(idsOf(run)).toEqual(ids.slice(0, 20));
});

test('a picture that is written into an entry stands in none of the items', async () => {
	const simple = await getMany('data-uri-entries', { limit: 1 });
	expect(simple.items[0]!.json).not.toHaveProperty('urls');
	const raw = await getMany('data-uri-entries', { limit: 1, simplify: false });
	expect(raw.items[0]!.json.results).toEqual([
		expect.stringMatching(/^data:image\/png;base64,.{1,60}…$/),
	]);
});
