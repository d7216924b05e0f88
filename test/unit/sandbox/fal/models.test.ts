// What models take and answer: checks by their schemas, pictures in every shape, failures, odd answers.
import sharp from 'sharp';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { models } from '../../../../sandbox/fal/catalogue';
import { download, halfMask, OtherHost, photo } from '../support';
import { Client, type Json, MODEL } from './support';

let sandbox: Sandbox;
let client: Client;
const host = new OtherHost();
let png: Buffer;
let picture: string;

beforeAll(async () => {
	sandbox = await startSandbox({ pace: 3600 });
	await host.start();
	png = await (await photo(96, 64)).png().toBuffer();
	picture = host.add(png);
});
beforeEach(() => (client = new Client(sandbox)));
afterAll(async () => {
	host.close();
	await sandbox.close();
});

const firstUrl = (output: Json): string => {
	const [first] = [output.images ?? output.masks ?? output.image].flat();
	return (first as { url: string }).url;
};

async function sizeOf(output: Json): Promise<[number, number]> {
	const { width, height } = await sharp(await download(firstUrl(output))).metadata();
	return [width, height];
}

describe('every model', () => {
	it.each(models.map(({ id }) => id))('%s makes a picture', async (id) => {
		const { input = {} } = models.find((model) => model.id === id) ?? {};
		const mask = host.add(await halfMask(96, 64));
		const values: Json = {
			prompt: 'A boat',
			image_url: picture,
			image_urls: [picture],
			mask_url: mask,
		};
		const needed = Object.keys(input).filter((name) => input[name]?.isRequired);
		const output = await client.result(
			Object.fromEntries(needed.map((name) => [name, values[name]])),
			id,
		);
		expect(firstUrl(output)).toMatch(/^http/);
		expect(client.lastTask()).toMatchObject({ status: 'succeeded', imagesMade: 1 });
		expect(client.lastTask().cost).toBeGreaterThan(0);
	});
});

describe('sizes', () => {
	it.each<[string, string, Json, [number, number]]>([
		['the usual one', MODEL, {}, [1024, 768]],
		['a named one', MODEL, { image_size: 'portrait_16_9' }, [576, 1024]],
		['one of its own', MODEL, { image_size: { width: 640, height: 360 } }, [640, 360]],
		['a ratio', 'fal-ai/nano-banana', { aspect_ratio: '16:9' }, [1808, 1024]],
		[
			'a ratio and 2K',
			'fal-ai/nano-banana-pro',
			{ aspect_ratio: '1:1', resolution: '2K' },
			[2048, 2048],
		],
		['half of 1K', 'fal-ai/nano-banana-2', { aspect_ratio: '1:1', resolution: '0.5K' }, [512, 512]],
		['pixels', 'fal-ai/gpt-image-1.5', { image_size: '1536x1024' }, [1536, 1024]],
		[
			'auto at 2K',
			'fal-ai/bytedance/seedream/v4.5/text-to-image',
			{ image_size: 'auto_2K' },
			[2048, 2048],
		],
	])('%s', async (_case, model, input, size) => {
		expect(await sizeOf(await client.result(input, model))).toEqual(size);
	});

	it.each<[string, string, Json, [number, number]]>([
		['as the reference', 'fal-ai/flux-2-pro/edit', { image_urls: ['PICTURE'] }, [96, 64]],
		['three times', 'fal-ai/esrgan', { image_url: 'PICTURE', scale: 3 }, [288, 192]],
		[
			'to 720p',
			'fal-ai/seedvr/upscale/image',
			{ image_url: 'PICTURE', upscale_mode: 'target', target_resolution: '720p' },
			[1080, 720],
		],
		['cut out', 'fal-ai/bria/background/remove', { image_url: 'PICTURE' }, [96, 64]],
	])('%s', async (_case, model, input, size) => {
		const text = JSON.stringify(input).replaceAll('PICTURE', picture);
		expect(await sizeOf(await client.result(JSON.parse(text) as Json, model))).toEqual(size);
	});
});

