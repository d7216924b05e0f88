// The text model that Automatic stands for: one that lives, by the account's own list, in Analyze and in background tasks.
import type { IDataObject } from 'n8n-workflow';

import { model, startBench, type Bench, type RunWith } from './setup';
import { allRequestsOf, callsOf, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const OPERATIONS: Array<[operation: string, parameters: IDataObject]> = [
	['image/analyze', { text: 'Hello' }],
	['image/generate', { ...SMALL, completion: 'return' }],
];
const lists = (key: string) =>
	allRequestsOf(bench, key).filter(({ path }) => path.endsWith('/models')).length;
const messages = (hints: Array<{ message: string }>) => hints.map(({ message }) => message);
const modelsOf = (key: string) => callsOf(bench, key).map(({ parameters }) => parameters.model);

describe.each(OPERATIONS)('%s', (operation, parameters) => {
	const run = async (more: IDataObject = {}, options: RunWith = {}) =>
		await bench.run(operation, { ...parameters, ...more }, options);

	test('takes the newest where the account has it, with one look at the list for all items', async () => {
		const items = Array.from({ length: 3 }, () => ({ json: {} }));
		const { key, error, hints } = await run({}, { items });
		expect(error).toBeUndefined();
		expect(modelsOf(key)).toEqual(Array(3).fill('gpt-6-luna'));
		expect(lists(key)).toBe(1);
		expect(messages(hints)).toEqual([]);
	});

	test('takes one that dies where the account has no other, and says when', async () => {
		const { key, error, hints } = await run({}, { account: { faults: { lacks: ['gpt-6-luna'] } } });
		expect(error).toBeUndefined();
		expect(modelsOf(key)).toEqual(['gpt-4o-mini']);
		expect(messages(hints)).toEqual([
			"Automatic took gpt-4o-mini, as this account's list has no gpt-6-luna. OpenAI switches gpt-4o-mini off on 2027-01-14: choose another model before.",
		]);
	});

	test('takes another one where it has none of these', async () => {
		const account = { faults: { lacks: ['gpt-6-luna', 'gpt-4o-mini', 'gpt-4o'] } };
		const { key, error, hints } = await run({}, { account });
		expect(error).toBeUndefined();
		expect(modelsOf(key)).toEqual(['gpt-5.4-mini']);
		expect(messages(hints)).toEqual([]);
	});

	test('takes the newest where there is no list', async () => {
		const { key, error } = await run({}, { account: { faults: { list: { status: 403 } } } });
		expect(error).toBeUndefined();
		expect(modelsOf(key)).toEqual(['gpt-6-luna']);
	});
});

test('a model that draws, left in the field when Generate became Analyze, is answered for by Automatic', async () => {
	const items = Array.from({ length: 2 }, () => ({ json: {} }));
	const parameters = { ...model('gpt-image-2'), text: 'Hello' };
	const { key, error, hints } = await bench.run('image/analyze', parameters, { items });
	expect(error).toBeUndefined();
	expect(modelsOf(key)).toEqual(['gpt-6-luna', 'gpt-6-luna']);
	expect(messages(hints)).toEqual([
		"gpt-image-2 draws, but can't answer in words. gpt-6-luna was asked instead.",
	]);
});

describe('a workflow that names gpt-4o-mini', () => {
	const HINT =
		'OpenAI switches gpt-4o-mini off on 2027-01-14. Until then, set the model to Automatic or to gpt-6-luna.';

	test('goes on with it in Analyze, and is told once until when', async () => {
		const items = Array.from({ length: 2 }, () => ({ json: {} }));
		const parameters = { ...model('gpt-4o-mini'), text: 'Hello' };
		const { key, error, hints } = await bench.run('image/analyze', parameters, { items });
		expect(error).toBeUndefined();
		expect(modelsOf(key)).toEqual(['gpt-4o-mini', 'gpt-4o-mini']);
		expect(lists(key)).toBe(0);
		expect(messages(hints)).toEqual([HINT]);
	});

	test('is told by the next try, too, where another item fails the first', async () => {
		const items = [
			{ json: { model: 'gpt-4o-mini', text: 'Hello' } },
			{ json: { model: 'gpt-6-luna', text: 'Hello [sandbox: create=400 times=1]' } },
		];
		const parameters = {
			...model('={{ $json.model }}'),
			text: '={{ $json.text }}',
			options: { concurrency: 1 },
		};
		const retryOnFail = { maxTries: 2 };
		const run = await bench.run('image/analyze', parameters, { items, retryOnFail });
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(2);
		expect(messages(run.hints)).toEqual([HINT]);
	});

	test.each([
		["as a text, in a workflow that wasn't made in the editor", 'gpt-4o-mini'],
		['as it is picked', model('gpt-4o-mini').model],
	])('goes on with it as Calling Model, %s', async (_, callingModel) => {
		const parameters = { ...SMALL, completion: 'return', options: { callingModel } };
		const { key, error, hints } = await bench.run('image/generate', parameters);
		expect(error).toBeUndefined();
		expect(modelsOf(key)).toEqual(['gpt-4o-mini']);
		expect(lists(key)).toBe(0);
		expect(messages(hints)).toEqual([HINT]);
	});
});

test('nobody asks for the list where no text model is needed', async () => {
	const { key } = await bench.run('image/generate', SMALL);
	expect(lists(key)).toBe(0);
});

test('the newest takes a temperature and tools, as it is told not to reason then', async () => {
	const tools = [{ type: 'function', function: { name: 'save', parameters: { type: 'object' } } }];
	for (const options of [{ temperature: 0.2 }, { tools: JSON.stringify(tools) }]) {
		const { key, error } = await bench.run('image/analyze', { text: 'Hello', options });
		expect(error).toBeUndefined();
		expect(callsOf(bench, key)[0]!.parameters).toMatchObject({ reasoning_effort: 'none' });
	}
});

test('an answer has its cost, at the price of its tokens', async () => {
	const { items, key } = await bench.run('image/analyze', { text: 'Hello' });
	const { cost, usage } = items[0]!.json as { cost: IDataObject; usage: IDataObject };
	expect(usage).toMatchObject({
		prompt_tokens: expect.any(Number),
		total_tokens: expect.any(Number),
	});
	const { spent } = bench.sandbox.openai.ledger(key);
	expect(cost).toEqual({ amount: expect.closeTo(spent, 8), currency: 'USD', estimated: true });
	expect(spent).toBeGreaterThan(0);
});
