// What Core.Today's models take, held against its page for openai/gpt-image-2, and what their images cost.
import type { ImageRequest } from '../../../../providers/contract';
import { createCoreToday } from '../../../../providers/coretoday';
import {
	DEFAULT_FORMAT,
	DEFAULT_MODEL,
	IMAGE_MODELS,
	limitsOf,
	modelRowOf,
} from '../../../../providers/coretoday/models';
import { costOf } from '../../../../providers/coretoday/prices';
import { checkRequest } from '../../../../providers/limits/checkRequest';
import { labelOf } from '../../../../providers/limits/modelRows';
import { answerWith, imageWith, refusals, requestWith } from '../support';

const check = (request: ImageRequest) => checkRequest(request, limitsOf(request.model));
const labelFor = (model: string) => labelOf(IMAGE_MODELS, model);
const onDefault = (parts: Partial<ImageRequest>) => ({ model: DEFAULT_MODEL, ...parts });

test('the default model and format are those of its page', () => {
	expect([DEFAULT_MODEL, DEFAULT_FORMAT]).toEqual(['openai/gpt-image-2', 'webp']);
});

test('its row says what a person reads of it, and where its prices were read', () => {
	expect(['openai/gpt-image-2', 'gpt-image-2', 'owner/model'].map(labelFor)).toEqual([
		'GPT Image 2 · best text',
		'GPT Image 2 · best text',
		undefined,
	]);
	expect(modelRowOf(DEFAULT_MODEL)?.prices).toEqual({
		credits: { low: 45, medium: 176, high: 480, auto: 480 },
		date: '2026-11-28',
		source: "the model's page at Core.Today",
	});
});

describe.each([DEFAULT_MODEL, 'owner/model'])('the input images of %s', (model) => {
	test.each(['png', 'jpeg', 'webp'] as const)('may be %s of 50 MB', (type) => {
		const references = Array.from({ length: 16 }, () =>
			imageWith('data', { type, bytes: 50 * 1024 * 1024 }),
		);
		expect(() => check(requestWith({ model, references }))).not.toThrow();
	});

	refusals(check, [
		[
			'are at most sixteen',
			{ model, references: Array.from({ length: 17 }, () => imageWith('data')) },
			`${model} takes at most 16 input images, 17 were given.`,
			'Take away 1 of them.',
		],
		[
			'are no larger',
			{ model, references: [imageWith('data', { bytes: 50 * 1024 * 1024 + 1 })] },
			`The input image "data" has 50.1 MB. ${model} takes at most 50 MB.`,
			'Make the picture smaller, for instance with the Edit Image node.',
		],
		[
			'are no GIFs',
			{ model, references: [imageWith('data', { type: 'gif' })] },
			`The input image "data" is a GIF file. ${model} takes PNG, JPEG, WebP.`,
			'Convert it to PNG, JPEG, WebP, for instance with the Edit Image node.',
		],
		[
			'have no mask',
			{ model, references: [imageWith('data')], mask: imageWith('mask') },
			`${model} can't work with a Mask.`,
			'Remove the Mask and say in the Prompt what to change, or choose a model that takes a mask.',
		],
	]);
});

describe('openai/gpt-image-2 refuses', () => {
	refusals(check, [
		[
			'another aspect ratio',
			onDefault({ size: '16:9' }),
			'openai/gpt-image-2 doesn\'t take the Size "16:9".',
			'Choose one of: 1:1, 3:2, 2:3.',
		],
		[
			'pixels',
			onDefault({ size: '1024x1024' }),
			'openai/gpt-image-2 doesn\'t take the Size "1024x1024".',
			'Choose one of: 1:1, 3:2, 2:3.',
		],
		[
			'a transparent background',
			onDefault({ background: 'transparent' }),
			'openai/gpt-image-2 doesn\'t take the Background "transparent".',
			'Choose one of: auto, opaque.',
		],
		[
			'another quality',
			onDefault({ quality: 'max' }),
			'openai/gpt-image-2 doesn\'t take the Quality "max".',
			'Choose one of: low, medium, high, auto.',
		],
		[
			'another format',
			onDefault({ outputFormat: 'gif' }),
			'openai/gpt-image-2 doesn\'t take the Output Format "gif".',
			'Choose one of: webp, png, jpeg.',
		],
		[
			'a resolution',
			onDefault({ resolution: '2K' }),
			'openai/gpt-image-2 has no setting "Resolution".',
			'Leave Resolution on its default, or choose another model.',
		],
		[
			'compression of a PNG',
			onDefault({ outputFormat: 'png', compression: 90 }),
			"A PNG can't be compressed by a percentage.",
			'Set Output Format to JPEG or WebP, or remove Compression from the Options.',
		],
		[
			'compression above 100',
			onDefault({ outputFormat: 'webp', compression: 101 }),
			'Compression must be a whole number from 0 to 100.',
			'Change it in the Options.',
		],
		[
			'a mask',
			onDefault({ mask: imageWith('mask'), references: [imageWith('data')] }),
			"openai/gpt-image-2 can't work with a Mask.",
			'Remove the Mask and say in the Prompt what to change, or choose a model that takes a mask.',
		],
		[
			'an empty prompt',
			onDefault({ prompt: ' ' }),
			'The Prompt is empty.',
			'Describe the image you want in the Prompt field. If it is an expression, check that the item has that field.',
		],
		[
			'too many images',
			onDefault({ count: 11 }),
			'openai/gpt-image-2 makes 1 to 10 images at a time, not 11.',
			'Set Number of Images to 1 to 10.',
		],
	]);
});

