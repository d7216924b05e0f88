// Models at fal: the head of each list as a person reads it, and what its models call sizes and input images.
import { createFal } from '../../../../providers/fal';
import { DIALECT, KNOWN_MODELS } from '../../../../providers/fal/models';
import { labelOf } from '../../../../providers/limits/modelRows';
import { requestWith } from '../support';

test.each<[keyof typeof KNOWN_MODELS, Record<string, string>]>([
	[
		'generate',
		{
			'fal-ai/flux-2': 'FLUX.2 · good and cheap',
			'fal-ai/nano-banana-2': 'Nano Banana 2',
			'openai/gpt-image-2': 'GPT Image 2 · best text',
			'fal-ai/bytedance/seedream/v4.5/text-to-image': 'Seedream 4.5',
			'fal-ai/recraft/v4/text-to-image': 'Recraft V4 · design',
			'fal-ai/ideogram/v3': 'Ideogram V3 · posters',
			'fal-ai/flux/schnell': 'FLUX.1 schnell · fastest',
		},
	],
	[
		'edit',
		{
			'fal-ai/flux-2/edit': 'FLUX.2 Edit · good and cheap',
			'fal-ai/nano-banana-2/edit': 'Nano Banana 2 Edit',
			'openai/gpt-image-2/edit': 'GPT Image 2 Edit · with a mask',
			'fal-ai/bytedance/seedream/v4.5/edit': 'Seedream 4.5 Edit',
			'fal-ai/ideogram/v3/edit': 'Ideogram V3 Edit · with a mask',
		},
	],
	[
		'upscale',
		{
			'fal-ai/clarity-upscaler': 'Clarity Upscaler',
			'fal-ai/topaz/upscale/image': 'Topaz Upscale',
			'fal-ai/seedvr/upscale/image': 'SeedVR Upscale · cheap',
			'fal-ai/esrgan': 'ESRGAN · cheapest',
		},
	],
	[
		'removeBackground',
		{
			'fal-ai/bria/background/remove': 'Bria Background Remove',
			'fal-ai/birefnet/v2': 'BiRefNet · cheap',
		},
	],
])('the list for %s begins with those that people know', (use, labels) => {
	const rows = KNOWN_MODELS[use];
	expect(rows.map(({ name }) => [name, labelOf(rows, name)])).toEqual(Object.entries(labels));
});

const fal = createFal({
	baseUrl: 'https://queue.fal.run',
	filesBaseUrl: 'https://rest.fal.ai',
	apiBaseUrl: 'https://api.fal.ai/v1',
});

test.each([
	['generate', { category: 'text-to-image' }],
	['edit', { category: 'image-to-image' }],
	['upscale', { category: 'image-to-image', q: 'upscale' }],
	['removeBackground', { category: 'image-to-image', q: 'background' }],
] as const)('the catalogue is asked for %s', (use, query) => {
	expect(fal.models(use, undefined, undefined).query).toEqual({
		limit: 50,
		status: 'active',
		...query,
	});
	expect(fal.models(use, 'fox', undefined)).toMatchObject({
		query: { category: query.category, q: 'fox' },
	});
});

test.each([
	[true, 'source_image_url'],
	[true, 'image_to_edit_url'],
	[false, 'image'],
	[false, 'source_url'],
	[false, 'image_url_list'],
	[false, 'mask_image_url'],
	[false, 'style_image_url'],
	[false, 'control_image_url'],
	[false, 'ip_adapter_image_url'],
	[false, 'pose_image_url'],
	[false, 'depth_image_url'],
])('whether a model means an input image is %s for %s', (expected, name) => {
	expect(DIALECT.isInputImage(name)).toBe(expected);
});

test('a model that nobody knows is told the usual names', () => {
	const mask = { label: 'mask', url: 'https://a.test/m.png' };
	const references = [{ label: 'a', url: 'https://a.test/a.png' }];
	const request = requestWith({ model: 'a/b', count: 2, references, mask });
	expect(fal.submit(request).json).toEqual({
		prompt: 'A red fox',
		num_images: 2,
		image_url: 'https://a.test/a.png',
		image_urls: ['https://a.test/a.png'],
		mask_url: 'https://a.test/m.png',
	});
	expect(fal.submit(requestWith({ model: 'a/b', size: '16:9' })).json).toEqual({
		prompt: 'A red fox',
		aspect_ratio: '16:9',
	});
	expect(fal.submit(requestWith({ model: 'a/b', size: '640x480' })).json).toEqual({
		prompt: 'A red fox',
		image_size: { width: 640, height: 480 },
	});
});

test('words for sizes have the pixels that fal draws', () => {
	expect(Object.fromEntries(DIALECT.presets)).toEqual({
		square_hd: '1024x1024',
		square: '512x512',
		portrait_4_3: '768x1024',
		portrait_16_9: '576x1024',
		landscape_4_3: '1024x768',
		landscape_16_9: '1024x576',
	});
});
