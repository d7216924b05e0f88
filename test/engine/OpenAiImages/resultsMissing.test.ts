// Results of a batch that can't be had, and rows that it never ran: each is told, and hides none of the others.
import type { OpenAIFaults } from '../../../sandbox/openai/faults';
import { otherServers } from '../support';
import { deliver, eventBody } from './delivering';
import { onBatch, startBatch } from './ordering';
import { startBench, until, type Bench, type BenchRun, type RunWith } from './setup';
import { requestsOf, routesOf } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** Of these, one fails. */
const PROMPTS = ['One', 'Two [sandbox: moderation=input]', 'Three'];
const BUSY = 'OpenAI answered with an error without a message (HTTP 503).';

/** A batch that has ended. */
async function ended(faults: OpenAIFaults = {}, prompts = PROMPTS) {
	const { key, id } = await startBatch(bench, prompts, { quality: 'low' }, { account: { faults } });
	bench.sandbox.openai.finishBatch(id);
	await onBatch(bench, 'get', key, id);
	return { key, id };
}

interface BatchFiles {
	input_file_id: string;
	output_file_id: string;
	error_file_id: string;
}

async function deleteFile(key: string, batchId: string, name: keyof BatchFiles): Promise<void> {
	const { baseUrl } = bench.sandbox.openai;
	const headers = { authorization: `Bearer ${key}` };
	const batch = await fetch(`${baseUrl}/batches/${batchId}`, { headers });
	const files = (await batch.json()) as BatchFiles;
	await fetch(`${baseUrl}/files/${files[name]}`, { method: 'DELETE', headers });
}

const told = ({ items }: Pick<BenchRun, 'items'>) =>
	items.map(({ json }) => [json.customId, json.status, json.mayBeCharged]);

describe('a file that can not be had at the moment', () => {
	test.each([
		['output', 'The file with 2 results of this batch could not be fetched', '2 results'],
		['error', 'The file with 1 error of this batch could not be fetched', '1 error'],
	] as const)('of the two, the %s: the item fails, and the next run has all', async (...row) => {
		const [unavailable, message, held] = row;
		const { key, id } = await ended();
		bench.sandbox.openai.setFaults(key, { content: { unavailable } });
		const run = await onBatch(bench, 'getResults', key, id);
		const advice = `The service has a problem right now. Try again in a few minutes. Batch: Get Results with this batch ID then fetches the ${held}, and nothing is paid again.`;
		expect(run.error?.message).toBe(`${message}: ${BUSY}`);
		expect(run.error?.description).toContain(`${advice}\nTask ID: ${id}`);

		const onError = 'continueRegularOutput';
		const continued = await onBatch(bench, 'getResults', key, id, {}, { onError });
		expect(continued.items).toMatchObject([
			{ json: { error: `${message}: ${BUSY}`, advice, status: 'failed', taskId: id } },
		]);

		bench.sandbox.openai.setFaults(key, {});
		const later = await onBatch(bench, 'getResults', key, id);
		expect(later.items.map(({ json }) => json.status)).toEqual([
			'succeeded',
			'succeeded',
			'failed',
		]);
	});

	test('Retry On Fail brings all of them, and orders nothing', async () => {
		const { key, id } = await ended();
		// Each try of the node asks five times.
		bench.sandbox.openai.setFaults(key, { content: { unavailable: 'output', times: 5 } });
		const retryOnFail = { maxTries: 2 };
		const run = await onBatch(bench, 'getResults', key, id, {}, { retryOnFail });
		expect(run.error).toBeUndefined();
		expect(told(run).map(([, status]) => status)).toEqual(['succeeded', 'succeeded', 'failed']);
		expect(routesOf(bench, key).filter((route) => route === 'POST /batches')).toHaveLength(1);
	});

	test('the errors are asked for first: results are not fetched in vain', async () => {
		const { key, id } = await ended();
		bench.sandbox.openai.setFaults(key, { content: { unavailable: 'error' } });
		const before = requestsOf(bench, key).length;
		await onBatch(bench, 'getResults', key, id);
		const paths = requestsOf(bench, key)
			.slice(before + 1)
			.map(({ path }) => path);
		expect(new Set(paths).size).toBe(1);
	});

	test('a trigger, which is not called again, brings the others, and says how to fetch it', async () => {
		const key = bench.addKey({ faults: { content: { unavailable: 'output' }, seconds: 60 } });
		const trigger = await bench.trigger(key);
		await trigger.activate();
		const { id } = await startBatch(bench, PROMPTS, { quality: 'low' }, { key });
		bench.sandbox.openai.finishBatch(id);
		const items = await until(() => trigger.started[0]);
		expect(items).toMatchObject([
			{ json: { batchId: id, customId: 'item-1', status: 'failed', kind: 'moderation' } },
			{
				json: {
					batchId: id,
					status: 'failed',
					mayBeCharged: true,
					error: `The file with 2 results of this batch could not be fetched: ${BUSY}`,
					advice:
						'The service has a problem right now. Try again in a few minutes. Batch: Get Results with this batch ID then fetches the 2 results, and nothing is paid again.',
				},
			},
		]);
	});

	test('a trigger with nothing else to bring says how to fetch it', async () => {
		const key = bench.addKey({ faults: { content: { unavailable: 'output' }, seconds: 60 } });
		const trigger = await bench.trigger(key);
		await trigger.activate();
		const { id } = await startBatch(bench, ['One'], { quality: 'low' }, { key });
		bench.sandbox.openai.finishBatch(id);
		const items = await until(() => trigger.started[0]);
		expect(items).toMatchObject([
			{
				json: {
					batchId: id,
					status: 'failed',
					advice: expect.stringContaining('Batch: Get Results with this batch ID then fetches'),
				},
			},
		]);
	});
});

