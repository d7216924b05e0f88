// What each of OpenAI's image models takes, held against its reference.
import type { ImageModel } from 'openai/resources/images';

import type { ImageRequest } from '../../../../providers/contract';
import { checkRequest } from '../../../../providers/limits';
import {
	DEFAULT_MODEL,
	limitsOf,
	taskLimitsOf,
	variationLimits,
} from '../../../../providers/openai/models';
import { failureOf, imageWith, refusals, requestWith } from '../support';

const MEGABYTE = 1024 * 1024;
const FIXED_SIZES = ['1024x1024', '1536x1024', '1024x1536'];
const FIXED_SIZE_MODELS = ['gpt-image-1', 'gpt-image-1-mini', 'gpt-image-1.5'];
const SECOND: ImageModel[] = ['gpt-image-2', 'gpt-image-2-2026-04-21'];
const NEWEST: string[] = [
	'gpt-image-2.5',
	...([
		'gpt-image-2.5-sunburst',
		'gpt-image-2.5-sunburst-2026-09-08',
		'gpt-image-2.5-flare',
		'gpt-image-2.5-flare-2026-09-08',
	] satisfies ImageModel[]),
];
const KNOWN = [...FIXED_SIZE_MODELS, ...SECOND, ...NEWEST];
const UNKNOWN = ['a-model-of-next-year', 'gpt-image-2.6-flare', 'dall-e-3', '', '__proto__'];

const check = (request: ImageRequest) => checkRequest(request, limitsOf(request.model));
const passes = (request: Partial<ImageRequest>) => {
	expect(() => check(requestWith(request))).not.toThrow();
};
const fails = (request: Partial<ImageRequest>) => failureOf(() => check(requestWith(request)));
const images = (count: number) => Array.from({ length: count }, (_, i) => imageWith(`image ${i}`));

describe.each(KNOWN)('%s', (model) => {
	test.each([1, 10])('makes %i images', (count) => passes({ model, count }));
	test.each(['auto', 'low', 'medium', 'high'])('takes the quality %s', (quality) =>
		passes({ model, quality }),
	);
	test.each(['auto', ...FIXED_SIZES])('takes the size %s', (size) => passes({ model, size }));
	test.each(['png', 'jpeg', 'webp'])('makes %s', (outputFormat) => passes({ model, outputFormat }));
	test.each(['auto', 'opaque', 'transparent'])('takes the background %s', (background) =>
		passes({ model, background }),
	);
	it('takes 16 references of 50 MB and a mask of 4 MB', () => {
		const references = images(16).map(({ label }) =>
			imageWith(label, { type: 'jpeg', bytes: 50 * MEGABYTE }),
		);
		passes({ model, references, mask: imageWith('mask', { bytes: 4 * MEGABYTE, hasAlpha: true }) });
	});
	it('takes a prompt of 32,000 characters', () => passes({ model, prompt: '가'.repeat(32_000) }));
	test.each([
		['moderation', 'low'],
		['safety_identifier', 'b7f2'],
		['stream', true],
		['partial_images', 3],
	])('takes %s', (name, value) => passes({ model, extras: { [name]: value } }));
	test.each(['style', 'response_format'])(
		'refuses %s, which OpenAI answers with unknown_parameter',
		(name) => {
			expect(fails({ model, extras: { [name]: 'url' } })).toEqual({
				kind: 'badInput',
				message: `${model} has no setting "${name}".`,
				advice: 'Remove it from the Options, or choose a model that has it.',
			});
		},
	);
	it('refuses the qualities of dall-e-3', () => {
		expect(fails({ model, quality: 'hd' }).message).toBe(`${model} doesn't take the Quality "hd".`);
	});
});

