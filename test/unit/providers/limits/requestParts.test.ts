// Several formats as a list of requests, before any of them is sent.
import type { ImageRequest, ModelLimits } from '../../../../providers/contract';
import { limitsOf as coreToday } from '../../../../providers/coretoday/models';
import { limitsOf as evoLink } from '../../../../providers/evolink/models';
import { checkedParts, partsOf, ratioOf } from '../../../../providers/limits/requestParts';
import { croppedFormats } from '../../../../providers/limits/severalFormats';
import { limitsOf as openAi } from '../../../../providers/openai/models';
import { failureOf } from '../support';

const POST = { name: 'Instagram Post', width: 1080, height: 1350 };
const STORY = { name: 'Story and Reel', width: 1080, height: 1920 };
const LINK = { name: 'Link', width: 1200, height: 628 };

const wish = (more: Partial<ImageRequest> = {}): ImageRequest => ({
	model: 'gpt-image-2',
	prompt: 'A red bicycle',
	count: 1,
	references: [],
	formats: [POST, STORY, LINK],
	...more,
});

const said = (request: ImageRequest, limits: ModelLimits) =>
	partsOf(request, limits).map(({ request: part, motif }) => [
		part.format?.name,
		part.size,
		part.count,
		motif,
	]);

test('one request for each format, in their order', () => {
	expect(said(wish(), openAi('gpt-image-2'))).toEqual([
		['Instagram Post', '1088x1360', 1, undefined],
		['Story and Reel', '1152x2048', 1, undefined],
		['Link', '1376x720', 1, undefined],
	]);
	const [first] = partsOf(wish(), openAi('gpt-image-2'));
	expect(first!.request).toEqual({
		model: 'gpt-image-2',
		prompt: 'A red bicycle',
		count: 1,
		references: [],
		format: POST,
		size: '1088x1360',
	});
});

test('several images of each, where one task makes one', () => {
	expect(said(wish({ count: 2 }), coreToday('openai/gpt-image-2'))).toEqual([
		['Instagram Post', '2:3', 1, undefined],
		['Instagram Post', '2:3', 1, undefined],
		['Story and Reel', '2:3', 1, undefined],
		['Story and Reel', '2:3', 1, undefined],
		['Link', '3:2', 1, undefined],
		['Link', '3:2', 1, undefined],
	]);
});

test('with the motif kept, each later image is made from one of the first format', () => {
	const request = wish({ count: 2, keepMotif: true, extras: { moderation: 'low', user: 'me' } });
	const limits = openAi('gpt-image-2');
	expect(said(request, limits)).toEqual([
		['Instagram Post', '1088x1360', 2, undefined],
		['Story and Reel', '1152x2048', 1, 0],
		['Story and Reel', '1152x2048', 1, 1],
		['Link', '1376x720', 1, 0],
		['Link', '1376x720', 1, 1],
	]);
	const [first, second] = partsOf(request, limits);
	expect(first!.request).toMatchObject({ prompt: 'A red bicycle', references: [] });
	expect(first!.request.extras).toEqual({ moderation: 'low', user: 'me' });
	expect(second!.request).toMatchObject({
		prompt:
			'A red bicycle\n\nThe input image shows this picture in another shape. Keep its motif, style, colours and any words in it. Compose it anew for the aspect ratio 9:16, so that it fills the whole picture and nothing important is cut off.',
		// What is only for pictures from words alone would be refused here.
		extras: { user: 'me' },
		references: [{ label: 'the image of Instagram Post', facts: { width: 1088, height: 1360 } }],
	});
});

test('an edit keeps its input images, and the motif is the last one; a mask fits the first format only', () => {
	const product = { label: 'data' };
	const mask = { label: 'mask' };
	const request = wish({ keepMotif: true, references: [product], mask });
	const [first, second] = partsOf(request, evoLink('gpt-image-2'));
	expect(first!.request).toMatchObject({ references: [product], mask });
	expect(second!.request.references.map(({ label }) => label)).toEqual([
		'data',
		'the image of Instagram Post',
	]);
	expect(second!.request.mask).toBeUndefined();
	expect(second!.request.prompt).toContain('The last input image shows this picture');
});