test.each([
	['output', 403, ['failed', 'failed'], '2 results'],
	['error', 403, ['succeeded', 'succeeded', 'failed'], '1 error'],
	['output', 400, ['failed', 'failed'], '2 results'],
] as const)(
	'where the %s file is answered by %i for good, the others come out, and it is told',
	async (unavailable, status, statuses, held) => {
		const { key, id } = await ended();
		bench.sandbox.openai.setFaults(key, { content: { unavailable, status } });
		const run = await onBatch(bench, 'getResults', key, id);
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json }) => json.status)).toEqual(statuses);
		expect(run.items.at(-1)!.json).toMatchObject({
			batchId: id,
			error: expect.stringContaining(`The file with ${held} of this batch could not be fetched: `),
			advice: expect.stringMatching(/^Look at the file under platform/),
			httpStatus: status,
			mayBeCharged: true,
		});
	},
);

describe('a file that was deleted', () => {
	test.each([
		['output_file_id', ['failed', 'failed'], 'its file with 2 results no longer is', /paid again/],
		[
			'error_file_id',
			['succeeded', 'succeeded', 'failed'],
			'its file with 1 error no longer is',
			/Order them in a new batch/,
		],
	] as const)('%s: the others come out, and it is told', async (name, all, message, advice) => {
		const { key, id } = await ended();
		await deleteFile(key, id, name);
		const run = await onBatch(bench, 'getResults', key, id);
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json }) => json.status)).toEqual(all);
		expect(run.items.at(-1)).toMatchObject({
			json: {
				batchId: id,
				kind: 'notFound',
				error: `The batch is there, but ${message}.`,
				advice: expect.stringMatching(advice),
			},
		});
	});

	test('when nothing else is there: the item fails, and no ID and no address is blamed', async () => {
		const { key, id } = await ended({}, ['One', 'Two']);
		await deleteFile(key, id, 'output_file_id');
		const run = await onBatch(bench, 'getResults', key, id);
		expect(run.error?.message).toBe(
			'The batch is there, but its file with 2 results no longer is.',
		);
		expect(run.error?.description).toMatch(/^OpenAI deletes files after some time/);
		expect(run.error?.description).not.toContain('Base URL');
	});

	test('a trigger tells so, too, and not to fetch it', async () => {
		const key = bench.addKey({ faults: { seconds: 60, callback: { lose: true } } });
		const trigger = await bench.trigger(key);
		await trigger.activate();
		const { id } = await startBatch(bench, ['One'], { quality: 'low' }, { key });
		bench.sandbox.openai.finishBatch(id);
		await onBatch(bench, 'get', key, id);
		await deleteFile(key, id, 'output_file_id');
		const { secret } = bench.sandbox.openai.webhookEndpoints(key)[0]!;
		await deliver(trigger.url, eventBody('batch.completed', id), { secrets: [secret] });
		const items = await until(() => trigger.started[0]);
		expect(items).toMatchObject([
			{
				json: {
					batchId: id,
					status: 'failed',
					error: 'The batch is there, but its file with 1 result no longer is.',
					advice: expect.not.stringContaining('Get Results'),
				},
			},
		]);
	});
});

