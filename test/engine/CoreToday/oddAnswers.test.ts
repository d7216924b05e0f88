// Answers of Core.Today in odd forms, in both dialects: what was made and charged comes out once, whatever the rest of the answer is.
import { startBench, type Bench } from './setup';
import { creates } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

type Account = { faults?: object; dialect: 'A' | 'B' };

/** What comes out of one image, and that it was ordered and charged once. */
async function seen(prompt: string, account: Account) {
	const run = await bench.run('image/generate', { prompt }, { account });
	const files = await Promise.all(run.items.map(async (item) => await run.binary(item)));
	const predictions = bench.sandbox.coreToday.predictions(run.key);
	return {
		error: run.error?.message,
		pictures: files.filter(({ length }) => length > 0).length,
		creates: creates(bench, run.key).length,
		charges: predictions.filter(({ creditsCharged }) => creditsCharged > 0).length,
		taskId: run.items[0]?.json.taskId === predictions[0]?.id,
		json: JSON.stringify(run.items[0]?.json),
		log: (await bench.engine.log()).includes(String(predictions[0]?.id)),
	};
}

const ONCE = { error: undefined, pictures: 1, creates: 1, charges: 1 };

describe.each(['A', 'B'] as const)('dialect %s', (dialect) => {
	test.each([
		'url-objects',
		'null-entry',
		'bare-text',
		'url-object',
		'images-object',
		'relative-urls',
		'data-uri',
		'microseconds',
		'no-status',
	])('an image that is told as %s', async (odd) => {
		const told = await seen(`A kite [sandbox: poll=200 odd=${odd}]`, { dialect });
		expect(told).toMatchObject({ ...ONCE, taskId: true });
		expect(told.json).not.toMatch(/data:|base64|iVBOR/);
	});

	test.each(['no-status', 'odd-status', 'microseconds', 'cut-after-id'])(
		'a create that is answered with %s is waited for',
		async (odd) => {
			const told = await seen(`A kite [sandbox: create=200 odd=${odd}]`, { dialect });
			expect(told).toMatchObject({ ...ONCE, taskId: true, log: true });
		},
	);

	test.each(['numeric-id', 'surrogate-id'])('predictions with a %s', async (odd) => {
		const fault = { status: 200, odd };
		const faults = { create: fault, poll: fault };
		expect(await seen('A kite', { dialect, faults })).toMatchObject(ONCE);
	});

	test('an error under HTTP 200 is told in its words, and not ordered again', async () => {
		const told = await seen('A kite [sandbox: create=200 odd=error-200]', { dialect });
		expect(told).toMatchObject({ error: 'Core.Today: It went wrong.', pictures: 0, creates: 1 });
	});
});
