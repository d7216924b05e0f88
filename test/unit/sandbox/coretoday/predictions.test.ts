// A prediction's life in both dialects: answers, results, public links, credits.
import sharp from 'sharp';
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { download, json, until } from '../support';
import { CoreTodayClient, idOf, type Json } from './support';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox({ pace: 0.05 })));
afterAll(async () => await sandbox.close());

describe('dialect A', () => {
	const client = () => new CoreTodayClient(sandbox, { dialect: 'A' });

	it('has id, succeeded, a list of links and metrics', async () => {
		const own = client();
		const made = await own.created({ aspect_ratio: '3:2' });
		expect(made).toEqual({
			id: expect.stringMatching(/^pred_\w+$/),
			status: 'pending',
			model: 'openai/gpt-image-2',
			input: { prompt: 'A quiet harbour', aspect_ratio: '3:2' },
			created_at: expect.stringMatching(/^\d{4}-.*Z$/),
		});
		await until(() => own.records()[0]?.status === 'succeeded');
		const done = await own.prediction(made.id);
		expect(done).toMatchObject({
			id: made.id,
			status: 'succeeded',
			output: [expect.stringMatching(/^http.*\.webp$/)],
			metrics: {
				total_time: expect.any(Number),
				queue_time: expect.any(Number),
				run_time: expect.any(Number),
			},
		});
		expect(done).not.toHaveProperty('public_url');
	});

	it.each([
		[
			'fail=bad_luck',
			{ status: 'failed', error: { message: expect.stringMatching(/^bad_luck: /) } },
		],
		['fail=bad_luck, failed-status=error', { status: 'error' }],
		['cancel', { status: 'canceled' }],
		['cancel, cancelled-status=cancelled', { status: 'cancelled' }],
	])('ends as told: %s', async (directive, expected) => {
		const done = await client().finished({ prompt: `x [sandbox: ${directive}]` });
		expect(done).toMatchObject(expected);
		expect(done).not.toHaveProperty('output');
	});
});

describe('dialect B', () => {
	const client = () => new CoreTodayClient(sandbox);

	it('has job_id, completed and one link', async () => {
		const own = client();
		const made = await own.created();
		expect(made).toEqual({
			job_id: expect.stringMatching(/^job_\w+$/),
			status: 'queued',
			provider: 'openai',
			model: 'gpt-image-2',
			result: null,
			public_url: null,
		});
		await until(() => own.records()[0]?.status === 'succeeded');
		expect(await own.prediction(made.job_id)).toEqual({
			...made,
			status: 'completed',
			result: expect.stringMatching(/^http.*\.webp$/),
		});
	});

	it.each([
		['fail=bad_luck', 'failed'],
		['fail=bad_luck, failed-status=error', 'error'],
		['cancel', 'cancelled'],
		['cancel, cancelled-status=canceled', 'canceled'],
	])('ends as told: %s', async (directive, status) => {
		const done = await client().finished({ prompt: `x [sandbox: ${directive}]` });
		expect(done).toMatchObject({ status, result: null });
	});

	it.each([
		['nested', { error: { message: 'bad: The prediction failed.' } }],
		['error', { error: 'bad: The prediction failed.' }],
		['detail', { detail: 'bad: The prediction failed.' }],
		['message', { message: 'bad: The prediction failed.' }],
	])('tells why it failed in the shape %s', async (shape, expected) => {
		const prompt = `x [sandbox: fail=bad, error-shape=${shape}]`;
		expect(await client().finished({ prompt })).toMatchObject(expected);
	});

	it('can be changed for the other while the id stays', async () => {
		const own = client();
		const { job_id: id } = await own.created();
		sandbox.coreToday.setDialect(own.key, 'A');
		sandbox.coreToday.finishPrediction(String(id));
		expect(await own.prediction(id)).toMatchObject({ id, status: 'succeeded' });
	});
});

