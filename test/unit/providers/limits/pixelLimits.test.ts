// Free sizes and output formats: the rules of gpt-image-2's sizes at OpenAI, and what any format can do.
import fc from 'fast-check';

import type { ImageRequest, PixelLimits } from '../../../../providers/contract';
import { checkPixels } from '../../../../providers/limits/pixelLimits';
import { refusals, requestWith } from '../support';

const LIMITS: PixelLimits = {
	step: 16,
	maxRatio: 3,
	longest: [3840, 2160],
	min: 655_360,
	max: 8_294_400,
};

const check = (request: ImageRequest) => checkPixels(request, LIMITS);

describe('a size is refused when', () => {
	const inPixels = 'Enter width and height in pixels, such as 1536x1024, or choose Automatic.';
	const change = 'Change the size, for instance to 1024x1024.';
	refusals(check, [
		['it is a ratio', { size: '3:2' }, 'gpt-image-2 doesn\'t take the Size "3:2".', inPixels],
		[
			'a side is nothing',
			{ size: '0x1024' },
			'gpt-image-2 doesn\'t take the Size "0x1024".',
			inPixels,
		],
		[
			'a side is not divisible by 16',
			{ size: '1000x1024' },
			'gpt-image-2 doesn\'t take the Size "1000x1024": both sides must be divisible by 16.',
			'Change the size, for instance to 1008x1024 or 1024x1024.',
		],
		[
			'it is too long for its width',
			{ size: '2048x512' },
			'gpt-image-2 doesn\'t take the Size "2048x512": the longer side may be at most 3 times the shorter one.',
			change,
		],
		[
			'its long side is too long',
			{ size: '3856x2048' },
			'gpt-image-2 doesn\'t take the Size "3856x2048": at most 3840 × 2160 pixels are possible.',
			change,
		],
		[
			'its short side is too long',
			{ size: '2176x2176' },
			'gpt-image-2 doesn\'t take the Size "2176x2176": at most 3840 × 2160 pixels are possible.',
			change,
		],
		[
			'it has too few pixels',
			{ size: '512x512' },
			'gpt-image-2 doesn\'t take the Size "512x512": 655,360 to 8,294,400 pixels in all are possible, this is 262,144.',
			change,
		],
	]);

	test.each(['auto', undefined, '1024x1024', '3840x2160', '2160x3840', '1536x512', '640x1024'])(
		'but not for %s',
		(size) => {
			expect(() => check(requestWith({ size }))).not.toThrow();
		},
	);

	it('and never where the model has no such rules', () => {
		expect(() => checkPixels(requestWith({ size: '1x1' }), undefined)).not.toThrow();
	});

	it('every size that passes keeps every rule, upright or lying', () => {
		const side = fc.integer({ min: 1, max: 250 }).map((steps) => steps * 16);
		fc.assert(
			fc.property(side, side, (width, height) => {
				const passes = (size: string) => {
					try {
						check(requestWith({ size }));
						return true;
					} catch {
						return false;
					}
				};
				const [short, long] = [Math.min(width, height), Math.max(width, height)];
				const keepsRules =
					long <= 3 * short &&
					long <= 3840 &&
					short <= 2160 &&
					width * height >= 655_360 &&
					width * height <= 8_294_400;
				expect(passes(`${width}x${height}`)).toBe(keepsRules);
				expect(passes(`${height}x${width}`)).toBe(keepsRules);
			}),
		);
	});
});