test('where there is no setting for the size, it is a wish in words', () => {
	const inWords: ModelLimits = { ...openAi('any'), sizeInWords: true };
	const [first] = partsOf(wish(), inWords);
	expect(first!.request).toMatchObject({
		size: '4:5',
		prompt: 'A red bicycle\n\nImage size: 1080x1350 pixels, aspect ratio 4:5',
	});
});

test('a model that takes no input images draws each format from the prompt', () => {
	const none = { ...openAi('any').references, max: 0 };
	const limits = { ...openAi('any'), references: none };
	expect(checkedParts(wish({ keepMotif: true }), limits)).toMatchObject([
		{ request: { references: [] } },
		{ request: { references: [] } },
		{ request: { references: [] } },
	]);
});

test.each<[what: string, wished: Partial<ImageRequest>, message: string, advice: string]>([
	[
		'too many images',
		{ count: 10 },
		'3 formats of 10 images each are 30 images. One item makes at most 20.',
		'Choose fewer formats, or set Number of Images lower.',
	],
	[
		'too many formats',
		{ formats: Array.from({ length: 21 }, () => POST) },
		'21 formats are 21 images. One item makes at most 20.',
		'Choose fewer formats, or set Number of Images lower.',
	],
	[
		'a number of images that the model has not',
		{ count: 11 },
		'gpt-image-2 makes 1 to 10 images at a time, not 11.',
		'Set Number of Images to 1 to 10.',
	],
	[
		'a shape of which less than half would be left',
		{ formats: [{ name: 'Skyscraper', width: 90, height: 728 }] },
		"gpt-image-2 can't draw the format Skyscraper (90 × 728). The nearest that it has is 480x1440, of which more than half would be cut off.",
		'Take the format out, make it less long, or choose another model.',
	],
	[
		'a shape whose name tells its pixels, and tells them once',
		{ formats: [POST, { name: '90 × 728', width: 90, height: 728 }] },
		"gpt-image-2 can't draw the format 90 × 728. The nearest that it has is 480x1440, of which more than half would be cut off.",
		'Take the format out, make it less long, or choose another model.',
	],
	[
		'a motif that the model takes no more',
		{ keepMotif: true, references: Array.from({ length: 16 }, () => ({ label: 'data' })) },
		"Same Picture in All Formats adds the first format's image to the 16 input images, and gpt-image-2 takes at most 16 in all.",
		'Take an input image away, or turn Same Picture in All Formats off.',
	],
	[
		'a motif of a type that the model takes for none',
		{ model: 'gpt-image-2.5', keepMotif: true, outputFormat: 'gif' },
		'Same Picture in All Formats makes the other formats from the first image, and gpt-image-2.5 takes no GIF as an input image.',
		'Choose another Output Format, or turn Same Picture in All Formats off.',
	],
	[
		'an empty prompt',
		{ prompt: ' ' },
		'The Prompt is empty.',
		'Describe the image you want in the Prompt field. If it is an expression, check that the item has that field.',
	],
])('refuses %s', (_what, wished, message, advice) => {
	const request = wish(wished);
	expect(failureOf(() => checkedParts(request, openAi(request.model)))).toEqual({
		kind: 'badInput',
		message,
		advice,
	});
});

test('refuses a motif beside the one input image that a model takes', () => {
	const one = { ...openAi('any').references, max: 1 };
	const limits = { ...openAi('any'), references: one };
	const request = wish({ keepMotif: true, references: [{ label: 'data' }] });
	expect(failureOf(() => checkedParts(request, limits)).message).toBe(
		"Same Picture in All Formats adds the first format's image to the 1 input image, and gpt-image-2 takes at most 1 in all.",
	);
});

test('without formats there is one request for each task, checked before it is sent', () => {
	const plain = wish({ formats: undefined, count: 5, keepMotif: true });
	const { keepMotif, ...sent } = plain;
	expect(keepMotif).toBe(true);
	const limits = { ...openAi('gpt-image-2'), maxPerTask: 2 };
	expect(checkedParts(plain, limits)).toEqual(
		[2, 2, 1].map((count) => ({ request: { ...sent, formats: undefined, count } })),
	);
	expect(() => checkedParts({ ...plain, prompt: '' }, limits)).toThrow('The Prompt is empty.');
});

