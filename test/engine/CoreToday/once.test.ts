// One create, one charge: whatever a gateway answers after the work, however often the node is tried, in every way of files.
import type { IDataObject } from 'n8n-workflow';

import { picture } from '../EvoLink/pictures';
import { HELD_BACK, keptCreates, until } from '../support';
import { startBench, type Bench } from './setup';
import { creates, LINKS } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const retryOnFail = { maxTries: 3 };
const STILL_UNKNOWN =
	'An earlier try got no usable answer from Core.Today, so this try sent nothing.';

async function make(fileWay: string | undefined, create: IDataObject) {
	const isEdit = fileWay !== undefined;
	const items = isEdit ? [{ binary: { data: await picture('png') } }] : [{}];
	return await bench.run(
		isEdit ? 'image/edit' : 'image/generate',
		{ options: { ...LINKS.options, ...(isEdit && { fileWay }) } },
		{ items, account: { faults: { create } }, retryOnFail },
	);
}

describe.each([
	['generate', undefined],
	['edit with its files along', 'multipart'],
	['edit by way of the storage', 'storage'],
])('%s', (_what, fileWay) => {
	test.each([503, 408, 499, 504, 524])('%i after the work is not sent again', async (status) => {
		const run = await make(fileWay, { status, body: 'html', afterEffect: true });
		expect(run.error?.message).toBe(STILL_UNKNOWN);
		expect(run.error?.description).toContain(
			`Core.Today answered with a web page instead of data (HTTP ${status}).`,
		);
		expect(creates(bench, run.key)).toHaveLength(1);
		expect(bench.sandbox.coreToday.predictions(run.key)).toHaveLength(1);
	});

	test.each([
		['503 that names a time', { status: 503, retryAfterMs: 10, times: 2 }],
		['429', { status: 429, retryAfterMs: 10, times: 2 }],
	])('%s is sent again, as nothing was done', async (_status, create) => {
		const run = await make(fileWay, create);
		expect(run.error).toBeUndefined();
		expect(creates(bench, run.key)).toHaveLength(3);
		expect(bench.sandbox.coreToday.predictions(run.key)).toHaveLength(1);
	});
});

test('of several images of one item, each is ordered once', async () => {
	const create = { status: 503, body: 'html' as const, afterEffect: true, times: 1 };
	const parameters = { ...LINKS, numberOfImages: 4 };
	const account = { faults: { create } };
	const run = await bench.run('image/generate', parameters, { account, retryOnFail });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(3);
	expect(run.hints.map(({ message }) => message)).toEqual([
		expect.stringContaining(`One image of item 0 is missing. ${STILL_UNKNOWN}`),
	]);
	expect(creates(bench, run.key)).toHaveLength(4);
});

test('a key that an answer quotes is not kept', async () => {
	const key = bench.sandbox.coreToday.addKey();
	const text = JSON.stringify({ error: { message: `The key ${key} met an error.` } });
	bench.sandbox.coreToday.setFaults(key, { create: { status: 500, text } });
	const run = await bench.run('image/generate', LINKS, { key });
	expect(keptCreates(run)).toMatchObject([
		{ state: 'unknown', failure: { message: 'Core.Today: The key ••• met an error.' } },
	]);
});

test.each([1, 3])(
	'no more creates are on their way at once than Concurrency %i says',
	async (at) => {
		const items = ['A', 'B', 'C'].map((prompt) => ({ json: { prompt } }));
		const key = bench.sandbox.coreToday.addKey({ faults: HELD_BACK });
		const running = bench.run(
			'image/generate',
			{
				prompt: '={{ $json.prompt }}',
				numberOfImages: 4,
				options: { ...LINKS.options, concurrency: at },
			},
			{ items, key },
		);
		await until(() => creates(bench, key).length === at);
		// Time in which one too many would come.
		await new Promise((resolve) => setTimeout(resolve, 200));
		bench.sandbox.coreToday.setFaults(key, {});
		expect((await running).items).toHaveLength(12);
		expect(Math.max(...creates(bench, key).map(({ atOnce }) => atOnce))).toBe(at);
	},
);