describe('shapes', () => {
	const shape = async (input: Json, model: string) => {
		const { images, image, masks, ...rest } = await client.result(input, model);
		const [first] = [images ?? masks ?? image].flat() as Json[];
		return { names: Object.keys(first ?? {}).sort(), rest: Object.keys(rest).sort() };
	};
	const sized = ['content_type', 'height', 'url', 'width'];
	const nameless = ['content_type', 'file_name', 'file_size', 'url'];

	it.each<[string, string[], string[]]>([
		[MODEL, sized, ['has_nsfw_concepts', 'prompt', 'seed', 'timings']],
		['fal-ai/nano-banana', [...sized, 'file_name', 'file_size'].sort(), ['description']],
		['fal-ai/ideogram/v3', nameless, ['seed']],
		['fal-ai/recraft/v4/text-to-image', nameless, []],
		['xai/grok-imagine-image', sized, ['revised_prompt']],
	])('of %s', async (model, names, rest) => {
		expect(await shape({}, model)).toEqual({ names, rest });
	});

	it('with a mask beside, a list of masks, and both names', async () => {
		const image = { image_url: picture };
		expect(await client.result({ ...image, output_mask: true }, 'fal-ai/birefnet/v2')).toEqual({
			image: expect.any(Object),
			mask_image: expect.any(Object),
		});
		expect(await client.result({ ...image, num_images: 2 }, 'sandbox/masks')).toEqual({
			masks: [expect.any(Object), expect.any(Object)],
		});
		const both = await client.result({ image_urls: [picture] }, 'sandbox/image-and-images');
		expect(Object.keys(both)).toEqual(['image', 'images']);
	});

	it('counts seedream twice', async () => {
		const input = { num_images: 2, max_images: 3, image_size: 'square' };
		const model = 'fal-ai/bytedance/seedream/v4.5/text-to-image';
		expect((await client.result(input, model)).images).toHaveLength(6);
		expect(client.lastTask()).toMatchObject({ imagesMade: 6, units: 6 });
	});

	it('writes seeds with all their digits', async () => {
		const text = await (await client.finished({})).text();
		const [, seed = ''] = /"seed":(\d+)/.exec(text) ?? [];
		expect(BigInt(seed)).toBeGreaterThan(2n ** 53n);
		const given = '{"prompt":"x","seed":17454220438242315174}';
		const { request_id: id, response_url: url } = await client
			.call('POST', `${sandbox.fal.baseUrl}/${MODEL}`, given)
			.then(
				async (answer) => (await answer.json()) as { request_id: string; response_url: string },
			);
		await sandbox.fal.finishTask(id);
		expect(await (await client.get(url)).text()).toContain('"seed":17454220438242315174');
	});

	it('draws black where it flags', async () => {
		const output = await client.result({ prompt: 'x [sandbox: black=1]', num_images: 2 });
		expect(output.has_nsfw_concepts).toEqual([false, true]);
		const [, second] = output.images as Array<{ url: string }>;
		const { channels } = await sharp(await download(second?.url)).stats();
		expect(Math.max(...channels.map(({ max }) => max))).toBe(0);
		expect(client.lastTask().cost).toBe(0.006);
	});

	it('makes fewer when told so, and charges these', async () => {
		const prompt = 'x [sandbox: fewer-images=1]';
		expect((await client.result({ prompt, num_images: 3 })).images).toHaveLength(2);
		expect(client.lastTask()).toMatchObject({ units: 2, cost: 0.006 });
	});
});

