// Sizes as people write them, by hand or by an expression: mended, or refused before anything is sent.
import { limitsOf as coreTodayLimits } from '../../../../providers/coretoday/models';
import { limitsOf as evoLinkLimits } from '../../../../providers/evolink/models';
import { checkRequest } from '../../../../providers/limits/checkRequest';
import { limitsOf as openAiLimits } from '../../../../providers/openai/models';
import { hasSize, isRatio, mendedSize } from '../../../../providers/limits/sizes';
import { failureOf, requestWith } from '../support';

describe('a size whose meaning is plain is mended', () => {
	test.each([
		['16:9', '16:9'],
		['16/9', '16:9'],
		['16 : 9', '16:9'],
		['16：9', '16:9'],
		['16∶9', '16:9'],
		['１６／９', '16:9'],
		['16x9', '16:9'],
		['4 × 5', '4:5'],
		['99x100', '99x100'],
		['2.35:1', '2.35:1'],
		['1024x1024', '1024x1024'],
		['1024X1024', '1024x1024'],
		['1024×1024', '1024x1024'],
		['1024 * 1024', '1024x1024'],
		['１０２４x１０２４', '1024x1024'],
		['１０２４ｘ１０２４', '1024x1024'],
		['1024х1024', '1024x1024'],
		['1024px x 1024px', '1024x1024'],
		['1024 × 1024 px', '1024x1024'],
		['1024\u200bx1024\ufeff', '1024x1024'],
		[' 1024x1024\n', '1024x1024'],
		['Auto', 'auto'],
		['automatic', 'auto'],
	])('"%s" is %s', (written, size) => {
		expect(mendedSize(written)).toBe(size);
	});
});

const NO_SIZES = [
	'landscape',
	'0x0',
	'0x1024',
	'1024x0',
	'0:0',
	'16:0',
	'0.0:1',
	'1024',
	'1024x',
	'x1024',
	'1024x1024x1024',
	'-5x5',
	'5x-5',
	'+5x5',
	'1e3x1e3',
	'341.33x512',
	'1024,1024',
	'16:9:1',
	':9',
	'16:',
	'16-9',
	'Infinityx1',
	'NaNxNaN',
	'undefined',
	'null',
	'true',
	'[object Object]',
	'as large as a house',
];

describe('what is no size is left as it was written, so that it can be shown', () => {
	test.each([...NO_SIZES, 'Landscape_16_9'])('%s', (written) => {
		expect(mendedSize(` ${written} `)).toBe(written);
	});
});

describe.each([
	['EvoLink', evoLinkLimits('gpt-image-2')],
	['OpenAI', openAiLimits('any-model')],
	['Core.Today', coreTodayLimits('any/model')],
])("%s, on a model whose sizes aren't known", (provider, limits) => {
	const check = (size: string) => checkRequest(requestWith({ size }), limits);
	const ADVICE =
		'Write an aspect ratio such as 16:9, width and height in pixels such as 1536x1024, or auto.';
	/** Its size goes out under the model's own name for it, which may be a word. */
	const takesWords = provider === 'Core.Today';

	test.each(NO_SIZES.filter((size) => !(takesWords && size === 'landscape')))(
		'refuses "%s" before anything is sent',
		(size) => {
			expect(failureOf(() => check(size))).toEqual({
				kind: 'badInput',
				message: `The Size "${size}" can't be read.`,
				advice: ADVICE,
			});
		},
	);

	test.each(['auto', '16:9', '2.35:1', '1x1', '1024x1024', '4096x16384'])('takes %s', (size) => {
		expect(() => check(size)).not.toThrow();
	});

	test.each(['landscape', 'landscape_16_9', 'ASPECT_16_9', 'square_hd', 'match_input_image'])(
		`${takesWords ? 'takes' : 'refuses'} the word %s`,
		(size) => {
			if (takesWords) expect(() => check(size)).not.toThrow();
			else expect(failureOf(() => check(size)).advice).toBe(ADVICE);
		},
	);

	it('shows no more of it than a person needs', () => {
		expect(failureOf(() => check('9'.repeat(5000))).message.length).toBeLessThan(200);
	});
});

test.each([
	['gpt-image-1', 'landscape'],
	['gpt-image-1', '0x0'],
	['gpt-image-2', 'landscape'],
	['gpt-image-2', '0x0'],
	['gpt-image-2', '1e3x1e3'],
	['gpt-image-2', '-5x5'],
])('%s, whose sizes are known, refuses %s with these', (model, size) => {
	const failure = failureOf(() => checkRequest(requestWith({ model, size }), openAiLimits(model)));
	expect(failure.message).toContain(`"${size}"`);
	expect(failure.advice).toContain('1536x1024');
});

test.each([
	['16:9', true],
	['2.35:1', true],
	['0:9', false],
	['1024x1024', false],
	['auto', false],
])('%s is an aspect ratio: %s', (size, is) => {
	expect(isRatio(size)).toBe(is);
});

describe('whether a picture has the size that was asked for', () => {
	test.each<[boolean, string | undefined, number | undefined, number | undefined]>([
		[true, '1024x1024', 1024, 1024],
		[false, '1024x1024', 1024, 1023],
		[false, '1536x1024', 1024, 1536],
		[true, '16:9', 1920, 1080],
		[true, '16:9', 1808, 1024],
		[true, '16:9', 1792, 1024],
		[false, '16:9', 1536, 1024],
		[false, '16:9', 1080, 1920],
		[true, '21:9', 1536, 640],
		[true, '1:1', 1000, 1024],
		[false, '4:3', 1280, 1024],
		[true, '2.5:1', 1000, 400],
		[true, 'auto', 1, 2],
		[true, 'landscape_16_9', 1, 2],
		[true, undefined, 1, 2],
		[true, '1024x1024', undefined, undefined],
		[true, '0x0', 1, 2],
	])('%s: %s as %s × %s', (expected, asked, width, height) => {
		expect(hasSize(asked, { width, height })).toBe(expected);
	});
});
