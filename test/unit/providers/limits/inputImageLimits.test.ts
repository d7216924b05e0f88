// Input images and masks that a model doesn't take: each refusal word for word, and what is let pass.
import type { ImageRequest } from '../../../../providers/contract';
import { limitsOf } from '../../../../providers/evolink/models';
import { checkRequest } from '../../../../providers/limits/checkRequest';
import {
	checkReferences,
	conversionTo,
	whatIs,
} from '../../../../providers/limits/inputImageLimits';
import { imageWith, refusals, requestWith, type Refusal } from '../support';

const MEGABYTE = 1024 * 1024;
const S1 = 'gpt-4o-image';
const S2 = 'gpt-image-1';

const check = (request: ImageRequest) => checkRequest(request, limitsOf(request.model));
const images = (count: number) => Array.from({ length: count }, (_, i) => imageWith(`image${i}`));

describe('input images are refused when', () => {
	const convert = 'Convert it to JPEG, PNG, WebP, for instance with the Edit Image node.';
	const smaller = 'Make the picture smaller, for instance with the Edit Image node.';
	const checkStep = 'Check the step that makes this file.';
	refusals(check, [
		[
			'there are six on S1',
			{ model: S1, references: images(6) },
			'gpt-4o-image takes at most 5 input images, 6 were given.',
			'Take away 1 of them.',
		],
		[
			'there are nineteen on S2',
			{ model: S2, references: images(19) },
			'gpt-image-1 takes at most 16 input images, 19 were given.',
			'Take away 3 of them.',
		],
		[
			'one has 12 MB on S1',
			{ model: S1, references: [imageWith('small'), imageWith('big', { bytes: 12 * MEGABYTE })] },
			'The input image "big" has 12.0 MB. gpt-4o-image takes at most 10 MB.',
			smaller,
		],
		[
			'one is a single byte too large, and the message does not say that it has just as much as is allowed',
			{ model: S1, references: [imageWith('photo', { bytes: 10 * MEGABYTE + 1 })] },
			'The input image "photo" has 10.1 MB. gpt-4o-image takes at most 10 MB.',
			smaller,
		],
		[
			'one has 60 MB on a current model',
			{ references: [imageWith('photo', { bytes: 60 * MEGABYTE })] },
			'The input image "photo" has 60.0 MB. gpt-image-2 takes at most 50 MB.',
			smaller,
		],
		[
			'one is a GIF',
			{ references: [imageWith('data', { type: 'gif' })] },
			'The input image "data" is a GIF file. gpt-image-2 takes JPEG, PNG, WebP.',
			convert,
		],
		[
			'one is a picture from an iPhone',
			{ references: [imageWith('data', { type: 'heic' })] },
			'The input image "data" is a HEIC file (as iPhones make). gpt-image-2 takes JPEG, PNG, WebP.',
			"Convert it to JPEG, PNG, WebP first. An iPhone takes JPEG when its camera is set to Most Compatible. The Edit Image node can't read HEIC on every n8n.",
		],
		[
			'one is an AVIF',
			{ model: S1, references: [imageWith('data', { type: 'avif' })] },
			'The input image "data" is an AVIF file. gpt-4o-image takes JPEG, PNG, WebP.',
			"Convert it to JPEG, PNG, WebP first. The program that made it can save it so. The Edit Image node can't read AVIF on every n8n.",
		],
		[
			'one is an SVG',
			{ references: [imageWith('https://a.test/logo', { type: 'svg' })] },
			'The input image "https://a.test/logo" is an SVG file. gpt-image-2 takes JPEG, PNG, WebP.',
			"Convert it to JPEG, PNG, WebP first. The program that made it can save it so. The Edit Image node can't read SVG on every n8n.",
		],
		[
			'one is a text file named .png',
			{ references: [imageWith('photo.png', { type: 'unknown' })] },
			'The input image "photo.png" isn\'t a picture that can be read, whatever its name says. gpt-image-2 takes JPEG, PNG, WebP.',
			checkStep,
		],
		[
			'one is an empty file',
			{ references: [imageWith('data', { type: 'unknown', bytes: 0 })] },
			'The input image "data" is an empty file. gpt-image-2 takes JPEG, PNG, WebP.',
			checkStep,
		],
	]);

	test.each<[string, Partial<ImageRequest>]>([
		['five on S1', { model: S1, references: images(5) }],
		['sixteen on S2', { model: S2, references: images(16) }],
		['exactly 10 MB on S1', { model: S1, references: [imageWith('a', { bytes: 10 * MEGABYTE })] }],
		['12 MB on S2', { model: S2, references: [imageWith('a', { bytes: 12 * MEGABYTE })] }],
		['a JPEG', { references: [imageWith('a', { type: 'jpeg' })] }],
		['a WebP', { references: [imageWith('a', { type: 'webp' })] }],
		[
			'a URL, which only the provider looks at',
			{ references: [{ label: 'https://a.test/b.gif' }] },
		],
	])('but not for %s', (_rule, request) => {
		expect(() => check(requestWith(request))).not.toThrow();
	});
});

