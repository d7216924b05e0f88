// Every way in which a key, a generation or a model is refused, as the official client sees it.
import type OpenAI from 'openai';
import { AuthenticationError, NotFoundError, PermissionDeniedError } from 'openai';
import type { ImageGenerateParams } from 'openai/resources/images';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { clientOf, refusal, SMALL } from './support';

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
