// What Core.Today refuses, in every body that its documents leave open, and what a person reads of it.
import type { CoreTodayFaults } from '../../../sandbox';
import { startBench, type Bench } from './setup';
import { creates, LINKS } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const SHAPES = ['nested', 'error', 'detail', 'message'] as const;

async function refused(faults: CoreTodayFaults, credits?: number) {
	return await bench.run('image/generate', LINKS, { account: { faults, credits } });
}

describe.each(SHAPES)('errors written as "%s"', (errorShape) => {
	test.concurrent('no credits', async () => {
		const run = await refused({ errorShape }, 7);
		expect(run.error).toMatchObject({
			message: 'Core.Today: Not enough credits: this prediction takes 176, 7 are left.',
			httpCode: '402',
		});
		expect(run.error?.description).toMatch(/^Add credits in your Core\.Today account/);
		expect(creates(bench, run.key)).toHaveLength(1);
	});

	test.concurrent('a prediction that failed', async () => {
		for (const dialect of ['A', 'B'] as const) {
			const faults = { errorShape, fail: 'generation_timeout' };
			const run = await bench.run('image/generate', LINKS, { account: { faults, dialect } });
			const { id } = bench.sandbox.coreToday.predictions(run.key)[0]!;
			expect(run.error?.message).toBe('Core.Today: generation_timeout: The model took too long.');
			expect(run.error?.description).toBe(
				`Run this again, or change the Prompt. Whether a failed task was charged is shown in your Core.Today account.\nTask ID: ${id}`,
			);
		}
	});
});

test.concurrent.each([
	[400, 'Core.Today: The request is not valid.', 'Change the named setting and run this again.'],
	[403, 'Core.Today: This key may not do that.', 'Check in your Core.Today account'],
	[413, 'Core.Today: The request is too large.', 'Use smaller files.'],
])('HTTP %d is told and not tried again', async (status, message, advice) => {
	const run = await refused({ create: { status } });
	expect(run.error?.message).toBe(message);
	expect(run.error?.description).toContain(advice);
	expect(run.error?.description).toContain(`HTTP status: ${status}`);
	expect(creates(bench, run.key)).toHaveLength(1);
});

test.concurrent('429 is tried again, and then made once', async () => {
	const run = await refused({ create: { status: 429, retryAfterMs: 20, times: 2 } });
	expect(run.error).toBeUndefined();
	expect(creates(bench, run.key)).toHaveLength(3);
	expect(bench.sandbox.coreToday.predictions(run.key)).toHaveLength(1);
});

test.concurrent('429 that stays is told', async () => {
	const run = await refused({ create: { status: 429, retryAfterMs: 10 } });
	expect(run.error?.message).toBe('Core.Today: Too many requests, slow down.');
	expect(run.error?.description).toContain('Lower Concurrency in the Options');
});

test.concurrent('a wrong key', async () => {
	const run = await bench.run('image/generate', LINKS, { key: 'cdt_wrong' });
	expect(run.error).toMatchObject({
		message: 'Core.Today: The API key is missing or not valid.',
		httpCode: '401',
	});
	expect(run.error?.description).toContain(
		'Open the Core.Today credential and check the API Key. It begins with cdt_.',
	);
});

test.concurrent.each([
	['failed', 'A', { fail: 'nsfw', failedStatus: 'failed' }, 'Core.Today: nsfw: '],
	['error', 'B', { fail: 'nsfw', failedStatus: 'error' }, 'Core.Today: nsfw: '],
	['canceled', 'A', { cancel: true, cancelledStatus: 'canceled' }, 'the task was cancelled'],
	['cancelled', 'B', { cancel: true, cancelledStatus: 'cancelled' }, 'the task was cancelled'],
	['canceled', 'B', { cancel: true, cancelledStatus: 'canceled' }, 'the task was cancelled'],
] as const)('the word "%s" ends the wait (dialect %s)', async (_word, dialect, faults, message) => {
	const run = await bench.run('image/generate', LINKS, { account: { faults, dialect } });
	expect(run.error?.message).toContain(message);
	const { id } = bench.sandbox.coreToday.predictions(run.key)[0]!;
	expect(run.error?.description).toContain(`Task ID: ${id}`);
});

test.concurrent('a prediction that says it is done, but has no image', async () => {
	for (const dialect of ['A', 'B'] as const) {
		const account = { dialect, faults: { fewerImages: 1 } };
		const run = await bench.run('image/generate', LINKS, { account });
		expect(run.error?.message).toBe('Core.Today says that the task is done, but names no image.');
		expect(run.error?.description).toContain('Task: Get');
	}
});

test.concurrent('looking it up goes wrong and recovers: the image comes all the same', async () => {
	for (const body of ['html', 'cut', 'reset', 'json'] as const) {
		const poll = { status: body === 'cut' ? 200 : 502, body, times: 2 };
		const run = await refused({ poll });
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(1);
		expect(creates(bench, run.key)).toHaveLength(1);
	}
});

test.concurrent.each(['A', 'B'] as const)(
	'the time limit names the prediction (dialect %s)',
	async (dialect) => {
		const run = await bench.run(
			'image/generate',
			{ options: { ...LINKS.options, timeLimitSeconds: 5 } },
			{ account: { dialect, faults: { never: true } }, onError: 'continueRegularOutput' },
		);
		const { id } = bench.sandbox.coreToday.predictions(run.key)[0]!;
		expect(run.items[0]!.json).toEqual({
			error: 'The images were not ready within 5 seconds.',
			prompt: 'A red bicycle',
			status: 'failed',
			mayBeCharged: true,
			kind: 'timeLimit',
			advice:
				'The task goes on at Core.Today and nothing is lost. Fetch its images later with Task: Get or Task: Wait and this task ID, or set a longer Time Limit in the Options.',
			taskId: id,
		});
	},
);