describe('input images of a model that takes one, of less than a megabyte,', () => {
	const limits = { max: 1, maxBytes: MEGABYTE, belowMaxBytes: true, types: ['png'] } as const;
	refusals(
		(request) => checkReferences(request, limits),
		[
			[
				'are refused where there are two',
				{ references: images(2) },
				'gpt-image-2 takes at most 1 input image, 2 were given.',
				'Take away 1 of them.',
			],
			[
				'are refused where one has a megabyte',
				{ references: [imageWith('photo', { bytes: MEGABYTE })] },
				'The input image "photo" has 1.0 MB. gpt-image-2 takes less than 1 MB.',
				'Make the picture smaller, for instance with the Edit Image node.',
			],
		],
	);

	test.each<[string, Partial<ImageRequest>]>([
		['one of a byte less', { references: [imageWith('photo', { bytes: MEGABYTE - 1 })] }],
		['none', {}],
	])('may be %s', (_rule, request) => {
		expect(() => checkReferences(requestWith(request), limits)).not.toThrow();
	});
});

test.each([
	['png', 'is a PNG file', 'Convert it to WebP, for instance with the Edit Image node.'],
	['jpeg', 'is a JPEG file', 'Convert it to WebP, for instance with the Edit Image node.'],
	['webp', 'is a WebP file', 'Convert it to WebP, for instance with the Edit Image node.'],
	['gif', 'is a GIF file', 'Convert it to WebP, for instance with the Edit Image node.'],
	[
		'avif',
		'is an AVIF file',
		"Convert it to WebP first. The program that made it can save it so. The Edit Image node can't read AVIF on every n8n.",
	],
	[
		'heic',
		'is a HEIC file (as iPhones make)',
		"Convert it to WebP first. An iPhone takes JPEG when its camera is set to Most Compatible. The Edit Image node can't read HEIC on every n8n.",
	],
	[
		'svg',
		'is an SVG file',
		"Convert it to WebP first. The program that made it can save it so. The Edit Image node can't read SVG on every n8n.",
	],
] as const)('what is told of the type %s', (type, what, conversion) => {
	expect(whatIs(type)).toBe(what);
	expect(conversionTo('WebP', type)).toBe(conversion);
});

