// Every refusal of a prompt or a setting before anything is sent: what it says and what it advises, word for word.
import fc from 'fast-check';

import type { ImageRequest } from '../../../../providers/contract';
import { limitsOf } from '../../../../providers/evolink/models';
import { ImageFailure } from '../../../../providers/failure';
import { checkRequest, promptMayBeCut } from '../../../../providers/limits/checkRequest';
import { failureOf, imageWith, refusals, requestWith } from '../support';

const MEGABYTE = 1024 * 1024;
const S1 = 'gpt-4o-image';
const S2 = 'gpt-image-1';
const CURRENT = 'gpt-image-2';

const check = (request: ImageRequest) => checkRequest(request, limitsOf(request.model));

describe('a prompt is refused when it', () => {
	const empty = [
		'The Prompt is empty.',
		'Describe the image you want in the Prompt field. If it is an expression, check that the item has that field.',
	] as const;
	refusals(check, [
		['is empty', { prompt: '' }, ...empty],
		['is nothing but white space', { prompt: ' \n\t' }, ...empty],
		[
			'has 32,001 characters',
			{ prompt: 'x'.repeat(32_001) },
			'gpt-image-2 takes a Prompt of at most 32,000 characters, this one has 32,001.',
			'Shorten the Prompt.',
		],
	]);

	it('but not when it has exactly 32,000, an emoji being one of them', () => {
		expect(() => check(requestWith({ prompt: 'x'.repeat(32_000) }))).not.toThrow();
		expect(() => check(requestWith({ prompt: '🦊'.repeat(32_000) }))).not.toThrow();
	});

	it('and not for its length by models that count in tokens', () => {
		const prompt = 'x'.repeat(40_000);
		expect(() => check(requestWith({ model: S1, prompt }))).not.toThrow();
		expect(() => check(requestWith({ model: S2, prompt }))).not.toThrow();
	});
});

describe('a setting is refused when it is', () => {
	const sizes = 'Choose one of: 1:1, 2:3, 3:2, 1024x1024, 1024x1536, 1536x1024.';
	refusals(check, [
		[
			'a size that S1 does not know',
			{ model: S1, size: '16:9' },
			'gpt-4o-image doesn\'t take the Size "16:9".',
			sizes,
		],
		[
			'an automatic size on S2',
			{ model: S2, size: 'auto' },
			'gpt-image-1 doesn\'t take the Size "auto".',
			sizes,
		],
		[
			'a quality on S1, which has none',
			{ model: S1, quality: 'high' },
			'gpt-4o-image has no setting "Quality".',
			'Leave Quality on its default, or choose another model.',
		],
		[
			'an automatic quality on S2',
			{ model: S2, quality: 'auto' },
			'gpt-image-1 doesn\'t take the Quality "auto".',
			'Choose one of: low, medium, high.',
		],
		[
			'a resolution on S1',
			{ model: S1, size: '1:1', resolution: '2K' },
			'gpt-4o-image has no setting "Resolution".',
			'Leave Resolution on its default, or choose another model.',
		],
		[
			'a resolution on S2',
			{ model: S2, resolution: '4K' },
			'gpt-image-1 has no setting "Resolution".',
			'Leave Resolution on its default, or choose another model.',
		],
		[
			'a resolution that no model knows',
			{ size: '1:1', resolution: '8K' },
			'gpt-image-2 doesn\'t take the Resolution "8K".',
			'Choose one of: 1K, 2K, 4K.',
		],
		[
			'a resolution without a ratio',
			{ resolution: '2K' },
			'The Resolution "2K" works only with an aspect ratio, not with an automatic size.',
			'Choose an aspect ratio such as 16:9 under Size, or take Resolution out of the Options.',
		],
		[
			'a resolution with a size in pixels',
			{ size: '1024x1024', resolution: '2K' },
			'The Resolution "2K" works only with an aspect ratio, not with the size "1024x1024".',
			'Choose an aspect ratio such as 16:9 under Size, or take Resolution out of the Options.',
		],
		[
			'three images on S1',
			{ model: S1, count: 3 },
			'gpt-4o-image makes 1, 2 or 4 images at a time, not 3.',
			'Set Number of Images to 1, 2 or 4.',
		],
		[
			'eleven images on S2',
			{ model: S2, count: 11 },
			'gpt-image-1 makes 1 to 10 images at a time, not 11.',
			'Set Number of Images to 1 to 10.',
		],
		[
			'no image',
			{ count: 0 },
			'gpt-image-2 makes 1 to 10 images at a time, not 0.',
			'Set Number of Images to 1 to 10.',
		],
		[
			'half an image',
			{ count: 1.5 },
			'gpt-image-2 makes 1 to 10 images at a time, not 1.5.',
			'Set Number of Images to 1 to 10.',
		],
	]);
});

