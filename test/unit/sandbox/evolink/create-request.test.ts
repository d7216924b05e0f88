// What the create call refuses, and in which words.
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { halfMask, json, OtherHost, photo } from '../support';
import { Client, type ErrorJson } from './support';

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
	sandbox = await startSandbox({ pace: 3600 });
	client = new Client(sandbox);
});
afterAll(async () => await sandbox.close());

const address = 'https://images.example.com/one.png';
const newest = { model: 'gpt-image-2.5' };

describe('parameters', () => {
	it.each<[string, object, string | null, string]>([
		['no prompt', { prompt: undefined }, 'prompt', 'missing_required_parameter'],
		['an empty prompt', { prompt: '  ' }, 'prompt', 'invalid_parameter'],
		['a prompt that is no text', { prompt: 7 }, 'prompt', 'invalid_parameter'],
		['no model', { model: undefined }, 'model', 'missing_required_parameter'],
		['a parameter that nobody knows', { style: 'vivid' }, 'style', 'unknown_parameter'],
		['n=3 on gpt-4o-image', { n: 3 }, 'n', 'invalid_parameter'],
		['n as text', { n: '2' }, 'n', 'invalid_parameter'],
		['quality on gpt-4o-image', { quality: 'high' }, 'quality', 'unknown_parameter'],
		['resolution on gpt-4o-image', { resolution: '2K' }, 'resolution', 'unknown_parameter'],
		['a size that is not listed', { size: '512x512' }, 'size', 'invalid_parameter'],
		['six references', { image_urls: Array(6).fill(address) }, 'image_urls', 'invalid_parameter'],
		['a reference that is no URL', { image_urls: ['photo'] }, 'image_urls', 'invalid_parameter'],
		['a mask without a reference', { mask_url: address }, 'mask_url', 'invalid_parameter'],
		[
			'a mask with two references',
			{ mask_url: address, image_urls: [address, address] },
			'mask_url',
			'invalid_parameter',
		],
		[
			'a mask on gpt-image-1',
			{ model: 'gpt-image-1', mask_url: address, image_urls: [address] },
			'mask_url',
			'unknown_parameter',
		],
		['quality auto', { model: 'gpt-image-1', quality: 'auto' }, 'quality', 'invalid_parameter'],
		['n=11', { model: 'gpt-image-1', n: 11 }, 'n', 'invalid_parameter'],
		['a long prompt', { ...newest, prompt: 'x'.repeat(32_001) }, 'prompt', 'invalid_parameter'],
		['sides not by 16', { ...newest, size: '1000x1000' }, 'size', 'invalid_parameter'],
		['a ratio too wide', { ...newest, size: '4:1' }, 'size', 'invalid_parameter'],
		['resolution alone', { ...newest, resolution: '4K' }, 'resolution', 'invalid_parameter'],
		[
			'a plain callback',
			{ callback_url: 'http://example.com' },
			'callback_url',
			'invalid_parameter',
		],
		[
			'an unknown directive',
			{ prompt: 'x [sandbox: sing]' },
			'prompt',
			'unknown_sandbox_directive',
		],
	])('refuses %s', async (_name, body, param, code) => {
		const { error } = await json<ErrorJson>(await client.create(body), 400);
		expect(error).toMatchObject({ code, param });
	});

	it.each<[string, object]>([
		['the largest count', { n: 4 }],
		['a pixel size', { size: '1536x1024' }],
		['auto', { ...newest, size: 'auto', quality: 'max' }],
		['a ratio with resolution', { ...newest, size: '16:9', resolution: '2K' }],
	])('takes %s', async (_name, body) => {
		expect((await client.created(body)).status).toBe('pending');
	});

	it('names the models when one does not exist', async () => {
		const { error } = await json<ErrorJson>(await client.create({ model: 'dall-e-9' }), 404);
		expect(error).toMatchObject({ code: 'model_not_found', param: 'model' });
	});

	it.each([
		['broken JSON', '{"model":', 400],
		['a list', '[]', 400],
		['a body over the limit', JSON.stringify({ prompt: 'x'.repeat(2_000_000) }), 413],
	])('refuses %s', async (_name, body, status) => {
		const { error } = await json<ErrorJson>(
			await client.post('/v1/images/generations', body),
			status,
		);
		expect(error.message).not.toBe('');
	});

	it('has one error shape and a request id everywhere', async () => {
		const response = await client.get('/v1/nothing');
		expect(response.headers.get('x-request-id')).toMatch(/^req_/);
		expect(Object.keys((await json<ErrorJson>(response, 404)).error)).toEqual([
			'code',
			'message',
			'type',
		]);
	});
});

