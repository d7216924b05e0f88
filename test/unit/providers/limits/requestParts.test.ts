// Several formats as a list of requests, before any of them is sent.
import type { ImageRequest, ModelLimits } from '../../../../providers/contract';
import { limitsOf as coreToday } from '../../../../providers/coretoday/models';
import { limitsOf as evoLink } from '../../../../providers/evolink/models';
import { checkedParts, partsOf, ratioOf } from '../../../../providers/limits/requestParts';
import { croppedFormats } from '../../../../providers/limits/severalFormats';
import { limitsOf as openAi } from '../../../../providers/openai/models';

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

test.each<[what: string, wished: Partial<ImageRequest>, message: string]>([
	[
		'too many images',
		{ count: 10 },
		'3 formats of 10 images each are 30 images. One item makes at most 20.',
	],
	['a number of images that the model has not', { count: 11 }, 'gpt-image-2 makes 1 to 10'],
	[
		'a shape of which less than half would be left',
		{ formats: [{ name: 'Skyscraper', width: 90, height: 728 }] },
		"gpt-image-2 can't draw the format Skyscraper (90 × 728). The nearest that it has is 480x1440, of which more than half would be cut off.",
	],
	[
		'a motif that the model takes no more',
		{ keepMotif: true, references: Array.from({ length: 16 }, () => ({ label: 'data' })) },
		"Same Picture in All Formats adds the first format's image to the 16 input images, and gpt-image-2 takes at most 16 in all.",
	],
	[
		'a motif of a type that the model takes for none',
		{ model: 'gpt-image-2.5', keepMotif: true, outputFormat: 'gif' },
		'Same Picture in All Formats makes the other formats from the first image, and gpt-image-2.5 takes no GIF as an input image.',
	],
	['an empty prompt', { prompt: ' ' }, 'The Prompt is empty.'],
])('refuses %s', (_what, wished, message) => {
	const request = wish(wished);
	expect(() => checkedParts(request, openAi(request.model))).toThrow(message);
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
])('%s × %s is %s', (width, height, ratio) => {
	expect(ratioOf({ width, height })).toBe(ratio);
});
