// Pictures that arrive damaged or not at all: fetched again, never passed on broken, never paid twice.
import sharp from 'sharp';

import type { EngineRun } from '../support';
import { startBench, type Bench } from './setup';
import { creates, downloads, SMALL } from './traffic';

const LARGE = { size: '1024x1024' };
const FETCH_AGAIN = /Task: Get/;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

async function ask(directive: string, parameters: { size: string }) {
	const prompt = `A kite [sandbox: ${directive}]`;
	return await bench.image('generate', { ...parameters, prompt });
}

/** Fetched three times in all, the third time whole. */
async function expectFetchedAgain(runs: Array<EngineRun & { key: string }>): Promise<void> {
	for (const run of runs) {
		expect(run.error).toBeUndefined();
		const { taskId, width, fileSize } = run.items[0]!.json;
		const file = await run.binary(0);
		expect(file.length).toBe(fileSize);
		expect((await sharp(file).metadata()).width).toBe(width);
		// Decoding all of it is what shows that nothing is missing.
		expect((await sharp(file).stats()).isOpaque).toBe(true);
		expect(downloads(bench, String(taskId))).toHaveLength(3);
		expect(creates(bench, run.key)).toHaveLength(1);
	}
}

test.concurrent('what is damaged at first is fetched again, whole', async () => {
	const kinds = ['short', 'truncated', 'html', 'empty'].map((kind) => `download=${kind} times=2`);
	await expectFetchedAgain(
		await Promise.all([
			...kinds.map(async (directive) => await ask(directive, SMALL)),
			ask(kinds[0]!, LARGE),
			ask(kinds[1]!, LARGE),
		]),
	);
});

const BROKEN =
	/^The (connection broke off while the picture was being fetched|picture arrived incomplete)/;
const lasting: Array<[directive: string, size: { size: string }, message: string | RegExp]> = [
	['download=short', SMALL, BROKEN],
	['download=short', LARGE, BROKEN],
	['download=truncated', SMALL, 'The picture arrived incomplete.'],
	['download=truncated', LARGE, 'The picture arrived incomplete.'],
	['download=html', SMALL, 'In place of the picture there was a web page.'],
	['download=empty', SMALL, 'In place of the picture there was an empty file.'],
];

test.concurrent(
	'what stays damaged is a failure that names the task, where the picture is safe',
	async () => {
		const runs = await Promise.all(
			lasting.map(async ([directive, size, message]) => ({
				message,
				run: await ask(directive, size),
			})),
		);
		for (const { run, message } of runs) {
			const [task] = bench.sandbox.evolink.tasks(run.key);
			expect(run.items).toEqual([]);
			expect(run.error!.message).toMatch(message);
			expect(run.error!.description).toMatch(FETCH_AGAIN);
			expect(run.error!.description).toContain(`Task ID: ${task!.id}`);
			expect(downloads(bench, task!.id)).toHaveLength(4);
			expect(creates(bench, run.key)).toHaveLength(1);
		}
	},
);

test.concurrent.each([
	['dead', 'download=dead', 404],
	['expired', 'link-lifetime=0', 410],
])('a link that is %s is not tried again', async (_what, directive, status) => {
	const run = await ask(directive, SMALL);
	const [task] = bench.sandbox.evolink.tasks(run.key);
	expect(run.error).toMatchObject({
		message: `The link to the picture doesn't work any more (HTTP ${status}).`,
		description: `Links work for 24 hours. Task: Get with this task ID may give a new one.\nTask ID: ${task!.id} · HTTP status: ${status}`,
	});
	expect(downloads(bench, task!.id)).toHaveLength(1);
});

test.concurrent(
	'one dead link of four: the message names the way to the other images',
	async () => {
		const key = bench.sandbox.evolink.addKey({ faults: { download: { kind: 'dead', times: 1 } } });
		const run = await bench.image('generate', { ...SMALL, numberOfImages: 4 }, { key });
		const [task] = bench.sandbox.evolink.tasks(key);
		expect(run.error?.message).toBe("The link to the picture doesn't work any more (HTTP 404).");
		expect(run.error?.description).toContain(
			'Task: Get with this task ID may give a new one. To get the links of all 4 images instead, set Output to Link Only in the Options there.',
		);
		const parameters = { taskId: task!.id, options: { output: 'link' } };
		const got = await bench.run('task', 'get', parameters, { key });
		expect(got.items.map(({ json }) => json.url)).toEqual(Array(4).fill(expect.any(String)));
		expect(creates(bench, key)).toHaveLength(1);
	},
);

test.concurrent('a slow picture is waited for', async () => {
	const run = await ask('download=slow', SMALL);
	expect(run.error).toBeUndefined();
	expect((await run.binary(0)).length).toBe(run.items[0]!.json.fileSize);
});

test.concurrent('the key goes to the API only, never along to the pictures', async () => {
	const run = await bench.image('generate', SMALL);
	const fetches = downloads(bench, String(run.items[0]!.json.taskId));
	expect(fetches).toHaveLength(1);
	expect(fetches[0]!.headers).not.toHaveProperty('authorization');
});