describe('an image', () => {
	it.each([
		[{}, { format: 'webp', width: 1024, height: 1024 }],
		[
			{ output_format: 'png', aspect_ratio: '2:3' },
			{ format: 'png', width: 1024, height: 1536 },
		],
		[
			{ output_format: 'jpeg', aspect_ratio: '3:2', output_compression: 0 },
			{ format: 'jpeg', width: 1536, height: 1024 },
		],
		[{ background: 'opaque', moderation: 'low', number_of_images: 1 }, { format: 'webp' }],
	])('with %j is as asked for', async (input, expected) => {
		const { result } = await new CoreTodayClient(sandbox).finished(input);
		expect(await sharp(await download(String(result))).metadata()).toMatchObject(expected);
	});

	it('of another model comes in any number, from any input', async () => {
		const own = new CoreTodayClient(sandbox);
		const body = {
			model: 'sandbox/any-model',
			input: { prompt: 'x', number_of_images: 2, steps: 30, aspect_ratio: '16:9' },
		};
		const id = idOf(await json<Json>(await own.post('/predictions', body), 200));
		sandbox.coreToday.finishPrediction(id);
		const { result } = await own.prediction(id);
		expect(result).toHaveLength(2);
		const [first] = result as string[];
		expect(await sharp(await download(first)).metadata()).toMatchObject({ height: 1024 });
		expect(own.records()[0]).toMatchObject({ creditsCharged: 20 });
	});

	it.each(['A', 'B'] as const)(
		'has a public link that never ends, in dialect %s',
		async (dialect) => {
			const own = new CoreTodayClient(sandbox, { dialect });
			const more = { is_public: true, output_folder: 'news/2026 오늘' };
			const done = await own.finished({ prompt: 'x [sandbox: link-lifetime=0]' }, more);
			expect((await download(String(done.public_url))).length).toBeGreaterThan(0);
			const [result] = [done.output ?? done.result].flat();
			expect(String(result)).toContain('/news/2026%20');
			expect((await fetch(String(result))).status).toBe(410);
		},
	);

	it('is not public without being asked for, and not found by guessing', async () => {
		const { result } = await new CoreTodayClient(sandbox).finished();
		const address = String(result);
		expect((await fetch(address.replace('/results/', '/public/'))).status).toBe(404);
		expect((await fetch(address.replace(/-\w+\.webp$/, '-guess.webp'))).status).toBe(404);
	});

	it('has a bad link when told so', async () => {
		const done = await new CoreTodayClient(sandbox).finished({
			prompt: 'x [sandbox: download=empty times=1]',
		});
		const first = await fetch(String(done.result));
		expect(first.headers.get('content-type')).toBe('image/webp');
		expect(await first.text()).toBe('');
		expect((await download(String(done.result))).length).toBeGreaterThan(0);
	});
});

describe('credits', () => {
	it.each([
		['high', 480],
		['auto', 480],
		['medium', 176],
		['low', 45],
	])('%s costs %i', async (quality, credits) => {
		const own = new CoreTodayClient(sandbox, { credits: 1000 });
		await own.finished({ quality });
		expect(sandbox.coreToday.ledger(own.key)).toMatchObject({
			credits: 1000 - credits,
			charged: credits,
			reserved: 0,
		});
	});

	it.each(['fail=x', 'cancel'])('come back after %s', async (directive) => {
		const own = new CoreTodayClient(sandbox, { credits: 1000 });
		await own.finished({ prompt: `x [sandbox: ${directive}]` });
		const expected = { credits: 1000, charged: 0, refunded: 480 };
		expect(sandbox.coreToday.ledger(own.key)).toMatchObject(expected);
	});

	it('that are missing refuse the call', async () => {
		const own = new CoreTodayClient(sandbox, { credits: 100 });
		const answer = await json<{ error: { message: string } }>(await own.create(), 402);
		expect(answer.error.message).toMatch(/takes 480, 100 are left/);
		expect((await own.create({ quality: 'low' })).status).toBe(200);
	});

	it('are spent twice when a create is sent again', async () => {
		const own = new CoreTodayClient(sandbox);
		const prompt = 'x [sandbox: create=500 after-effect times=1]';
		expect((await own.create({ prompt, quality: 'low' })).status).toBe(500);
		expect((await own.create({ prompt, quality: 'low' })).status).toBe(200);
		expect(own.records()).toHaveLength(2);
		expect(sandbox.coreToday.ledger(own.key)).toMatchObject({ credits: 10_000 - 90 });
	});
});

it('is not seen by another key', async () => {
	const { job_id: id } = await new CoreTodayClient(sandbox).created();
	const stranger = new CoreTodayClient(sandbox);
	expect((await stranger.get(`/predictions/${String(id)}`)).status).toBe(404);
});

it('never ends when told so, except by hand', async () => {
	const own = new CoreTodayClient(sandbox);
	const { job_id: id } = await own.created({ prompt: 'x [sandbox: never, seconds=0]' });
	expect((await own.prediction(id)).status).toBe('processing');
	sandbox.coreToday.finishPrediction(String(id));
	expect((await own.prediction(id)).status).toBe('completed');
	expect(() => sandbox.coreToday.finishPrediction('none')).toThrow(/no prediction "none"/);
});