describe('rows that were never run', () => {
	const rows = ['One', 'Two', 'Three', 'Four'];

	test.each([
		['cancelled', { cancel: true }, 'This row was never run: the batch was cancelled.'],
		[
			'expired',
			{ expire: true },
			'OpenAI: This request could not be executed before the completion window expired.',
		],
	])('are items of their own in a batch that is %s', async (_status, faults, error) => {
		const { key, id } = await ended({ ...faults, runs: 2 }, rows);
		const run = await onBatch(bench, 'getResults', key, id);
		expect(run.error).toBeUndefined();
		expect(run.hints).toEqual([]);
		expect(told(run)).toEqual([
			['item-0', 'succeeded', undefined],
			['item-1', 'succeeded', undefined],
			['item-2', 'failed', false],
			['item-3', 'failed', false],
		]);
		expect(run.items[3]!.json).toMatchObject({
			batchId: id,
			kind: 'taskFailed',
			error,
			advice: 'Order this row in a new batch. Nothing was charged for it.',
		});
	});

	test('keep their reference, and are told where nothing was run, too', async () => {
		const options = { reference: '={{ "row " + $itemIndex }}' };
		const account = { faults: { cancel: true, runs: 0 } };
		const { key, id } = await startBatch(bench, rows, { options }, { account });
		bench.sandbox.openai.finishBatch(id);
		await onBatch(bench, 'get', key, id);
		const run = await onBatch(bench, 'getResults', key, id);
		expect(run.items.map(({ json }) => [json.customId, json.reference])).toEqual([
			['item-0', 'row 0'],
			['item-1', 'row 1'],
			['item-2', 'row 2'],
			['item-3', 'row 3'],
		]);
	});

	test('come out beside the item of a file that is gone', async () => {
		const { key, id } = await ended({ cancel: true, runs: 1 }, ['One', 'Two']);
		await deleteFile(key, id, 'output_file_id');
		const run = await onBatch(bench, 'getResults', key, id);
		expect(run.items.map(({ json }) => [json.error, json.mayBeCharged])).toEqual([
			['The batch is there, but its file with 1 result no longer is.', true],
			['This row was never run: the batch was cancelled.', false],
		]);
	});

	test('are counted where nobody knows their names', async () => {
		const { key, id } = await ended({ cancel: true, runs: 1 }, rows);
		await deleteFile(key, id, 'input_file_id');
		const run = await onBatch(bench, 'getResults', key, id);
		expect(told(run)).toEqual([
			['item-0', 'succeeded', undefined],
			[undefined, 'failed', false],
		]);
		expect(run.items[1]!.json).toMatchObject({
			error: '3 rows were never run: the batch was cancelled.',
			advice: 'Order these rows in a new batch. Nothing was charged for them.',
		});
	});

	test('come from a trigger, too', async () => {
		const key = bench.addKey({ faults: { cancel: true, runs: 1, seconds: 60 } });
		const trigger = await bench.trigger(key, { events: ['batch.cancelled'] });
		await trigger.activate();
		const { id } = await startBatch(bench, ['One', 'Two'], { quality: 'low' }, { key });
		bench.sandbox.openai.finishBatch(id);
		const items = await until(() => trigger.started[0]);
		expect(told({ items })).toEqual([
			['item-0', 'succeeded', undefined],
			['item-1', 'failed', false],
		]);
	});
});

describe('the file that a batch was made of', () => {
	/** A batch of another program: its prompts have so many characters, and one of its results is missing. */
	async function results(rows: number, characters: number) {
		const fetched: string[] = [];
		const lineOf = (index: number, more: object) =>
			JSON.stringify({ custom_id: `item-${index}`, ...more });
		const all = Array.from({ length: rows }, (_, index) => index);
		const image = { data: [{ url: 'https://files.test/1.png' }] };
		const answers: Record<string, () => string> = {
			'/batches/batch_1': () =>
				JSON.stringify({
					id: 'batch_1',
					status: 'completed',
					input_file_id: 'in',
					output_file_id: 'out',
					request_counts: { total: rows, completed: rows, failed: 0 },
				}),
			'/files/out/content': () =>
				all
					.slice(1)
					.map((index) => lineOf(index, { response: { status_code: 200, body: image } }))
					.join('\n'),
			'/files/in/content': () =>
				all
					.map((index) => lineOf(index, { body: { prompt: `${index} ${'x'.repeat(characters)}` } }))
					.join('\n'),
		};
		const servers = otherServers();
		const baseUrl = await servers.listen((request, response) => {
			request.resume();
			const path = String(request.url).replace('/v1', '');
			fetched.push(path);
			response.end(answers[path]?.());
		});
		const options: RunWith = { credential: { baseUrl } };
		const run = await bench.run(
			'batch/getResults',
			{ batchId: 'batch_1', options: { output: 'link' } },
			options,
		);
		servers.close();
		return { run, fetched };
	}

	test('may have as much as the results: missing rows keep their names, and all their prompts', async () => {
		const { run, fetched } = await results(900, 12_000);
		expect(run.items).toHaveLength(900);
		expect(run.items[0]!.json).toMatchObject({
			customId: 'item-1',
			prompt: expect.stringMatching(/^1 x{12000}$/),
		});
		expect(run.items.at(-1)!.json).toMatchObject({ customId: 'item-0', status: 'failed' });
		expect(fetched.filter((path) => path.includes('/in/'))).toHaveLength(1);
	});

	test('is fetched once when it is too large: the missing ones are counted', async () => {
		const { run, fetched } = await results(101, 1_000_000);
		expect(run.items).toHaveLength(101);
		expect(run.items.at(-1)!.json).toMatchObject({
			status: 'failed',
			error: 'This result is missing: the batch counts it, but it stands in none of its files.',
		});
		expect(run.items.at(-1)!.json).not.toHaveProperty('customId');
		expect(fetched.filter((path) => path.includes('/in/'))).toHaveLength(1);
	});
});