describe('checks', () => {
	it.each<[string, string, unknown, string, Array<string | number>]>([
		['nothing', MODEL, { prompt: undefined }, 'missing', ['prompt']],
		['no text', MODEL, { prompt: 5 }, 'string_type', ['prompt']],
		['a word that is none', MODEL, { output_format: 'bmp' }, 'literal_error', ['output_format']],
		['too few', MODEL, { num_images: 0 }, 'greater_than_equal', ['num_images']],
		['too many', MODEL, { num_images: 5 }, 'less_than_equal', ['num_images']],
		['half a number', MODEL, { num_images: 1.5 }, 'int_type', ['num_images']],
		['null', MODEL, { num_images: null }, 'int_type', ['num_images']],
		[
			'text for yes',
			MODEL,
			{ enable_safety_checker: 'yes' },
			'bool_type',
			['enable_safety_checker'],
		],
		['a size without a name', MODEL, { image_size: 'huge' }, 'literal_error', ['image_size']],
		[
			'a size too large',
			MODEL,
			{ image_size: { width: 20000 } },
			'less_than_equal',
			['image_size', 'width'],
		],
		[
			'one where many belong',
			'fal-ai/flux-2/edit',
			{ image_urls: 'x' },
			'list_type',
			['image_urls'],
		],
		[
			'none where some belong',
			'fal-ai/flux-2/edit',
			{ image_urls: [] },
			'sequence_too_short',
			['image_urls'],
		],
		[
			'too many images',
			'xai/grok-imagine-image/edit',
			{ image_urls: ['a', 'b', 'c', 'd'] },
			'sequence_too_long',
			['image_urls'],
		],
		[
			'no steps of 16',
			'openai/gpt-image-2',
			{ image_size: { width: 1000, height: 1000 } },
			'value_error',
			['image_size'],
		],
		[
			'a colour beyond',
			'fal-ai/recraft/v4/text-to-image',
			{ colors: [{ r: 300 }] },
			'less_than_equal',
			['colors', 0, 'r'],
		],
	])('%s', async (_case, model, input, type, loc) => {
		const { detail } = await client.refused(input as Json, model);
		expect(detail).toEqual([
			expect.objectContaining({
				type,
				loc: ['body', ...loc],
				url: `https://docs.fal.ai/errors/#${type}`,
			}),
		]);
		expect(client.lastTask()).toMatchObject({ status: 'failed', cost: 0 });
	});

	it('lets unknown fields through, and nothing where nothing is meant', async () => {
		await client.result({ size: '1024x1024', seed: null });
	});

	it('names everything that is wrong', async () => {
		const { detail } = await client.refused({ prompt: 1, num_images: 9 });
		expect(detail).toHaveLength(2);
	});

	it('refuses what is no JSON', async () => {
		const answer = await client.call('POST', `${sandbox.fal.baseUrl}/${MODEL}`, '{');
		expect(answer.status).toBe(422);
	});
});

