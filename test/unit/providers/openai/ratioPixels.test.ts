// Aspect ratios as sizes in pixels: exact where that is possible, and always within the model's rules.
import fc from 'fast-check';

import { checkRequest } from '../../../../providers/limits/checkRequest';
import { limitsOf } from '../../../../providers/openai/models';
import { pixelsOf } from '../../../../providers/openai/ratioPixels';
import { requestWith } from '../support';

test.each([
	['1:1', '1024x1024'],
	['3:2', '1536x1024'],
	['2:3', '1024x1536'],
	// What the node's list offers for these.
	['16:9', '1792x1008'],
	['9:16', '1008x1792'],
	['4:5', '1024x1280'],
	['5:4', '1280x1024'],
	['4:3', '1344x1008'],
	['21:9', '2352x1008'],
	['2:1', '2048x1024'],
	['3:1', '3072x1024'],
	['1920:1080', '1792x1008'],
	['auto', 'auto'],
	['1200x640', '1200x640'],
	['wide', 'wide'],
	['0:1', '0:1'],
	['16:0', '16:0'],
	['16:9:4', '16:9:4'],
])('%s on a model with free sizes is %s', (size, pixels) => {
	expect(pixelsOf(size, 'gpt-image-2')).toBe(pixels);
	expect(pixelsOf(size, 'gpt-image-2.5-flare')).toBe(pixels);
	expect(pixelsOf(size, 'gpt-image-2.6-sunburst')).toBe(pixels);
	expect(pixelsOf(size, 'gpt-image-2.6-2026-11-24')).toBe(pixels);
	expect(pixelsOf(size, 'gpt-image-2.6-a-new-name')).toBe(pixels);
});

test('a ratio with a fraction comes as near as it can', () => {
	const [width, height] = pixelsOf('1.91:1', 'gpt-image-2')!.split('x').map(Number);
	expect(width! / height!).toBeCloseTo(1.91, 2);
});

test.each([
	['1:1', '1024x1024'],
	['3:2', '1536x1024'],
	['2:3', '1024x1536'],
	['6:4', '1536x1024'],
	// Refused later, with the sizes that there are.
	['16:9', '16:9'],
])('%s on a model with three sizes is %s', (size, pixels) => {
	expect(pixelsOf(size, 'gpt-image-1.5')).toBe(pixels);
});

test.each([
	['1:1', '720x720'],
	['16:9', '768x432'],
	['9:16', '432x768'],
	['3:2', '864x576'],
	['1:3', '320x960'],
	// Refused later.
	['4:1', '4096x1024'],
])('%s is %s as a frame of a GIF, so small that sixteen fit', (size, pixels) => {
	expect(pixelsOf(size, 'gpt-image-2.6-flare', 'gif')).toBe(pixels);
});

test('on a model that is not known a ratio stays as it is, and no size stays none', () => {
	expect(pixelsOf('16:9', 'a-model-of-next-year')).toBe('16:9');
	expect(pixelsOf(undefined, 'gpt-image-2')).toBeUndefined();
});

test('every ratio between 1:3 and 3:1 is a size that the model takes', () => {
	const side = fc.integer({ min: 1, max: 100 });
	fc.assert(
		fc.property(side, side, (a, b) => {
			fc.pre(a <= 3 * b && b <= 3 * a);
			const size = pixelsOf(`${a}:${b}`, 'gpt-image-2');
			expect(() => checkRequest(requestWith({ size }), limitsOf('gpt-image-2'))).not.toThrow();
			const [width, height] = size!.split('x').map(Number);
			expect(width! / height! / (a / b)).toBeCloseTo(1, 1);
		}),
	);
});
