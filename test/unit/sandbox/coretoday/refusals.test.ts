// What Core.Today refuses, in every error shape, and how it misbehaves when told to.
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { download, json } from '../support';
import { CoreTodayClient, type Json } from './support';

let sandbox: Sandbox;
let client: CoreTodayClient;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());
beforeEach(() => (client = new CoreTodayClient(sandbox)));

const messageOf = async (answer: Awaited<ReturnType<typeof fetch>>, status = 400) =>
	(await json<{ error: Json }>(answer, status)).error.message;

describe('openai/gpt-image-2 refuses', () => {
	it.each([
		[{ size: '1024x1024' }, /Unknown parameter: input\.size/],
		[{ prompt: '' }, /input\.prompt: must not be empty/],
		[{ prompt: undefined }, /input\.prompt is required/],
		[{ aspect_ratio: '16:9' }, /input\.aspect_ratio: .*'16:9'/],
		[{ quality: 'max' }, /input\.quality/],
		[{ background: 'transparent' }, /input\.background: .*'transparent'/],
		[{ output_format: 'gif' }, /input\.output_format/],
		[{ output_compression: 101 }, /input\.output_compression/],
		[{ output_compression: 50, output_format: 'png' }, /webp and jpeg only/],
		[{ moderation: 'none' }, /input\.moderation/],
		[{ number_of_images: 2 }, /input\.number_of_images: must be 1/],
		[{ input_images: 'http://127.0.0.1/a.png' }, /input\.input_images: Expected array/],
		[{ input_images: ['picture.png'] }, /input\.input_images\[0\] could not be fetched/],
		[{ input_images: ['http://127.0.0.1:1/a.png'] }, /input_images\[0\] could not be fetched/],
	])('%j', async (input, message) => {
		expect(await messageOf(await client.create(input))).toMatch(message);
		expect(client.records()).toHaveLength(0);
	});
});

describe('a create is refused', () => {
	it.each([
		[{ output_folder: 'a/../b' }, 400, /output_folder: must not contain "\.\."/],
		[{ output_folder: 'x'.repeat(257) }, 400, /output_folder: must have at most 256/],
		[{ webhook_url: 'http://n8n.example.com/x' }, 400, /webhook_url: it must be an https URL/],
		[{ webhook: 'https://10.0.0.1/x' }, 400, /webhook: it must not be an internal/],
		[{ webhook_events: ['all'] }, 400, /webhook_events/],
		[{ is_public: 'true' }, 400, /is_public/],
		[{ model: 'openai/gpt-image-9' }, 404, /"openai\/gpt-image-9" does not exist/],
		[{ model: undefined }, 400, /model is required/],
		[{ input: 'A cat' }, 400, /input: Expected object/],
		[{ stream: true }, 400, /Unknown parameter: stream/],
	])('with %j', async (more, status, message) => {
		expect(await messageOf(await client.create({}, more), status)).toMatch(message);
	});

	it('with no prompt on any model', async () => {
		const body = { model: 'sandbox/any-model', input: { steps: 4 } };
		const answer = await client.post('/predictions', body);
		expect(await messageOf(answer)).toMatch(/input\.prompt is required/);
	});

	it('with a directive that is none', async () => {
		const answer = await client.create({ prompt: 'x [sandbox: sing]' });
		expect(await messageOf(answer)).toMatch(/no directive "sing"/);
	});

	it.each([
		['no JSON', '{', 400],
		['a list', '[]', 400],
	])('with %s', async (_name, body, status) => {
		expect((await client.post('/predictions', body)).status).toBe(status);
	});

	it('at 256 characters of folder is not', async () => {
		expect((await client.create({}, { output_folder: 'x'.repeat(256) })).status).toBe(200);
	});
});

