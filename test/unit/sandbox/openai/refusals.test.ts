// Every way in which a call is refused, as the official client sees it.
import type OpenAI from 'openai';
import {
	APIConnectionError,
	AuthenticationError,
	InternalServerError,
	NotFoundError,
	PermissionDeniedError,
	RateLimitError,
} from 'openai';
import type { ImageGenerateParams } from 'openai/resources/images';
import sharp from 'sharp';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { halfMask } from '../support';
import { clientOf, keyOf, plain, png, refusal, SMALL } from './support';

let sandbox: Sandbox;
let client: OpenAI;

beforeAll(async () => {
	sandbox = await startSandbox();
	client = clientOf(sandbox, { faults: { alive: ['gpt-image-1', 'dall-e-3'] } });
});
afterAll(async () => await sandbox.close());

const request = { model: 'gpt-image-2', prompt: 'A quiet harbour', size: SMALL } as const;

describe('a key', () => {
	it('must be known', async () => {
		const error = await refusal(client.withOptions({ apiKey: 'sk-wrong' }).models.list());
		expect(error).toBeInstanceOf(AuthenticationError);
		expect(error).toMatchObject({ code: 'invalid_api_key', type: 'invalid_request_error' });
		expect(error.requestID).toMatch(/^req_[0-9a-f]{32}$/);
	});

	it('must be there', async () => {
		const headers = { Authorization: null };
		const error = await refusal(client.models.list({ headers }));
		expect(error).toMatchObject({ status: 401, code: null });
	});

	it('always exists under one name', async () => {
		const { data } = await client.withOptions({ apiKey: 'sandbox-openai-key' }).models.list();
		expect(data.length).toBeGreaterThan(10);
	});
});

describe('a generation is refused', () => {
	type Row = [string, Record<string, unknown>, { code: string | null; param: string | null }];
	const rows: Row[] = [
		[
			'without a prompt',
			{ prompt: undefined },
			{ code: 'missing_required_parameter', param: 'prompt' },
		],
		['with an empty prompt', { prompt: ' ' }, { code: 'empty_string', param: 'prompt' }],
		[
			'with 32,001 characters',
			{ prompt: 'x'.repeat(32_001) },
			{ code: 'string_above_max_length', param: 'prompt' },
		],
		[
			'without a model',
			{ model: undefined },
			{ code: 'missing_required_parameter', param: 'model' },
		],
		['with an unknown parameter', { sing: true }, { code: 'unknown_parameter', param: 'sing' }],
		[
			'with response_format',
			{ response_format: 'url' },
			{ code: 'unknown_parameter', param: 'response_format' },
		],
		['with style', { style: 'vivid' }, { code: 'unknown_parameter', param: 'style' }],
		[
			'with input_fidelity',
			{ input_fidelity: 'high' },
			{ code: 'unknown_parameter', param: 'input_fidelity' },
		],
		['with n 0', { n: 0 }, { code: 'integer_below_min_value', param: 'n' }],
		['with n 11', { n: 11 }, { code: 'integer_above_max_value', param: 'n' }],
		['with n 1.5', { n: 1.5 }, { code: 'invalid_type', param: 'n' }],
		['with n as text', { n: '2' }, { code: 'invalid_type', param: 'n' }],
		['with an odd size', { size: '1000x1000' }, { code: 'invalid_value', param: 'size' }],
		[
			'with a size that is too large',
			{ size: '4096x4096' },
			{ code: 'invalid_value', param: 'size' },
		],
		[
			'with a size that is too small',
			{ size: '512x512' },
			{ code: 'invalid_value', param: 'size' },
		],
		[
			'with a size that is too wide',
			{ size: '3200x1040' },
			{ code: 'invalid_value', param: 'size' },
		],
		['with ×', { size: '1024×1024' }, { code: 'invalid_value', param: 'size' }],
		[
			'with a free size on 1.5',
			{ model: 'gpt-image-1.5', size: SMALL },
			{ code: 'invalid_value', param: 'size' },
		],
		['with quality max on 2', { quality: 'max' }, { code: 'invalid_value', param: 'quality' }],
		['with quality hd', { quality: 'hd' }, { code: 'invalid_value', param: 'quality' }],
		[
			'with a transparent jpeg',
			{ background: 'transparent', output_format: 'jpeg' },
			{ code: 'invalid_value', param: 'background' },
		],
		['with gif', { output_format: 'gif' }, { code: 'invalid_value', param: 'output_format' }],
		[
			'with compression 101',
			{ output_format: 'webp', output_compression: 101 },
			{ code: 'integer_above_max_value', param: 'output_compression' },
		],
		[
			'with a compressed png',
			{ output_compression: 50 },
			{ code: 'invalid_value', param: 'output_compression' },
		],
		[
			'with moderation high',
			{ moderation: 'high' },
			{ code: 'invalid_value', param: 'moderation' },
		],
		[
			'with two dall-e-3 images',
			{ model: 'dall-e-3', size: '1024x1024', n: 2 },
			{ code: 'integer_above_max_value', param: 'n' },
		],
		[
			'with an unknown directive',
			{ prompt: 'A cat [sandbox: sing]' },
			{ code: 'unknown_sandbox_directive', param: 'prompt' },
		],
	];

	it.each(rows)('%s', async (_name, change, expected) => {
		const body = { ...request, ...change } as ImageGenerateParams;
		const error = await refusal(client.images.generate(body));
		expect(error).toMatchObject({ status: 400, type: 'invalid_request_error', ...expected });
	});

	it.each(['input', 'output'] as const)('by moderation on %s', async (stage) => {
		const prompt = `A fight [sandbox: moderation=${stage}]`;
		const error = await refusal(client.images.generate({ ...request, prompt }));
		expect(error).toMatchObject({
			status: 400,
			type: 'image_generation_user_error',
			code: 'moderation_blocked',
			error: {
				moderation_details: {
					moderation_stage: stage,
					categories: expect.arrayContaining(['violence']),
				},
			},
		});
	});

	it('when the body is no JSON', async () => {
		const answer = await fetch(`${sandbox.openai.baseUrl}/images/generations`, {
			method: 'POST',
			headers: { authorization: `Bearer ${client.apiKey}`, 'content-type': 'application/json' },
			body: '{"model":',
		});
		expect(answer.status).toBe(400);
		expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
	});
});