describe('a setting that only some models have is refused when', () => {
	const limits = {
		...limitsOf(CURRENT),
		outputFormats: ['png', 'webp'],
		backgrounds: [],
		extras: ['moderation', 'input_fidelity', 'stream'],
		extraValues: { moderation: ['low', 'auto'], stream: ['true'] },
		extraUses: { input_fidelity: 'edit', moderation: 'generate' },
		counts: [1, 2, 3],
	} as const;
	refusals(
		(request) => checkRequest(request, limits),
		[
			[
				'the model has no such format',
				{ outputFormat: 'jpeg' },
				'gpt-image-2 doesn\'t take the Output Format "jpeg".',
				'Choose one of: png, webp.',
			],
			[
				'the model has no backgrounds',
				{ background: 'opaque' },
				'gpt-image-2 has no setting "Background".',
				'Leave Background on its default, or choose another model.',
			],
			[
				'the model does not have it',
				{ extras: { moderation: 'low', style: 'vivid' } },
				'gpt-image-2 has no setting "Style".',
				'Remove it from the Options, or choose a model that has it.',
			],
			[
				'the model does not take its value',
				{ extras: { moderation: 'high' } },
				'gpt-image-2 doesn\'t take the Moderation "high".',
				'Choose one of: low, auto.',
			],
			[
				'the model does not take its value, which is no text',
				{ extras: { stream: false } },
				'gpt-image-2 doesn\'t take the Stream "false".',
				'Choose one of: true.',
			],
			[
				'it is for input images, and there are none',
				{ extras: { input_fidelity: 'high' } },
				'The setting "Input Fidelity" works only with input images.',
				'Remove it from the Options, or add an input image.',
			],
			[
				'it is for pictures from words alone, and there is an input image',
				{ references: [imageWith('photo')], extras: { moderation: 'low' } },
				'The setting "Moderation" works only with a request without input images.',
				'Remove it from the Options, or take the input images away.',
			],
			[
				'the model has only three numbers of images',
				{ count: 4 },
				'gpt-image-2 makes 1, 2 or 3 images at a time, not 4.',
				'Set Number of Images to 1, 2 or 3.',
			],
			[
				'its resolution is for a ratio, and the size is automatic',
				{ size: 'auto', resolution: '2K' },
				'The Resolution "2K" works only with an aspect ratio, not with an automatic size.',
				'Choose an aspect ratio such as 16:9 under Size, or take Resolution out of the Options.',
			],
		],
	);

	it.each<Partial<ImageRequest>>([
		{ outputFormat: 'webp', extras: { moderation: 'low' } },
		{ extras: { moderation: 'auto', stream: true } },
		{ references: [imageWith('photo')], extras: { input_fidelity: 'high' } },
		{ size: '16:9', resolution: '2K' },
		{ count: 3 },
	])('but not for %j, which the model has', (request) => {
		expect(() => checkRequest(requestWith(request), limits)).not.toThrow();
	});

	test.each<[readonly number[], number, string, string]>([
		[[1], 2, 'makes 1 image at a time, not 2.', '1'],
		[[1, 2], 3, 'makes 1 or 2 images at a time, not 3.', '1 or 2'],
		[[1, 2, 3, 4], 5, 'makes 1 to 4 images at a time, not 5.', '1 to 4'],
		[[1, 2, 3, 5], 4, 'makes 1, 2, 3 or 5 images at a time, not 4.', '1, 2, 3 or 5'],
	])('of the numbers %j, %i is none', (counts, count, message, numbers) => {
		const request = requestWith({ count });
		expect(failureOf(() => checkRequest(request, { ...limits, counts }))).toEqual({
			kind: 'badInput',
			message: `gpt-image-2 ${message}`,
			advice: `Set Number of Images to ${numbers}.`,
		});
	});

	it('a model without limits for extras takes any', () => {
		const { prompt, counts, references, mask } = limits;
		const free = { prompt, counts, references, mask };
		const request = requestWith({ extras: { seed: 7, moderation: 'high' } });
		expect(() => checkRequest(request, free)).not.toThrow();
	});

	it('a prompt may be empty only where the model needs none', () => {
		const request = requestWith({ prompt: ' ' });
		expect(() => checkRequest(request, { ...limits, prompt: { mayBeEmpty: true } })).not.toThrow();
		expect(() => checkRequest(request, { ...limits, prompt: { mayBeEmpty: false } })).toThrow(
			'The Prompt is empty.',
		);
	});
});

