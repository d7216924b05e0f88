// Pictures that arrive damaged or not at all: fetched again, never passed on broken, never paid twice.
import sharp from 'sharp';

import type { EngineRun } from '../support';
import { startBench, type Bench } from './setup';
import { creates, downloads, maxAtOnce, SMALL } from './traffic';

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
const NO_FILE = 'a text: {"RetCode":-148654,"ErrMsg":"file not exist"}';
/** A transfer that breaks off is also asked for its rest once, which this server doesn't know. */
const WITH_RESTS = 8;
type Lasting = [
	directive: string,
	size: { size: string },
	message: string | RegExp,
	requests: number,
];
const lasting: Lasting[] = [
	['download=short', SMALL, BROKEN, WITH_RESTS],
	['download=short', LARGE, BROKEN, WITH_RESTS],
	['download=truncated', SMALL, 'The picture arrived incomplete.', 4],
	['download=truncated', LARGE, 'The picture arrived incomplete.', 4],
	['download=html', SMALL, 'In place of the picture there was a web page.', 4],
	['download=empty', SMALL, 'In place of the picture there was an empty file.', 4],
	['download=text', SMALL, `In place of the picture there was ${NO_FILE}.`, 4],
	['download=down', SMALL, 'The picture could not be fetched from its link (HTTP 503).', 4],
];

test.concurrent(
	'what stays damaged is a failure that names the task, where the picture is safe',
	async () => {
		const runs = await Promise.all(
			lasting.map(async ([directive, size, message, requests]) => ({
				message,
				requests,
				run: await ask(directive, size),
			})),
		);
		for (const { run, message, requests } of runs) {
			const [task] = bench.sandbox.evolink.tasks(run.key);
			expect(run.items).toEqual([]);
			expect(run.error!.message).toMatch(message);
			expect(run.error!.description).toMatch(FETCH_AGAIN);
			expect(run.error!.description).toContain(`Task ID: ${task!.id}`);
			expect(downloads(bench, task!.id)).toHaveLength(requests);
			expect(creates(bench, run.key)).toHaveLength(1);
		}
	},
);

test.concurrent.each([
	['dead is tried for ten seconds, as a fresh one may not be there yet', 'download=dead', 404, 6],
	['expired is not tried again', 'link-lifetime=0', 410, 1],
	['forbidden is not tried again', 'download=denied', 403, 1],
])('a link that is %s', async (_what, directive, status, requests) => {
	const run = await ask(directive, SMALL);
	const [task] = bench.sandbox.evolink.tasks(run.key);
	expect(run.error).toMatchObject({
		message: `The link to the picture doesn't work any more (HTTP ${status}).`,
		description: `Links work for 24 hours. Task: Get with this task ID may give a new one.\nTask ID: ${task!.id} · HTTP status: ${status}`,
	});
	expect(downloads(bench, task!.id)).toHaveLength(requests);
});

test.concurrent('all links of a task are dead: the way to the links is named', async () => {
	const prompt = 'A kite [sandbox: link-lifetime=0]';
	const run = await bench.image('generate', { ...SMALL, prompt, numberOfImages: 4 });
	const [task] = bench.sandbox.evolink.tasks(run.key);
	expect(run.error?.message).toBe("The link to the picture doesn't work any more (HTTP 410).");
	expect(run.error?.description).toContain(
		'Task: Get with this task ID may give a new one. To get the links of all 4 images instead, set Output to Link Only in the Options there.',
	);
	const parameters = { taskId: task!.id, options: { output: 'link' } };
	const got = await bench.run('task', 'get', parameters, { key: run.key });
	expect(got.items.map(({ json }) => json.url)).toEqual(Array(4).fill(expect.any(String)));
	expect(creates(bench, run.key)).toHaveLength(1);
});

test.concurrent('a slow picture is waited for', async () => {
	const run = await ask('download=slow', SMALL);
	expect(run.error).toBeUndefined();
	expect((await run.binary(0)).length).toBe(run.items[0]!.json.fileSize);
});

test.concurrent.each([
	['late', 'a link that answers 404 for two seconds'],
	['busy times=2', 'a link that answers 429 at first'],
	['down times=2', 'a link that answers 503 at first'],
	['gzip', 'a picture that the server packs'],
	['br', 'a picture that the server packs in another way'],
	['moved', 'a link that leads elsewhere'],
])('download=%s: %s', async (kind) => {
	const run = await ask(`download=${kind}`, SMALL);
	expect(run.error).toBeUndefined();
	const { taskId, width, fileSize } = run.items[0]!.json;
	const file = await run.binary(0);
	expect(file.length).toBe(fileSize);
	expect(await sharp(file).metadata()).toMatchObject({ format: 'png', width });
	expect((await sharp(file).stats()).isOpaque).toBe(true);
	const fetches = downloads(bench, String(taskId));
	if (kind === 'late') expect(fetches.length).toBeGreaterThan(2);
	if (kind.endsWith('=2')) expect(fetches).toHaveLength(3);
	expect(creates(bench, run.key)).toHaveLength(1);
});

test.concurrent('a link that leads on and on is told at once', async () => {
	const run = await ask('download=endless', SMALL);
	const [task] = bench.sandbox.evolink.tasks(run.key);
	expect(run.error?.message).toBe(
		'The link to the picture leads to another address more than 5 times.',
	);
	expect(downloads(bench, task!.id)).toHaveLength(6);
});

test.concurrent('a file that is far too large is told by its length, and not read', async () => {
	const run = await ask('download=huge', SMALL);
	const [task] = bench.sandbox.evolink.tasks(run.key);
	expect(run.error?.message).toBe('The file is larger than 200 MB, which no picture should be.');
	expect(downloads(bench, task!.id)).toHaveLength(1);
});

test.concurrent('a transfer that breaks off goes on where it stopped', async () => {
	const run = await ask('download=broken', LARGE);
	expect(run.error).toBeUndefined();
	const file = await run.binary(0);
	expect(file.length).toBe(run.items[0]!.json.fileSize);
	expect((await sharp(file).stats()).isOpaque).toBe(true);
	const fetches = downloads(bench, String(run.items[0]!.json.taskId));
	const [first, ...rest] = fetches.map(({ headers }) => headers.range);
	expect(first).toBeUndefined();
	expect(rest.length).toBeGreaterThan(1);
	const starts = rest.map((range) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1]));
	expect(starts).toEqual([...starts].sort((a, b) => a - b));
	expect(new Set(starts).size).toBe(starts.length);
});

test.concurrent('at most eight pictures of a run are fetched at the same time', async () => {
	const prompt = 'A kite [sandbox: download=slow]';
	const items = [{ json: {} }, { json: {} }];
	const run = await bench.image('generate', { ...SMALL, prompt, numberOfImages: 5 }, { items });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(10);
	const tasks = bench.sandbox.evolink.tasks(run.key);
	const most = maxAtOnce(tasks.flatMap(({ id }) => downloads(bench, id)));
	expect(most).toBeGreaterThan(1);
	expect(most).toBeLessThanOrEqual(8);
});

test.concurrent('the key goes to the API only, never along to the pictures', async () => {
	const run = await bench.image('generate', SMALL);
	const fetches = downloads(bench, String(run.items[0]!.json.taskId));
	expect(fetches).toHaveLength(1);
	expect(fetches[0]!.headers).not.toHaveProperty('authorization');
});