describe('input images', () => {
	const edit = async (url: string) =>
		await client.refused({ image_urls: [picture, url] }, 'fal-ai/flux-2/edit');

	it.each<[string, () => string, string]>([
		['is not there', () => `${sandbox.url}/nothing`, 'file_download_error'],
		['is no picture', () => host.add('words'), 'image_load_error'],
		['is no picture inside', () => 'data:image/png;base64,AAAA', 'image_load_error'],
		['is too large', () => host.add(Buffer.alloc(60 * 1024 * 1024)), 'file_too_large'],
	])('%s', async (_case, url, type) => {
		const { detail } = await edit(url());
		expect(detail).toEqual([expect.objectContaining({ type, loc: ['body', 'image_urls', 1] })]);
	});

	it('may be data URIs, or lie in the storage', async () => {
		const inline = `data:image/png;base64,${png.toString('base64')}`;
		const stored = await client.store(png);
		await client.result({ image_urls: [inline, stored, picture] }, 'fal-ai/flux-2/edit');
		expect(client.lastTask().images).toMatchObject([
			{ way: 'data URI', field: 'image_urls.0' },
			{ way: 'storage', field: 'image_urls.1' },
			{ way: 'url', field: 'image_urls.2' },
		]);
	});

	it('with a mask stay as they are where it is black', async () => {
		const white = await sharp({
			create: { width: 48, height: 64, channels: 3, background: 'white' },
		})
			.extend({ left: 48, background: 'black' })
			.png()
			.toBuffer();
		const input = { image_url: picture, mask_url: host.add(white), output_format: 'png' };
		const output = await client.result(input, 'fal-ai/flux-pro/v1/fill');
		const half = { left: 0, top: 0, width: 48, height: 64 };
		const pixels = async (file: Buffer) =>
			await sharp(file).removeAlpha().extract(half).raw().toBuffer();
		const made = await download(firstUrl(output));
		expect((await pixels(made)).equals(await pixels(png))).toBe(true);
		const other = { ...half, left: 48 };
		expect(
			(await sharp(made).extract(other).raw().toBuffer()).equals(
				await sharp(png).extract(other).raw().toBuffer(),
			),
		).toBe(false);
	});

	it('need a mask of the same size', async () => {
		const input = { image_url: picture, mask_url: host.add(await halfMask(32, 32)) };
		const { detail } = await client.refused(input, 'fal-ai/ideogram/v3/edit');
		expect(detail).toEqual([
			expect.objectContaining({ type: 'value_error', loc: ['body', 'mask_url'] }),
		]);
	});
});

describe('failures', () => {
	it.each<[string, number, Json]>([
		[
			'content_policy_violation',
			422,
			{ detail: [expect.objectContaining({ ctx: { extra_info: {} } })] },
		],
		[
			'no_media_generated',
			422,
			{ detail: [expect.objectContaining({ type: 'no_media_generated' })] },
		],
		['generation_timeout', 504, { error_type: 'generation_timeout' }],
		['runner_connection_refused', 503, { error_type: 'runner_connection_refused' }],
		['downstream_service_error', 400, { error_type: 'downstream_service_error' }],
		['anything', 500, { detail: 'The model failed: anything' }],
	])('%s', async (type, status, body) => {
		const answer = await client.refused({ prompt: `x [sandbox: fail=${type}]` }, MODEL, status);
		expect(answer).toMatchObject(body);
		expect(client.lastTask()).toMatchObject({ status: 'failed', cost: 0 });
	});

	it('can cost', async () => {
		const prompt = 'x [sandbox: fail=no_media_generated, paid-failure]';
		const answer = await client.finished({ prompt });
		expect(answer.headers.get('x-fal-billable-units')).toBe('1');
		expect(client.lastTask().cost).toBe(0.003);
	});

	it.each<[string, unknown]>([
		['text', expect.any(String)],
		['list', [expect.objectContaining({ msg: expect.any(String) })]],
		['object', { msg: expect.any(String) }],
	])('have their detail as %s', async (form, detail) => {
		const prompt = `x [sandbox: fail=generation_timeout, detail=${form}]`;
		expect((await client.refused({ prompt }, MODEL, 504)).detail).toEqual(detail);
	});
});

describe('odd answers', () => {
	it.each<[string, 'status' | 'status_url', string | undefined]>([
		['no-urls', 'status_url', undefined],
		['foreign-host', 'status_url', 'http://127.0.0.1:9/stranger'],
		['odd-status', 'status', 'PAUSED'],
	])('to a create: %s', async (odd, name, value) => {
		const created = await client.created({ prompt: `x [sandbox: create=200 odd=${odd}]` });
		expect(created[name]).toBe(value);
	});

	it.each<[string, unknown]>([
		['one-image', { image: expect.any(Object) }],
		['url-list', { images: [expect.stringMatching(/^http/)] }],
		['no-images', { images: [] }],
		['other-name', { rendered_image: expect.any(Object) }],
	])('for a result: %s', async (odd, output) => {
		sandbox.fal.setFaults(client.key, { result: { status: 200, odd } });
		expect(await client.result()).toMatchObject(output as Json);
	});
});