describe('the key', () => {
	it.each([
		['missing', {}, 'missing_api_key'],
		['unknown', { authorization: 'Bearer nobody' }, 'invalid_api_key'],
	])('is refused when %s', async (_name, headers, code) => {
		const response = await fetch(`${sandbox.evolink.baseUrl}/v1/credits`, { headers });
		expect((await json<ErrorJson>(response, 401)).error.code).toBe(code);
	});

	it('is refused with 402 when its credits do not suffice', async () => {
		const poor = new Client(sandbox, sandbox.evolink.addKey({ credits: 1 }));
		const { error } = await json<ErrorJson>(await poor.create({}), 402);
		expect(error.code).toBe('insufficient_user_quota');
		expect(sandbox.evolink.tasks(poor.key)).toEqual([]);
	});
});

describe('reference images and masks', () => {
	const s1 = 'gpt-4o-image';
	let files: Record<string, string>;
	const others = new OtherHost();
	const elsewhere = (content: string | Buffer) => others.add(content);

	beforeAll(async () => {
		await others.start();
		const picture = await photo(64, 48);
		files = {
			png: await client.upload(await picture.clone().png().toBuffer()),
			jpeg: await client.upload(await picture.clone().jpeg().toBuffer()),
			webp: await client.upload(await picture.clone().webp().toBuffer()),
			gif: await client.upload(await picture.clone().gif().toBuffer()),
			text: elsewhere('not an image'),
			cut: await client.upload((await picture.clone().png().toBuffer()).subarray(0, 200)),
			large: elsewhere(Buffer.alloc(12 * 1024 * 1024, 1)),
			mask: await client.upload(await halfMask(64, 48)),
			otherMask: await client.upload(await halfMask(48, 64)),
			dead: `${sandbox.url}/evolink-files/files/none/none.png`,
			unreachable: 'http://127.0.0.1:9/image.png',
		};
	});

	afterAll(() => others.close());

	it.each([
		['a text file named .png', s1, ['text'], undefined, 'invalid_image_format'],
		['a GIF named .png', s1, ['gif'], undefined, 'invalid_image_format'],
		['a PNG that is cut', s1, ['cut'], undefined, 'invalid_image_format'],
		['12 MB on gpt-4o-image', s1, ['large'], undefined, 'image_too_large'],
		['a dead link', s1, ['dead'], undefined, 'image_unreachable'],
		['an unreachable server', s1, ['png', 'unreachable'], undefined, 'image_unreachable'],
		['a JPEG mask', s1, ['png'], 'jpeg', 'invalid_mask'],
		['a mask of other dimensions', s1, ['png'], 'otherMask', 'invalid_mask'],
		['a JPEG reference under a mask', s1, ['jpeg'], 'mask', 'invalid_mask'],
		['a mask without alpha', 'gpt-image-2', ['png'], 'png', 'invalid_mask'],
	])('refuses %s', async (_name, model, references, mask, code) => {
		const before = sandbox.evolink.ledger(client.key);
		const body = {
			model,
			image_urls: references.map((name) => files[name]),
			...(mask && { mask_url: files[mask] }),
		};
		const { error } = await json<ErrorJson>(await client.create(body), 400);
		expect(error.code).toBe(code);
		expect(error.param).toMatch(/^(image_urls\[\d\]|mask_url)$/);
		expect(sandbox.evolink.ledger(client.key)).toEqual(before);
	});

	it.each([
		['jpeg, png and webp', s1, ['jpeg', 'png', 'webp'], undefined],
		['a mask on gpt-4o-image', s1, ['png'], 'mask'],
		['a mask for the first of two', 'gpt-image-2', ['jpeg', 'png'], 'mask'],
	])('takes %s', async (_name, model, references, mask) => {
		const body = {
			model,
			image_urls: references.map((name) => files[name]),
			...(mask && { mask_url: files[mask] }),
		};
		const { id } = await client.created(body);
		const [record] = sandbox.evolink.tasks(client.key).filter((task) => task.id === id);
		expect(record).toMatchObject({
			imageUrls: body.image_urls,
			...(mask && { maskUrl: files[mask] }),
		});
	});
});