describe('a model', () => {
	it.each(['dall-e-2', 'no-such-model', 'gpt-4o'])('%s makes no images', async (model) => {
		const error = await refusal(client.images.generate({ ...request, model }));
		expect(error).toBeInstanceOf(NotFoundError);
		expect(error.code).toBe('model_not_found');
	});

	it('that is gone is served by a server that keeps it', async () => {
		const { data } = await client.images.generate({
			model: 'gpt-image-1',
			prompt: 'A quiet harbour',
			quality: 'low',
		});
		expect(data).toHaveLength(1);
	});

	it('needs a verified organization', async () => {
		const unverified = clientOf(sandbox, { organizationVerified: false });
		const error = await refusal(unverified.images.generate(request));
		expect(error).toBeInstanceOf(PermissionDeniedError);
		expect(error).toMatchObject({ code: null, type: 'invalid_request_error' });
		expect(error.message).toContain('organization must be verified to use the model `gpt-image-2`');
	});
});

describe('an edit is refused', () => {
	const edit = async (change: object) =>
		await refusal(
			client.images.edit({
				...request,
				image: await png(await plain(32, 32, '#336699')),
				...change,
			}),
		);
	const gif = async () =>
		await sharp(await plain(8, 8, '#336699'))
			.gif()
			.toBuffer();

	it('with 17 pictures', async () => {
		const one = await plain(8, 8, '#336699');
		const image = await Promise.all(Array.from({ length: 17 }, async () => await png(one)));
		expect(await edit({ image })).toMatchObject({ code: 'array_above_max_length', param: 'image' });
	});

	it('with a picture of 51 MB', async () => {
		const image = new File([new Uint8Array(51 * 1024 * 1024)], 'big.png', { type: 'image/png' });
		expect(await edit({ image })).toMatchObject({ status: 400, code: 'image_file_too_large' });
	});

	it('with a GIF, whatever it says it is', async () => {
		const bytes = new Uint8Array(await gif());
		for (const type of ['image/gif', 'image/png']) {
			const error = await edit({ image: [new File([bytes], 'a.gif', { type })] });
			expect(error).toMatchObject({ code: 'unsupported_file_mimetype', param: 'image[0]' });
			expect(error.message).toContain("'image/gif'");
		}
	});

	it('with a file that names no type', async () => {
		const image = new File([new Uint8Array(await plain(8, 8, '#336699'))], 'a.png');
		const error = await edit({ image });
		expect(error.message).toContain("unsupported mimetype ('application/octet-stream')");
	});

	it('with a damaged picture', async () => {
		const whole = await plain(64, 64, '#336699');
		const image = await png(whole.subarray(0, whole.length - 40));
		expect(await edit({ image })).toMatchObject({ code: 'invalid_image_file', param: 'image' });
	});

	it('with a mask without alpha', async () => {
		const mask = await png(await plain(32, 32, '#ffffff'));
		expect(await edit({ mask })).toMatchObject({
			code: 'invalid_mask_image_format',
			param: 'mask',
		});
	});

	it('with a mask of another size', async () => {
		const mask = await png(await halfMask(32, 16));
		expect(await edit({ mask })).toMatchObject({ code: 'invalid_mask_image_format' });
	});

	it('with a mask of 4 MB', async () => {
		const mask = await png(Buffer.alloc(4 * 1024 * 1024));
		expect(await edit({ mask })).toMatchObject({ code: 'image_file_too_large', param: 'mask' });
	});

	it.each([
		['a link in the form', { image: 'https://example.com/a.png' }, 'invalid_type'],
		['moderation', { moderation: 'low' }, 'unknown_parameter'],
		['input_fidelity on 2', { input_fidelity: 'low' }, 'unknown_parameter'],
		[
			'high input_fidelity on mini',
			{ model: 'gpt-image-1-mini', size: 'auto', input_fidelity: 'high' },
			'invalid_value',
		],
		['n 11', { n: 11 }, 'integer_above_max_value'],
	])('with %s', async (_name, change, code) => {
		expect(await edit(change)).toMatchObject({ status: 400, code });
	});

	it('without a picture, or as the wrong type of body', async () => {
		const error = await refusal(client.post('/images/edits', { body: { ...request } }));
		expect(error).toMatchObject({ code: 'missing_required_parameter', param: 'image' });
		const answer = await fetch(`${sandbox.openai.baseUrl}/images/edits`, {
			method: 'POST',
			headers: { authorization: `Bearer ${client.apiKey}`, 'content-type': 'text/plain' },
			body: 'a cat',
		});
		expect(answer.status).toBe(400);
	});
});