describe('an error', () => {
	it.each([
		['nested', { error: { message: 'Too many requests, slow down.' } }],
		['error', { error: 'Too many requests, slow down.' }],
		['detail', { detail: 'Too many requests, slow down.' }],
		['message', { message: 'Too many requests, slow down.' }],
	] as const)('has the shape %s when the key is told so', async (errorShape, expected) => {
		const faults = { errorShape, create: { status: 429, retryAfter: 3 } };
		sandbox.coreToday.setFaults(client.key, faults);
		const answer = await client.create();
		expect(answer.status).toBe(429);
		expect(answer.headers.get('retry-after')).toBe('3');
		expect(await answer.json()).toEqual(expected);
	});

	it('of a broken body has that shape as well', async () => {
		sandbox.coreToday.setFaults(client.key, { errorShape: 'detail' });
		const answer = await client.post('/predictions', '{');
		expect(await answer.json()).toEqual({ detail: 'The body is not valid JSON.' });
	});

	it.each([
		['html', /^<!DOCTYPE html>/],
		['cut', /^\{"job_id":"job_[^}]*$/],
	])('can come as %s', async (body, text) => {
		const status = body === 'cut' ? 200 : 502;
		const answer = await client.create({ prompt: `x [sandbox: create=${status} body=${body}]` });
		expect(answer.status).toBe(status);
		expect(await answer.text()).toMatch(text);
	});

	it('can be no answer at all', async () => {
		const prompt = 'x [sandbox: create=500 body=reset]';
		await expect(client.create({ prompt })).rejects.toThrow();
		expect(client.records()).toHaveLength(0);
	});

	it('can strike a look at the prediction, so many times', async () => {
		const { job_id: id } = await client.created({ prompt: 'x [sandbox: poll=503 times=1]' });
		expect((await client.get(`/predictions/${String(id)}`)).status).toBe(503);
		expect((await client.get(`/predictions/${String(id)}`)).status).toBe(200);
	});

	it('can hide a prediction that was made', async () => {
		const answer = await client.create({ prompt: 'x [sandbox: paid-outcome-unknown]' });
		expect(await messageOf(answer, 500)).toMatch(/outcome/);
		expect(client.records()).toHaveLength(1);
	});

	it('names faults that are none', () => {
		const faults = { errorShape: 'round' } as never;
		expect(() => sandbox.coreToday.addKey({ faults })).toThrow(/Faults: errorShape/);
	});
});

describe('a key', () => {
	it.each([
		['none', {}],
		['an unknown one', { 'x-api-key': 'cdt_nobody' }],
		['one in another header', { authorization: 'Bearer cdt_sandbox' }],
	])('is needed: %s', async (_name, headers) => {
		const address = `${sandbox.coreToday.baseUrl}/predictions/job_1`;
		expect((await fetch(address, { headers })).status).toBe(401);
	});

	it('that always exists is cdt_sandbox', async () => {
		const own = new CoreTodayClient(sandbox, { key: 'cdt_sandbox' });
		expect(await own.created()).toMatchObject({ status: 'queued' });
	});

	it('that is made again keeps its history', async () => {
		await client.finished({ quality: 'low' });
		sandbox.coreToday.addKey({ key: client.key, credits: 5, dialect: 'A' });
		expect(sandbox.coreToday.ledger(client.key)).toMatchObject({ credits: 9_960, charged: 45 });
		expect(await client.created()).toHaveProperty('id');
	});
});

describe('a model', () => {
	it.each(['openai/gpt-image-2', 'sandbox/any-model', 'flux-schnell'])(
		'is described without a key: %s',
		async (model) => {
			const address = `${sandbox.coreToday.baseUrl}/models/${model}/llms.txt`;
			expect((await download(address)).toString()).toContain(`# ${model}`);
		},
	);

	it('that is none is not', async () => {
		const { baseUrl } = sandbox.coreToday;
		expect((await fetch(`${baseUrl}/models/openai/none/llms.txt`)).status).toBe(404);
		expect((await fetch(`${baseUrl}/models/openai/gpt-image-2`)).status).toBe(404);
	});
});