describe('openai/gpt-image-2 takes', () => {
	test.each<[string, Partial<ImageRequest>]>([
		['every aspect ratio of its page', { size: '2:3' }],
		['automatic quality', { quality: 'auto' }],
		['an opaque background', { background: 'opaque' }],
		['compression of a WebP', { outputFormat: 'webp', compression: 0 }],
		['compression of a JPEG', { outputFormat: 'jpeg', compression: 100 }],
		['several images', { count: 2 }],
		['input images', { references: [imageWith('a', { type: 'webp' }), imageWith('b')] }],
		['settings of its own', { extras: { moderation: 'low', outputFolder: 'a/b', isPublic: true } }],
	])('%s', (_rule, parts) => {
		expect(() => check(requestWith(onDefault(parts)))).not.toThrow();
	});

	it('several images as several predictions, since it makes one each', () => {
		expect(limitsOf(DEFAULT_MODEL)).toMatchObject({
			counts: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
			maxPerTask: 1,
		});
	});
});

test.each(['owner/model', 'openai/gpt-image-3', '', '__proto__', 'toString'])(
	'"%s" is taken as it comes: its settings are its own',
	(model) => {
		const settings = {
			size: '16:9',
			quality: 'max',
			background: 'transparent',
			outputFormat: 'gif',
		};
		expect(() => check(requestWith({ model, prompt: '', ...settings }))).not.toThrow();
		expect(limitsOf(model).maxPerTask).toBe(1);
	},
);

describe('the price of an image', () => {
	const dollars = (amount: number, credits: number) => ({
		amount,
		currency: 'USD',
		credits,
		estimated: true,
	});
	test.each([
		['high', dollars(0.48, 480)],
		['auto', dollars(0.48, 480)],
		['medium', dollars(0.176, 176)],
		['low', dollars(0.045, 45)],
		['max', undefined],
		['', undefined],
		['__proto__', undefined],
		['constructor', undefined],
		['toString', undefined],
	])('in quality "%s"', (quality, cost) => {
		expect(costOf(DEFAULT_MODEL, quality)).toEqual(cost);
	});

	test.each([undefined, '', 'owner/model', 'openai/gpt-image-20', 'x/gpt-image-2'])(
		'is not known for the model %j',
		(model) => {
			expect(costOf(model, 'high')).toBeUndefined();
		},
	);

	const { readTask } = createCoreToday('https://api.core.today/v1', 'storage');
	const done = { id: 'pred_1', status: 'succeeded', model: DEFAULT_MODEL };
	test.each<[string, object, Partial<ImageRequest> | undefined, number | undefined]>([
		['the quality that the answer repeats', { input: { quality: 'low' } }, { quality: 'high' }, 45],
		['the quality that was asked for', {}, { quality: 'medium' }, 176],
		['automatic quality, where none was asked for', {}, {}, 480],
		[
			'automatic quality, where the answer repeats none',
			{ input: { prompt: 'x' } },
			undefined,
			480,
		],
		['nothing, where nobody knows the quality', {}, undefined, undefined],
		['nothing, where the quality is odd', { input: { quality: 'toString' } }, {}, undefined],
	])('is that of %s', (_rule, body, parts, credits) => {
		const request = parts && requestWith(onDefault(parts));
		expect(readTask(answerWith({ body: { ...done, ...body } }), request).cost?.credits).toBe(
			credits,
		);
	});
});