test('how many images a task makes may depend on what is asked for', () => {
	const limits: ModelLimits = {
		...openAi('gpt-image-2.5'),
		maxPerTask: ({ outputFormat }) => (outputFormat === 'svg' ? 1 : 4),
	};
	const counts = (request: Partial<ImageRequest>) =>
		partsOf(wish({ formats: undefined, count: 3, ...request }), limits).map(
			({ request: { count } }) => count,
		);
	expect(counts({})).toEqual([3]);
	expect(counts({ outputFormat: 'svg' })).toEqual([1, 1, 1]);
});

test.each<[string, Partial<ImageRequest>, string]>([
	['the Output Format', { outputFormat: 'webp' }, 'webp'],
	['the first that the model takes, where none is chosen', {}, 'jpeg'],
	['the first that the model takes, where it takes no such', { outputFormat: 'gif' }, 'jpeg'],
])('the motif is told to be of %s', (_rule, wished, type) => {
	const [, second] = partsOf(wish({ keepMotif: true, ...wished }), evoLink('gpt-image-2'));
	expect(second!.request.references).toEqual([
		{ label: 'the image of Instagram Post', facts: { type, bytes: 1, width: 1088, height: 1360 } },
	]);
	expect(second!.request).not.toHaveProperty('extras.moderation');
});

test('what is made from the motif has no markup and keeps all its settings', () => {
	const extras = { moderation: 'low', input_fidelity: 'high' };
	const markup = { label: 'marks' };
	const request = wish({ keepMotif: true, references: [{ label: 'data' }], markup, extras });
	const [first, second] = partsOf(request, { ...openAi('any'), extraUses: undefined });
	expect(first!.request).toMatchObject({ markup, extras });
	expect(second!.request.markup).toBeUndefined();
	expect(second!.request.extras).toEqual(extras);
	const [, plain] = partsOf(wish({ keepMotif: true }), openAi('gpt-image-2'));
	expect(plain!.request.extras).toBeUndefined();
});

test('a wish for a size in words needs other words beside it', () => {
	const inWords: ModelLimits = { ...openAi('any'), sizeInWords: true };
	const [first] = partsOf(wish({ prompt: ' ' }), inWords);
	expect(first!.request).toMatchObject({ size: '4:5', prompt: ' ' });
});

test.each<[string, Partial<ImageRequest>]>([
	['as many images as one item makes', { count: 10, formats: [POST, STORY] }],
	['a resolution, which each format is held against', { resolution: undefined, size: '16:9' }],
	[
		'a motif, where one more input image is taken',
		{
			keepMotif: true,
			references: Array.from({ length: 15 }, () => ({ label: 'data' })),
		},
	],
	[
		'no motif, where there is one format',
		{
			keepMotif: true,
			formats: [POST],
			references: Array.from({ length: 16 }, () => ({ label: 'data' })),
		},
	],
	['no formats', { formats: [] }],
])('takes %s', (_rule, wished) => {
	expect(() => checkedParts(wish(wished), openAi('gpt-image-2'))).not.toThrow();
});

test('a model that takes no input images makes a motif of none, whatever its format', () => {
	const none = { ...openAi('any').references, max: 0, types: [] };
	const limits = { ...openAi('any'), references: none };
	const request = wish({ keepMotif: true, outputFormat: 'png' });
	expect(() => checkedParts(request, limits)).not.toThrow();
});

test('tells which formats are drawn in another shape', () => {
	expect(croppedFormats(wish({ model: 'gpt-image-1' }), openAi('gpt-image-1'))).toEqual([
		'gpt-image-1 draws Instagram Post (1080 × 1350) as 1024x1536, the nearest that it has: about 17% are cut off when it is brought to its pixels.',
		'gpt-image-1 draws Story and Reel (1080 × 1920) as 1024x1536, the nearest that it has: about 16% are cut off when it is brought to its pixels.',
		'gpt-image-1 draws Link (1200 × 628) as 1536x1024, the nearest that it has: about 22% are cut off when it is brought to its pixels.',
	]);
	expect(croppedFormats(wish(), openAi('gpt-image-2'))).toEqual([]);
});

test.each([
	[1080, 1350, '4:5'],
	[1200, 628, '1.91:1'],
	[1600, 900, '16:9'],
	[1000, 100, '10:1'],
	[100, 99, '100:99'],
	[101, 100, '1.01:1'],
	[99, 100, '99:100'],
	[100, 101, '0.99:1'],
	[300, 300, '1:1'],
])('%s × %s is %s', (width, height, ratio) => {
	expect(ratioOf({ width, height })).toBe(ratio);
});