describe('limits and failures', () => {
	it('tells a rate limit from a used up quota', async () => {
		const limited = clientOf(sandbox, { faults: { create: { status: 429, retryAfter: 2 } } });
		const rate = await refusal(limited.images.generate(request));
		expect(rate).toBeInstanceOf(RateLimitError);
		expect(rate.code).toBe('rate_limit_exceeded');
		expect(rate.headers?.get('retry-after')).toBe('2');
		expect(rate.headers?.get('retry-after-ms')).toBe('2000');

		const poor = clientOf(sandbox, { quota: 0.01 });
		await poor.images.generate(request);
		const quota = await refusal(poor.images.generate(request));
		expect(quota).toMatchObject({
			status: 429,
			code: 'insufficient_quota',
			type: 'insufficient_quota',
		});
		expect(quota.headers?.get('retry-after')).toBeNull();
	});

	it('lets the official client through after a retry', async () => {
		const faults = { any: { status: 503, retryAfterMs: 1, times: 1 } };
		const patient = clientOf(sandbox, { faults }, 1);
		expect((await patient.images.generate(request)).data).toHaveLength(1);
	});

	it.each([500, 502, 503])('answers %i when told to', async (status) => {
		const prompt = `A quiet harbour [sandbox: create=${status}]`;
		const error = await refusal(client.images.generate({ ...request, prompt }));
		expect(error).toBeInstanceOf(InternalServerError);
		expect(error.status).toBe(status);
	});

	it('answers HTML, cuts answers and drops connections when told to', async () => {
		const generate = async (words: string) =>
			await client.images.generate({ ...request, prompt: `A harbour [sandbox: ${words}]` });
		const html = await refusal(generate('create=502 body=html'));
		expect(html.message).toContain('<!DOCTYPE html>');
		await expect(generate('create=200 body=cut')).rejects.toThrow(/JSON/);
		await expect(generate('create=500 body=reset')).rejects.toBeInstanceOf(APIConnectionError);
	});

	it('leaves a call without an answer when told to', async () => {
		const prompt = 'A harbour [sandbox: never]';
		const hasty = client.withOptions({ timeout: 200 });
		const pending = hasty.images.generate({ ...request, prompt });
		await expect(pending).rejects.toBeInstanceOf(APIConnectionError);
		expect(sandbox.openai.calls(keyOf(client)).at(-1)).toMatchObject({ status: 0, dollars: 0 });
	});

	it('refuses by a written quota', async () => {
		const prompt = 'A harbour [sandbox: quota]';
		const error = await refusal(client.images.generate({ ...request, prompt }));
		expect(error).toMatchObject({ status: 429, code: 'insufficient_quota' });
	});

	it('fails with the code that it is told', async () => {
		const prompt = 'A harbour [sandbox: fail=image_too_strange]';
		const error = await refusal(client.images.generate({ ...request, prompt }));
		expect(error).toMatchObject({ status: 400, code: 'image_too_strange' });
	});

	it('knows no other addresses', async () => {
		const error = await refusal(client.get('/no/such/thing'));
		expect(error).toMatchObject({ status: 404, type: 'invalid_request_error' });
		expect(error.message).toContain('Invalid URL (GET /openai/v1/no/such/thing)');
	});
});