describe('a prompt may be cut', () => {
	test.each<[boolean, string, string, string]>([
		[false, '8,000 Latin letters, about 2,000 tokens', S1, 'x'.repeat(8000)],
		[true, '8,004 Latin letters', S1, 'x'.repeat(8004)],
		[false, '2,000 Korean syllables', S1, '가'.repeat(2000)],
		[true, '2,001 Korean syllables', S2, '가'.repeat(2001)],
		[true, '2,001 Chinese characters', S2, '海'.repeat(2001)],
		[
			true,
			'1,500 Korean syllables and 2,004 Latin letters',
			S1,
			'가'.repeat(1500) + 'x'.repeat(2004),
		],
		[false, '30,000 letters where no number of tokens is known', CURRENT, 'x'.repeat(30_000)],
	])('%s: %s', (expected, _rule, model, prompt) => {
		expect(promptMayBeCut(prompt, limitsOf(model))).toBe(expected);
	});
});

it('lets any request pass or refuses it with a failure of ours, never with a defect', () => {
	const choice = fc.option(fc.string(), { nil: undefined });
	const side = fc.option(fc.nat(5000), { nil: undefined });
	const facts = fc.record({
		type: fc.constantFrom('png', 'jpeg', 'webp', 'gif', 'unknown'),
		bytes: fc.nat(100 * MEGABYTE),
		width: side,
		height: side,
		hasAlpha: fc.option(fc.boolean(), { nil: undefined }),
	});
	const image = fc.record({ label: fc.string(), facts: fc.option(facts, { nil: undefined }) });
	const request = fc.record({
		model: fc.oneof(fc.constantFrom(S1, S2, CURRENT, '__proto__', 'constructor'), fc.string()),
		prompt: fc.string(),
		size: choice,
		resolution: choice,
		quality: choice,
		outputFormat: choice,
		background: choice,
		compression: fc.option(fc.double(), { nil: undefined }),
		extras: fc.option(fc.dictionary(fc.string(), fc.string()), { nil: undefined }),
		count: fc.oneof(fc.integer(), fc.double()),
		references: fc.array(image, { maxLength: 20 }),
		mask: fc.option(image, { nil: undefined }),
	});
	fc.assert(
		fc.property(request, (any) => {
			const outcome = outcomeOf(any as ImageRequest);
			expect(outcome === 'passed' || outcome instanceof ImageFailure).toBe(true);
		}),
	);
});

function outcomeOf(request: ImageRequest): unknown {
	try {
		check(request);
		return 'passed';
	} catch (error) {
		return error;
	}
}
