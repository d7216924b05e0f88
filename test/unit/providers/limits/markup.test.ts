// Markups that a model doesn't take: each refusal word for word, and what is let pass.
import type { ImageRequest, MaskLimits } from '../../../../providers/contract';
import { checkMarkup } from '../../../../providers/limits/inputImageLimits';
import { MEGABYTE } from '../../../../providers/limits/megabytes';
import { imageWith, refusals, requestWith, type Refusal } from '../support';

const LIMITS: MaskLimits = {
	types: ['png', 'webp'],
	maxBytes: 4 * MEGABYTE,
	exactlyOneReference: false,
	needsAlpha: true,
};
const photo = imageWith('photo');
const markup = imageWith('marks', { hasAlpha: true });
const opaque = { isOpaque: true, isBlackAndWhite: true, hasWhite: true };

const check = (limits?: MaskLimits) => (request: ImageRequest) => checkMarkup(request, limits);

describe('a markup is refused', () => {
	const transparent =
		'Save it as a PNG with transparency: only what is drawn on it is opaque, and the image shows through everywhere else.';
	const without: Refusal[] = [
		[
			'by a model that takes none',
			{ references: [photo], markup },
			"gpt-image-2 can't work with a Markup here.",
			'Remove the Markup and say in the Prompt what to change, or use the operation Edit with a model of today and wait for its images.',
		],
	];
	refusals(check(), without);
	refusals(check(LIMITS), [
		[
			'without an input image',
			{ markup },
			'There is a Markup but no input image.',
			'Add the image that the Markup belongs to.',
		],
		[
			'beside a mask',
			{ references: [photo], markup, mask: imageWith('mask') },
			'gpt-image-2 takes a Mask or a Markup, not both.',
			'Set one of them to None.',
		],
		[
			'as a JPEG',
			{ references: [photo], markup: imageWith('marks', { type: 'jpeg' }) },
			'The markup "marks" is a JPEG file. gpt-image-2 takes PNG, WebP.',
			'Convert it to PNG, WebP, for instance with the Edit Image node.',
		],
		[
			'as an empty file',
			{ references: [photo], markup: imageWith('marks', { type: 'jpeg', bytes: 0 }) },
			'The markup "marks" is an empty file. gpt-image-2 takes PNG, WebP.',
			'Check the step that makes this file.',
		],
		[
			'that is too large',
			{ references: [photo], markup: imageWith('marks', { bytes: 5 * MEGABYTE }) },
			'The markup "marks" has 5.0 MB. gpt-image-2 takes at most 4 MB.',
			'Make the picture smaller, for instance with the Edit Image node.',
		],
		[
			'without alpha',
			{ references: [photo], markup: imageWith('marks', { hasAlpha: false }) },
			'The markup "marks" has no transparent part.',
			transparent,
		],
		[
			'that is opaque everywhere',
			{ references: [photo], markup: imageWith('marks', { hasAlpha: true, pixels: opaque }) },
			'The markup "marks" has no transparent part.',
			transparent,
		],
		[
			'of another height than the first input image',
			{
				references: [photo, imageWith('other', { height: 32 })],
				markup: imageWith('marks', { height: 32 }),
			},
			'The markup "marks" is 64 × 32 pixels, the input image "photo" is 64 × 64.',
			'Both must have the same width and height: resize the markup to the image.',
		],
		[
			'that has only one side of a picture that may be turned',
			{
				references: [imageWith('photo', { width: 64, height: 48, mayBeTurned: true })],
				markup: imageWith('marks', { width: 48, height: 48 }),
			},
			'The markup "marks" is 48 × 48 pixels, the input image "photo" is 64 × 48.',
			'Both must have the same width and height: resize the markup to the image.',
		],
		[
			'that has only the other side of it',
			{
				references: [imageWith('photo', { width: 64, height: 48, mayBeTurned: true })],
				markup: imageWith('marks', { width: 64, height: 64 }),
			},
			'The markup "marks" is 64 × 64 pixels, the input image "photo" is 64 × 48.',
			'Both must have the same width and height: resize the markup to the image.',
		],
	]);
});

describe('a markup is taken', () => {
	test.each<[string, Partial<ImageRequest>]>([
		['that fits', { references: [photo, photo], markup }],
		['as a WebP', { references: [photo], markup: imageWith('marks', { type: 'webp' }) }],
		['of just 4 MB', { references: [photo], markup: imageWith('marks', { bytes: 4 * MEGABYTE }) }],
		['by URL', { references: [photo], markup: { label: 'https://a.test/m.jpg' } }],
		['over an image by URL', { references: [{ label: 'https://a.test/p.png' }], markup }],
		[
			'whose size is not known',
			{ references: [photo], markup: imageWith('marks', { width: undefined, height: undefined }) },
		],
		[
			'over an image whose size is not known',
			{ references: [imageWith('photo', { width: undefined, height: undefined })], markup },
		],
		[
			'that is turned as the picture may be',
			{
				references: [imageWith('photo', { width: 64, height: 48, mayBeTurned: true })],
				markup: imageWith('marks', { width: 48, height: 64 }),
			},
		],
		['that is none', { references: [] }],
	])('%s', (_rule, request) => {
		expect(() => check(LIMITS)(requestWith(request))).not.toThrow();
	});

	it('without alpha, where the model needs none', () => {
		const request = requestWith({
			references: [photo],
			markup: imageWith('marks', { hasAlpha: false }),
		});
		expect(() => check({ ...LIMITS, needsAlpha: false })(request)).not.toThrow();
	});

	it('that is none, by any model', () => {
		expect(() => check()(requestWith({}))).not.toThrow();
	});
});
