// Batch: Get Results from files that break off, are cut or lack lines: what is whole comes out, what isn't is told.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

import type { OpenAIFaults } from '../../../sandbox/openai/faults';
import { userFolder } from '../support/environment';
import { onBatch, startBatch } from './ordering';
import { startBench, until, type Bench, type BenchRun } from './setup';
import { requestsOf } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const PROMPTS = ['One', 'Two', 'Three'];

/** A batch that has ended, whose files are then fetched as badly as is told. */
async function results(content: OpenAIFaults['content'], prompts = PROMPTS, more = {}) {
	const { key, id } = await startBatch(bench, prompts, { quality: 'low', ...more });
	bench.sandbox.openai.finishBatch(id);
	await onBatch(bench, 'get', key, id);
	bench.sandbox.openai.setFaults(key, { content });
	const before = await storedFiles();
	const run = await onBatch(bench, 'getResults', key, id);
	const after = await storedFiles();
	return { run, key, id, added: after.filter((file) => !before.includes(file)) };
}

async function storedFiles(): Promise<string[]> {
	const found = await readdir(join(userFolder, 'storage'), {
		recursive: true,
		withFileTypes: true,
	});
	return found
		.filter((entry) => entry.isFile() && !entry.name.endsWith('.metadata'))
		.map(({ parentPath, name }) => join(parentPath, name));
}

const told = ({ items }: BenchRun) =>
	items.map(({ json, binary }) => [json.customId, json.status, binary !== undefined]);

function downloadsOf(key: string) {
	return requestsOf(bench, key).filter(({ path }) => path.endsWith('/content'));
}

/** Megabytes, so that several pieces of it are on the way. */
const LARGE = { size: 'custom', customSize: '3840x2160', background: 'opaque' };

describe('a file that breaks off', () => {
	test.each([
		['goes on where it stopped', false],
		['is taken whole, from a server that knows no parts', true],
	])('%s', async (_, ignoresRange) => {
		const content = { breakAfter: 20_000, times: 2, ignoresRange };
		const { run, key, added } = await results(content, PROMPTS, LARGE);
		expect(run.error).toBeUndefined();
		expect(told(run)).toEqual([
			['item-0', 'succeeded', true],
			['item-1', 'succeeded', true],
			['item-2', 'succeeded', true],
		]);
		for (const index of run.items.keys()) {
			expect((await sharp(await run.binary(index)).stats()).channels.length).toBeGreaterThan(2);
		}
		const downloads = downloadsOf(key);
		expect(downloads.map(({ status }) => status)).toEqual(
			// The last one is the file that the batch was made of.
			ignoresRange ? [200, 200, 200, 200] : [200, 206, 206, 200],
		);
		expect(downloads.slice(1, 3).map(({ headers }) => headers['if-range'])).not.toContain(
			undefined,
		);
		// What was stored is what came out.
		expect(added).toHaveLength(3);
	});

	test('and never gets further gives what has come, and tells what is missing', async () => {
		const { key, id } = await startBatch(bench, PROMPTS, { quality: 'low' });
		bench.sandbox.openai.finishBatch(id);
		const whole = await onBatch(bench, 'getResults', key, id);
		const [first, second] = whole.items.map(({ json }) => Number(json.fileSize));
		// Two lines and the beginning of the third one.
		const breakAfter = Math.ceil(((first! + second!) * 4) / 3) + 2000;
		bench.sandbox.openai.setFaults(key, { content: { breakAfter, ignoresRange: true } });
		const before = await storedFiles();
		const run = await onBatch(bench, 'getResults', key, id);
		const added = (await storedFiles()).filter((file) => !before.includes(file));
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json }) => json.status)).toEqual(['succeeded', 'succeeded', 'failed']);
		expect(added).toHaveLength(2);
	});
});

test.each(['empty', 'none'] as const)('a file that is %s names every line', async (form) => {
	const { run, id } = await results({ form });
	expect(run.error).toBeUndefined();
	expect(told(run)).toEqual([
		['item-0', 'failed', false],
		['item-1', 'failed', false],
		['item-2', 'failed', false],
	]);
	expect(run.items[0]).toEqual({
		json: {
			batchId: id,
			customId: 'item-0',
			status: 'failed',
			mayBeCharged: true,
			kind: 'unreadableAnswer',
			error: 'This result is missing: the batch counts it, but it stands in none of its files.',
			advice: expect.stringContaining('may have been charged'),
		},
		pairedItem: { item: 0 },
	});
	expect(run.hints).toMatchObject([
		{ message: expect.stringContaining(`Of the batch ${id}, 3 of 3 results are missing`) },
	]);
});

test('a file that lacks a line names that one', async () => {
	const { run } = await results({ form: 'fewer' });
	expect(told(run)).toEqual([
		['item-1', 'succeeded', true],
		['item-2', 'succeeded', true],
		['item-0', 'failed', false],
	]);
	expect(run.hints).toMatchObject([{ message: expect.stringContaining('1 of 3 results') }]);
});

test('without its input file, missing lines are counted', async () => {
	const { key, id } = await startBatch(bench, PROMPTS, { quality: 'low' });
	bench.sandbox.openai.finishBatch(id);
	await onBatch(bench, 'get', key, id);
	const { baseUrl } = bench.sandbox.openai;
	const headers = { authorization: `Bearer ${key}` };
	const batch = await fetch(`${baseUrl}/batches/${id}`, { headers });
	const { input_file_id } = (await batch.json()) as { input_file_id: string };
	await fetch(`${baseUrl}/files/${input_file_id}`, { method: 'DELETE', headers });
	bench.sandbox.openai.setFaults(key, { content: { form: 'empty' } });
	const run = await onBatch(bench, 'getResults', key, id);
	expect(run.items).toMatchObject([
		{
			json: {
				batchId: id,
				status: 'failed',
				error: '3 results are missing: the batch counts them, but they stand in none of its files.',
			},
		},
	]);
	expect(run.items[0]!.json).not.toHaveProperty('customId');
});

test('a file that is cut within a picture has the others, and tells of that one', async () => {
	const { run } = await results({ form: 'cut' });
	expect(run.error).toBeUndefined();
	expect(told(run)).toEqual([
		['item-0', 'succeeded', true],
		['item-1', 'succeeded', true],
		['item-2', 'failed', false],
	]);
});

test('a byte order mark hides no line', async () => {
	const { run } = await results({ form: 'bom' });
	expect(told(run)).toEqual([
		['item-0', 'succeeded', true],
		['item-1', 'succeeded', true],
		['item-2', 'succeeded', true],
	]);
});

test('a line that is none hides no other', async () => {
	const { run } = await results({ form: 'odd' });
	expect(told(run)).toEqual([
		['item-0', 'succeeded', true],
		['item-1', 'succeeded', true],
		['line 3', 'failed', false],
	]);
});

test('a workflow that starts with the results is told what is missing, too', async () => {
	const key = bench.addKey({ faults: { content: { form: 'fewer' }, seconds: 60 } });
	const trigger = await bench.trigger(key);
	await trigger.activate();
	const { id } = await startBatch(bench, PROMPTS, { quality: 'low' }, { key });
	bench.sandbox.openai.finishBatch(id);
	const items = await until(() => trigger.started[0]);
	expect(items.map(({ json }) => [json.batchId, json.customId, json.status])).toEqual([
		[id, 'item-1', 'succeeded'],
		[id, 'item-2', 'succeeded'],
		[id, 'item-0', 'failed'],
	]);
});
