// GIF, SVG, complexity and markup, in generations, edits and responses, driven by the official client.
import type OpenAI from 'openai';
import type { ImageEditParams, ImageGenerateParams } from 'openai/resources/images';
import type { Tool } from 'openai/resources/responses/responses';
import sharp from 'sharp';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { halfMask } from '../support';
import { clientOf, decode, keyOf, pixelsOf, plain, png, refusal } from './support';

let sandbox: Sandbox;
let client: OpenAI;

beforeAll(async () => {
	sandbox = await startSandbox({ pace: 0 });
	client = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());

const NEWEST = 'gpt-image-2.5-flare';
const FRAME = '320x240';
const drawing = { model: NEWEST, prompt: 'A quiet harbour', quality: 'low' } as const;
type Gif = { output_format: 'gif'; frame_count?: number; frame_duration_ms?: number };
const gif: Gif = { output_format: 'gif', frame_count: 3, frame_duration_ms: 124 };
const svg = { output_format: 'svg' } as const;

const generate = async (more: Partial<ImageGenerateParams>) =>
	await client.images.generate({ ...drawing, ...more, stream: false });
const edit = async (more: Partial<ImageEditParams>) =>
	await client.images.edit({
		...drawing,
		image: await png(await plain(96, 64, '#336699')),
		...more,
		stream: false,
	});

/** A stroke over the left half of a transparent ground. */
async function markup(width = 96, height = 64): Promise<Buffer> {
	const stroke = await plain(width / 2, height, '#ff0000');
	const background = { r: 0, g: 0, b: 0, alpha: 0 };
	return await sharp({ create: { width, height, channels: 4, background } })
		.composite([{ input: stroke, left: 0, top: 0 }])
		.png()
		.toBuffer();
}

async function runTool(tool: Partial<Tool.ImageGeneration>, more: object = {}) {
	const response = await client.responses.create({
		model: 'gpt-5.5',
		background: true,
		input: 'A quiet harbour',
		tools: [{ type: 'image_generation', model: NEWEST, quality: 'low', ...tool }],
		...more,
	});
	sandbox.openai.finishResponse(response.id);
	const ended = await client.responses.retrieve(response.id);
	const call = ended.output.find(({ type }) => type === 'image_generation_call');
	if (call?.type !== 'image_generation_call') throw new Error('There is no image call.');
	return call;
}

describe('a GIF', () => {
	it('has the frames and the pace that were asked for', async () => {
		const answer = await generate({ ...gif, size: FRAME });
		expect(answer).toMatchObject({ output_format: 'gif', size: FRAME });
		const file = decode(answer.data?.[0]?.b64_json);
		expect(await sharp(file, { animated: true }).metadata()).toMatchObject({
			format: 'gif',
			pages: 3,
			pageHeight: 240,
			width: 320,
			delay: [120, 120, 120],
		});
		expect(sandbox.openai.calls(keyOf(client)).at(-1)?.imagesOut).toMatchObject([
			{ type: 'image/gif', width: 320, height: 240 },
		]);
	});

	it('has nine frames of 200 ms by default, and each of several moves', async () => {
		const { data } = await generate({ output_format: 'gif', n: 2 });
		expect(data).toHaveLength(2);
		const meta = await sharp(decode(data?.[1]?.b64_json), { animated: true }).metadata();
		expect(meta).toMatchObject({ pages: 9, delay: Array(9).fill(200) });
	});

	it('may be transparent, and made of an image or by a response', async () => {
		const cut = await generate({ ...gif, size: FRAME, background: 'transparent' });
		const corner = await pixelsOf(decode(cut.data?.[0]?.b64_json));
		expect(corner[3]).toBe(0);
		const edited = await edit({ ...gif, size: FRAME });
		const pages = { format: 'gif', pages: 3 };
		expect(await sharp(decode(edited.data?.[0]?.b64_json)).metadata()).toMatchObject(pages);
		const call = await runTool({ ...gif, size: FRAME });
		expect(await sharp(decode(call.result)).metadata()).toMatchObject(pages);
	});
});

describe('an SVG', () => {
	it('is a vector picture of the size, and its writing is counted by itself', async () => {
		const answer = await generate({ ...svg, size: '1024x640', svg: { model: 'gpt-5.5' } });
		expect(answer).toMatchObject({
			output_format: 'svg',
			svg_usage: { model: 'gpt-5.5', output_tokens: expect.any(Number) },
		});
		const file = decode(answer.data?.[0]?.b64_json);
		expect(file.toString()).toMatch(/^<svg [^>]*width="1024" height="640"/);
		expect(file.toString()).toContain('<title>A quiet harbour</title>');
		expect(await sharp(file).metadata()).toMatchObject({ format: 'svg', width: 1024, height: 640 });
	});

	it('comes of an edit, with its author in the form, and of a response', async () => {
		const author = { model: 'gpt-5.5', reasoning: { effort: 'low' } } as const;
		const answer = await edit({ ...svg, svg: author });
		expect(answer.svg_usage?.model).toBe('gpt-5.5');
		expect(sandbox.openai.calls(keyOf(client)).at(-1)?.parameters).toMatchObject({ svg: author });
		const call = await runTool(svg);
		expect(call.svg_usage?.total_tokens).toBeGreaterThan(0);
		expect(decode(call.result).toString()).toMatch(/^<svg /);
	});
});

describe('a markup', () => {
	it('shows where the picture changes', async () => {
		const image = await plain(1024, 640, '#336699');
		const answer = await edit({
			image: await png(image),
			markup: await png(await markup(1024, 640), 'markup.png'),
			size: '1024x640',
		});
		const before = await pixelsOf(image);
		const after = await pixelsOf(decode(answer.data?.[0]?.b64_json));
		const right = [512 * 4, 1024 * 4] as const;
		expect(after.subarray(...right).equals(before.subarray(...right))).toBe(true);
		expect(after.subarray(0, 2048).equals(before.subarray(0, 2048))).toBe(false);
		expect(sandbox.openai.calls(keyOf(client)).at(-1)?.markupIn).toMatchObject({ width: 1024 });
	});

	it.each<[string, () => Promise<Partial<ImageEditParams>>]>([
		[
			'without a transparent pixel',
			async () => ({ markup: await png(await halfMask(96, 64).then(opaque)) }),
		],
		['of another size', async () => ({ markup: await png(await markup(64, 64)) })],
		[
			'with a mask',
			async () => ({ markup: await png(await markup()), mask: await png(await halfMask(96, 64)) }),
		],
		['on gpt-image-2', async () => ({ markup: await png(await markup()), model: 'gpt-image-2' })],
	])('is refused %s', async (_name, more) => {
		expect(await refusal(edit(await more()))).toMatchObject({ status: 400, param: 'markup' });
	});

	it('has no place in a JSON body', async () => {
		const image_url = `data:image/png;base64,${(await markup()).toString('base64')}`;
		const body = { ...drawing, images: [{ image_url }], markup: { image_url } };
		const error = await refusal(client.post('/images/edits', { body }));
		expect(error).toMatchObject({ code: 'unknown_parameter', param: 'markup' });
	});
});

async function opaque(file: Buffer): Promise<Buffer> {
	return await sharp(file).flatten({ background: '#ffffff' }).ensureAlpha().png().toBuffer();
}

it('complexity is taken everywhere', async () => {
	for (const complexity of ['low', 'medium', 'high'] as const) await generate({ complexity });
	await edit({ complexity: 'low' });
	await runTool({ complexity: 'high' });
});

describe('a generation is refused', () => {
	it.each<[string, Partial<ImageGenerateParams> & { svg?: object }, string | null]>([
		['with one frame', { ...gif, frame_count: 1 }, 'frame_count'],
		['with 17 frames', { ...gif, frame_count: 17 }, 'frame_count'],
		['with half a frame', { ...gif, frame_count: 2.5 }, 'frame_count'],
		['with frames of no time', { ...gif, frame_duration_ms: 0 }, 'frame_duration_ms'],
		['with frames of a PNG', { frame_count: 3 }, 'frame_count'],
		['with a pace of a PNG', { frame_duration_ms: 200 }, 'frame_duration_ms'],
		[
			'with frames that are too large together',
			{ ...gif, frame_count: 16, size: '960x960' },
			'size',
		],
		['with a frame that is too long', { ...gif, size: '1024x640' }, 'size'],
		['with a compressed GIF', { ...gif, output_compression: 50 }, 'output_compression'],
		['with any compression of an SVG', { ...svg, output_compression: 100 }, 'output_compression'],
		['with two SVG', { ...svg, n: 2 }, 'n'],
		['with an author of a PNG', { svg: { model: 'gpt-5.5' } }, 'svg'],
		['with an author without words', { ...svg, svg: { model: NEWEST } }, null],
		[
			'with an unknown effort',
			{ ...svg, svg: { model: 'gpt-5.5', reasoning: { effort: 'huge' as 'low' } } },
			'svg.reasoning.effort',
		],
		['with an unknown complexity', { complexity: 'huge' as 'low' }, 'complexity'],
	])('%s', async (_name, more, param) => {
		expect(await refusal(generate(more))).toMatchObject({ param });
	});

	it.each(['gif', 'svg'] as const)('as a streamed %s', async (output_format) => {
		for (const more of [{ stream: true }, { stream: true, partial_images: 2 }] as const) {
			const error = await refusal(
				client.images.generate({ ...drawing, output_format, ...more } as ImageGenerateParams),
			);
			expect(error).toMatchObject({ status: 400, code: 'invalid_value', param: 'stream' });
		}
	});

	it.each([{ output_format: 'gif' }, { output_format: 'svg' }] as const)(
		'with %j on gpt-image-2',
		async (format) => {
			const error = await refusal(generate({ ...format, model: 'gpt-image-2' }));
			expect(error).toMatchObject({ code: 'invalid_value', param: 'output_format' });
		},
	);
});

it('a GIF goes with no mask, in a form and in a response', async () => {
	const mask = await png(await halfMask(96, 64));
	expect(await refusal(edit({ ...gif, mask }))).toMatchObject({ param: 'mask' });
	const uri = (bytes: Buffer) => `data:image/png;base64,${bytes.toString('base64')}`;
	const image_url = uri(await plain(96, 64, '#336699'));
	const input = [
		{ role: 'user', content: [{ type: 'input_image', detail: 'auto', image_url }] },
	] as const;
	const tool = { ...gif, input_image_mask: { image_url: uri(await halfMask(96, 64)) } };
	const error = await refusal(runTool(tool, { input }));
	expect(error).toMatchObject({ param: 'tools[0].input_image_mask' });
});

describe('an edit as JSON', () => {
	it('has a moderation level, which its form has not', async () => {
		const image = await plain(96, 64, '#336699');
		const image_url = `data:image/png;base64,${image.toString('base64')}`;
		const body = { ...drawing, images: [{ image_url }], moderation: 'low' };
		expect(await client.post('/images/edits', { body })).toMatchObject({ output_format: 'png' });
		const form = edit({ moderation: 'low' } as Partial<ImageEditParams>);
		expect(await refusal(form)).toMatchObject({ code: 'unknown_parameter', param: 'moderation' });
	});
});

it.each([
	[{ stream: true, n: 2 }],
	[{ stream: true, partial_images: 1, n: 2 }],
	[{ partial_images: 1, n: 2 }],
])('several images are not streamed: %j', async (more) => {
	const error = await refusal(
		client.images.generate({ ...drawing, ...more } as ImageGenerateParams),
	);
	expect(error).toMatchObject({
		status: 400,
		error: {
			message: 'Streaming is only supported with n=1.',
			type: 'image_generation_user_error',
			param: 'input',
			code: 'unsupported_parameter',
		},
	});
});

describe('a completion window', () => {
	it('makes a background response cheaper', async () => {
		const spent = async (completion_window: 'soonest' | '2h' | '8h') => {
			const before = sandbox.openai.ledger(keyOf(client)).spent;
			await runTool({}, { background_options: { completion_window } });
			return sandbox.openai.ledger(keyOf(client)).spent - before;
		};
		const soonest = await spent('soonest');
		const soon = await spent('2h');
		expect(soon).toBeLessThan(soonest);
		expect(await spent('8h')).toBeLessThan(soon);
	});

	it.each([
		['without a background', { background: false }],
		['with another processing', { service_tier: 'flex' }],
		['that is unknown', { background_options: { completion_window: '3h' } }],
	])('is refused %s', async (_name, more) => {
		const options = { background_options: { completion_window: '8h' }, ...more };
		const error = await refusal(runTool({}, options));
		expect(error).toMatchObject({ param: 'background_options.completion_window' });
	});
});