describe('a mask is refused when', () => {
	const smaller = 'Make the picture smaller, for instance with the Edit Image node.';
	const toPng = 'Convert it to PNG, for instance with the Edit Image node.';
	const keepOne = 'Keep the one image that the Mask belongs to, or remove the Mask.';
	const mask = imageWith('mask', { hasAlpha: true });
	const photo = imageWith('photo');
	refusals(check, [
		[
			'S2 is to work with it',
			{ model: S2, references: [photo], mask },
			"gpt-image-1 can't work with a Mask.",
			'Remove the Mask and say in the Prompt what to change, or choose a model that takes a mask.',
		],
		[
			'there is no input image',
			{ mask },
			'There is a Mask but no input image.',
			'Add the image that the Mask belongs to.',
		],
		[
			'S1 gets two input images with it',
			{ model: S1, references: images(2), mask },
			'gpt-4o-image takes a Mask only with exactly one input image, 2 were given.',
			keepOne,
		],
		[
			'S1 gets two input images by URL with it',
			{ model: S1, references: [{ label: 'a' }, { label: 'b' }], mask: { label: 'c' } },
			'gpt-4o-image takes a Mask only with exactly one input image, 2 were given.',
			keepOne,
		],
		[
			'it is a JPEG, on S1',
			{ model: S1, references: [photo], mask: imageWith('mask', { type: 'jpeg' }) },
			'The mask "mask" is a JPEG file. gpt-4o-image takes PNG.',
			toPng,
		],
		[
			'it is a WebP, on a current model',
			{ references: [photo], mask: imageWith('mask', { type: 'webp' }) },
			'The mask "mask" is a WebP file. gpt-image-2 takes PNG.',
			toPng,
		],
		[
			'it is no picture',
			{ references: [photo], mask: imageWith('mask', { type: 'unknown' }) },
			'The mask "mask" isn\'t a picture that can be read, whatever its name says. gpt-image-2 takes PNG.',
			'Check the step that makes this file.',
		],
		[
			'it has more than 4 MB, on S1',
			{ model: S1, references: [photo], mask: imageWith('mask', { bytes: 5 * MEGABYTE }) },
			'The mask "mask" has 5.0 MB. gpt-4o-image takes at most 4 MB.',
			smaller,
		],
		[
			'the image under it is a JPEG, on S1',
			{ model: S1, references: [imageWith('photo', { type: 'jpeg' })], mask },
			'The input image under a mask "photo" is a JPEG file. gpt-4o-image takes PNG.',
			toPng,
		],
		[
			'it has no alpha, on a current model',
			{ references: [photo], mask: imageWith('mask', { hasAlpha: false }) },
			'The mask "mask" has no transparent part.',
			'Save it as a PNG with transparency: the transparent area is what gets changed.',
		],
		[
			'it has other dimensions',
			{
				model: S1,
				references: [imageWith('photo', { width: 1024, height: 1536 })],
				mask: imageWith('mask', { width: 1024, height: 1024 }),
			},
			'The mask "mask" is 1024 × 1024 pixels, the input image "photo" is 1024 × 1536.',
			'Both must have the same width and height: resize the mask to the image.',
		],
		[
			'it lies on its side as the photo does in its file, and not as the photo is seen',
			{
				references: [
					imageWith('photo', { type: 'jpeg', width: 3024, height: 4032, isTurned: true }),
				],
				mask: imageWith('mask', { hasAlpha: true, width: 4032, height: 3024 }),
			},
			'The mask "mask" is 4032 × 3024 pixels, the input image "photo" is 3024 × 4032 as it is seen (its file holds it lying on its side).',
			'Both must have the same width and height: resize the mask to the image.',
		],
		[
			'it has alpha, and none of its pixels is transparent',
			{
				references: [photo],
				mask: imageWith('mask', {
					hasAlpha: true,
					pixels: { isOpaque: true, isBlackAndWhite: false, hasWhite: true },
				}),
			},
			'The mask "mask" has no transparent part.',
			'Save it as a PNG with transparency: the transparent area is what gets changed.',
		],
		[
			'no part of it is white or transparent, on S1, which changes what is white',
			{
				model: S1,
				references: [photo],
				mask: imageWith('mask', {
					pixels: { isOpaque: true, isBlackAndWhite: false, hasWhite: false },
				}),
			},
			'The mask "mask" has no white part. gpt-4o-image changes what is white, and keeps what is black.',
			'Paint the area to change white, and the rest black.',
		],
		...[true, false].map(
			(hasAlpha): Refusal => [
				`it is black and white, ${hasAlpha ? 'with' : 'without'} alpha`,
				{
					references: [photo],
					mask: imageWith('mask', {
						hasAlpha,
						pixels: { isOpaque: true, isBlackAndWhite: true, hasWhite: true },
					}),
				},
				'The mask "mask" is black and white, and no part of it is transparent. gpt-image-2 changes what is transparent, and takes no notice of colours.',
				'Make the colour of the area to change transparent: the Edit Image node does that with its operation Transparent and that colour, such as #ffffff.',
			],
		),
	]);

	test.each<[string, Partial<ImageRequest>]>([
		['a PNG with one PNG on S1', { model: S1, references: [photo], mask }],
		[
			'no alpha on S1',
			{ model: S1, references: [photo], mask: imageWith('m', { hasAlpha: false }) },
		],
		[
			'exactly 4 MB on S1',
			{ model: S1, references: [photo], mask: imageWith('m', { bytes: 4 * MEGABYTE }) },
		],
		['several images on a current model', { references: images(3), mask }],
		[
			'a JPEG under it on a current model',
			{ references: [imageWith('p', { type: 'jpeg' })], mask },
		],
		[
			"a mask that is upright like the phone's photo",
			{
				references: [imageWith('p', { type: 'jpeg', width: 3024, height: 4032, isTurned: true })],
				mask: imageWith('m', { hasAlpha: true, width: 3024, height: 4032 }),
			},
		],
		...[
			{ width: 1024, height: 1536 },
			{ width: 1536, height: 1024 },
		].map((size): [string, Partial<ImageRequest>] => [
			`a mask of ${size.width} × ${size.height} on a WebP that may be turned`,
			{
				references: [
					imageWith('p', { type: 'webp', width: 1536, height: 1024, mayBeTurned: true }),
				],
				mask: imageWith('m', { hasAlpha: true, ...size }),
			},
		]),
		[
			'a black-and-white mask on S1',
			{
				model: S1,
				references: [photo],
				mask: imageWith('m', {
					pixels: { isOpaque: true, isBlackAndWhite: true, hasWhite: true },
				}),
			},
		],
		[
			'a transparent mask on S1',
			{
				model: S1,
				references: [photo],
				mask: imageWith('m', {
					pixels: { isOpaque: false, isBlackAndWhite: false, hasWhite: false },
				}),
			},
		],
		[
			'a black-and-white mask on a model that is not known',
			{
				model: 'a-model-of-next-year',
				references: [photo],
				mask: imageWith('m', {
					hasAlpha: false,
					pixels: { isOpaque: true, isBlackAndWhite: true, hasWhite: true },
				}),
			},
		],
		[
			'a transparent mask',
			{
				references: [photo],
				mask: imageWith('m', {
					hasAlpha: true,
					pixels: { isOpaque: false, isBlackAndWhite: true, hasWhite: true },
				}),
			},
		],
		['a mask by URL', { model: S1, references: [photo], mask: { label: 'https://a.test/m.jpg' } }],
		['an image by URL', { references: [{ label: 'https://a.test/p.png' }], mask }],
		[
			'a mask by URL on a current model',
			{ references: [photo], mask: { label: 'https://a.test/m.jpg' } },
		],
		[
			'a mask of any length on a current model, of which none is known',
			{
				references: [photo],
				mask: imageWith('m', { hasAlpha: true, bytes: 999 * MEGABYTE }),
			},
		],
		['an input image without a mask where none is taken', { model: S2, references: [photo] }],
	])('but not for %s', (_rule, request) => {
		expect(() => check(requestWith(request))).not.toThrow();
	});
});
