// Pictures that arrive damaged or not at all: fetched again, never passed on broken, never paid twice.
import sharp from 'sharp';

import { startBench, type Bench } from './setup';
import { creates, downloads, SMALL } from './traffic';

const LARGE = { size: '1024x1024' };
const FETCH_AGAIN = /Task > Get/;

let bench: Bench;

async function ask(directive: string, parameters: { size: string }) {
	const prompt = `A kite [sandbox: ${directive}]`;
	return await bench.image('generate', { ...parameters, prompt });
}

describe.each(['filesystem', 'default'] as const)('with the %s binary store', (binaryMode) => {
	beforeAll(async () => {
		bench = await startBench(binaryMode);
	});
	afterAll(async () => await bench.close());

	test('what is damaged at first is fetched again, whole', async () => {
		const kinds = ['short', 'truncated', 'html', 'empty'].flatMap((kind) => [
			{ kind, size: SMALL },
			{ kind, size: LARGE },
		]);
		const runs = await Promise.all(
			kinds.map(async ({ kind, size }) => await ask(`download=${kind} times=2`, size)),
		);
		for (const run of runs) {
			expect(run.error).toBeUndefined();
			const { taskId, width, fileSize } = run.items[0]!.json;
			const file = await run.binary(0);
			expect(file.length).toBe(fileSize);
			expect((await sharp(file).stats()).isOpaque).toBe(true);
			expect((await sharp(file).metadata()).width).toBe(width);
			expect(downloads(bench, String(taskId))).toHaveLength(3);
			expect(creates(bench, run.key)).toHaveLength(1);
		}
	});

	test('what stays damaged is a failure that names the task, where the picture is safe', async () => {
		const cases: Array<[directive: string, size: { size: string }, message: string | RegExp]> = [
			['download=short', SMALL, /^The (connection broke off|picture arrived incomplete)/],
			['download=short', LARGE, /^The (connection broke off|picture arrived incomplete)/],
			['download=truncated', SMALL, 'The picture arrived incomplete, several times.'],
			['download=truncated', LARGE, 'The picture arrived incomplete, several times.'],
			['download=html', SMALL, 'The link of the picture led to a web page, not to a picture.'],
			['download=empty', SMALL, 'The link of the picture led to an empty file, not to a picture.'],
		];
		const runs = await Promise.all(
			cases.map(async ([directive, size, message]) => ({
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
	});
});

describe('links', () => {
	beforeAll(async () => {
		bench = await startBench();
	});
	afterAll(async () => await bench.close());

	test.each([
		['dead', 'download=dead', 404],
		['expired', 'link-lifetime=0', 410],
	])('a link that is %s is not tried again', async (_what, directive, status) => {
		const run = await ask(directive, SMALL);
		const [task] = bench.sandbox.evolink.tasks(run.key);
		expect(run.error).toMatchObject({
			message: `The link to the picture doesn't work any more (HTTP ${status}).`,
			description: `Links work for 24 hours. If the task is younger, Task > Get with this task ID may give a new link.\nTask ID: ${task!.id} · HTTP status: ${status}`,
		});
		expect(downloads(bench, task!.id)).toHaveLength(1);
	});

	test('a slow picture is waited for', async () => {
		const run = await ask('download=slow', SMALL);
		expect(run.error).toBeUndefined();
		expect((await run.binary(0)).length).toBe(run.items[0]!.json.fileSize);
	});

	test('the key goes to the API only, never along to the pictures', async () => {
		const run = await bench.image('generate', SMALL);
		const fetches = downloads(bench, String(run.items[0]!.json.taskId));
		expect(fetches).toHaveLength(1);
		expect(fetches[0]!.headers).not.toHaveProperty('authorization');
	});
});
