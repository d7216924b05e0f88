// An option that holds for the whole run and can't be read: with On Error set to continue, every item says so. n8n itself
// would pass on what came in as if all were well.
import type { IDataObject } from 'n8n-workflow';

import { startBench as startImageChat } from './ImageChat/setup';
import { startBench as startOpenAi, type Bench } from './OpenAiImages/setup';
import { requestsOf, SMALL } from './OpenAiImages/traffic';

const items = [{ json: { row: 1 } }, { json: { row: 2 } }];
const WRONG: Array<[string, IDataObject, string]> = [
	[
		'Maximum Cost',
		{ maximumCost: '={{ "1,50" }}' },
		'Maximum Cost (USD) must be a number of at least 0.',
	],
	['Concurrency', { concurrency: '={{ "many" }}' }, 'Concurrency must be a number of at least 1.'],
	[
		'Time Limit',
		{ timeLimitSeconds: '={{ null }}', concurrency: -1 },
		'Concurrency must be a number of at least 1.',
	],
];

describe('OpenAI Images', () => {
	let bench: Bench;
	beforeAll(async () => {
		bench = await startOpenAi();
	});
	afterAll(async () => await bench.close());

	test.each(WRONG)('%s', async (_what, options, message) => {
		const onError = 'continueRegularOutput';
		const run = await bench.run('image/generate', { ...SMALL, options }, { items, onError });
		expect(run.items.map(({ json }) => json)).toEqual(
			items.map(({ json }) =>
				expect.objectContaining({
					...json,
					error: message,
					status: 'failed',
					kind: 'badInput',
					mayBeCharged: false,
				}),
			),
		);
		expect(requestsOf(bench, run.key)).toEqual([]);
	});

	test('goes to the error output, where that is chosen', async () => {
		const options = { maximumCost: '={{ "" }}' };
		const onError = 'continueErrorOutput';
		const run = await bench.run('image/generate', { ...SMALL, options }, { items, onError });
		expect(run.outputs.map((output) => output.length)).toEqual([0, 2]);
	});

	test('of a batch, too', async () => {
		const options = { maximumCost: '={{ "much" }}' };
		const onError = 'continueRegularOutput';
		const run = await bench.run('batch/create', { ...SMALL, options }, { items, onError });
		expect(run.items.map(({ json }) => json.kind)).toEqual(['badInput', 'badInput']);
		expect(requestsOf(bench, run.key)).toEqual([]);
	});

	test('ends the run, where nothing is to go on', async () => {
		const options = { concurrency: 0 };
		const run = await bench.run('image/generate', { ...SMALL, options }, { items });
		expect(run.error?.message).toBe('Concurrency must be a number of at least 1.');
		expect(requestsOf(bench, run.key)).toEqual([]);
	});
});

test('Image Chat', async () => {
	const bench = await startImageChat();
	const options = { maximumCost: '={{ "much" }}' };
	const run = await bench.run('generate', { options }, { items, onError: 'continueRegularOutput' });
	expect(run.items.map(({ json }) => json.status)).toEqual(['failed', 'failed']);
	expect(run.calls).toEqual([]);
	await bench.close();
});