describe('what only some models take', () => {
	test.each(FIXED_SIZE_MODELS)('%s has three sizes', (model) => {
		expect(fails({ model, size: '1536x864' })).toEqual({
			kind: 'badInput',
			message: `${model} doesn't take the Size or Aspect Ratio "1536x864".`,
			advice: 'Choose one of: auto, 1024x1024, 1536x1024, 1024x1536.',
		});
	});

	test.each([...SECOND, ...NEWEST])('%s has any size within its rules', (model) => {
		passes({ model, size: '1536x864' });
		passes({ model, size: '3840x2160' });
		expect(fails({ model, size: '1000x1000' }).message).toBe(
			`${model} doesn't take the Size 1000x1000: both sides must be divisible by 16.`,
		);
	});

	test.each([...FIXED_SIZE_MODELS, ...SECOND])('%s has no xhigh and max', (model) => {
		for (const quality of ['xhigh', 'max']) {
			expect(fails({ model, quality })).toEqual({
				kind: 'badInput',
				message: `${model} doesn't take the Quality "${quality}".`,
				advice: 'Choose one of: auto, low, medium, high.',
			});
		}
	});

	test.each(NEWEST)('%s has xhigh and max', (model) => {
		passes({ model, quality: 'xhigh' });
		passes({ model, quality: 'max' });
	});

	test.each<[string, string, boolean]>([
		['gpt-image-1.5', 'high', true],
		['gpt-image-1.5', 'low', true],
		['gpt-image-1-mini', 'low', true],
		['gpt-image-1-mini', 'high', false],
		['gpt-image-2', 'high', false],
		['gpt-image-2', 'low', false],
		['gpt-image-2.5-flare', 'high', false],
	])('%s with input_fidelity %s: %s', (model, input_fidelity, isTaken) => {
		const request = { model, references: images(1), extras: { input_fidelity } };
		if (isTaken) passes(request);
		else expect(fails(request).kind).toBe('badInput');
	});
});

describe.each(UNKNOWN)('the unknown model "%s"', (model) => {
	it('is refused nothing that it might take', () => {
		passes({
			model,
			size: '1792x1024',
			quality: 'hd',
			outputFormat: 'avif',
			extras: { style: 'vivid', response_format: 'url', seed: 7 },
		});
	});

	it('keeps to what the endpoints themselves set', () => {
		expect(fails({ model, count: 11 }).kind).toBe('badInput');
		expect(fails({ model, references: images(17) }).kind).toBe('badInput');
		expect(fails({ model, prompt: 'x'.repeat(32_001) }).kind).toBe('badInput');
	});
});

describe('a background task', () => {
	test.each([...KNOWN, ...UNKNOWN])(
		'makes one image, and several tasks make more, with %s',
		(model) => {
			const { counts, prompt } = limitsOf(model);
			expect(taskLimitsOf(model)).toMatchObject({ mostPerTask: 1, counts, prompt });
		},
	);

	it('says so when more than ten are wanted', () => {
		const request = requestWith({ count: 11 });
		expect(failureOf(() => checkRequest(request, taskLimitsOf(request.model)))).toEqual({
			kind: 'badInput',
			message: 'gpt-image-2 makes 1 to 10 images at a time, not 11.',
			advice: 'Set Number of Images to 1 to 10.',
		});
	});
});

describe('a variation', () => {
	const checkVariation = (request: ImageRequest) => checkRequest(request, variationLimits());

	it('needs no prompt', () => {
		const request = requestWith({ prompt: '', references: images(1), count: 10 });
		expect(() => checkVariation(request)).not.toThrow();
	});

	refusals(checkVariation, [
		[
			'of two images',
			{ model: 'dall-e-2', references: images(2) },
			'dall-e-2 takes at most 1 input image, 2 were given.',
			'Take away 1 of them.',
		],
		[
			'of 5 MB',
			{ model: 'dall-e-2', references: [imageWith('data', { bytes: 5 * MEGABYTE })] },
			'The input image "data" has 5.0 MB. dall-e-2 takes at most 4 MB.',
			'Make the picture smaller, for instance with the Edit Image node.',
		],
		[
			'with a mask',
			{ model: 'dall-e-2', references: images(1), mask: imageWith('mask') },
			"dall-e-2 can't work with a Mask.",
			'Remove the Mask and say in the Prompt what to change, or choose a model that takes a mask.',
		],
	]);
});

test('the default model is one that OpenAI still offers', () => {
	expect(DEFAULT_MODEL).toBe('gpt-image-2');
});
