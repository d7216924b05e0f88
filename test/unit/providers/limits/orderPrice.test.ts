// What an order would cost with all its parts, and what would make it cheaper.
import type { Estimate, ImageRequest, ModelLimits } from '../../../../providers/contract';
import {
	estimateOfAll,
	imagesOf,
	inDollars,
	priceOf,
	type Estimator,
} from '../../../../providers/limits/orderPrice';
import { limitsOf } from '../../../../providers/openai/models';
import { failureOf, requestWith } from '../support';

/** A provider that makes two images in a task, each for so many dollars. */
const providerWith = (price: (request: ImageRequest) => number | undefined): Estimator => ({
	id: 'house',
	limits: (model): ModelLimits => ({ ...limitsOf(model), maxPerTask: 2 }),
	estimate: (request): Estimate | undefined => {
		const max = price(request);
		return max === undefined ? undefined : { min: 0, max };
	},
});

describe('an order', () => {
	it('has the price of each of its parts', () => {
		const request = requestWith({ count: 5 });
		const {
			provider,
			request: asked,
			parts,
		} = priceOf(
			request,
			providerWith(({ count }) => count),
		);
		expect({ provider, asked }).toEqual({ provider: 'house', asked: request });
		expect(parts).toMatchObject([
			{ images: 2, estimate: { min: 0, max: 2 } },
			{ images: 2, estimate: { min: 0, max: 2 } },
			{ images: 1, estimate: { min: 0, max: 1 } },
		]);
		expect(imagesOf(parts)).toBe(5);
		expect(estimateOfAll(parts)).toEqual({ min: 0, max: 5 });
	});

	it('has no price where one part has none', () => {
		const { parts } = priceOf(
			requestWith({ count: 3 }),
			providerWith(({ count }) => (count === 1 ? undefined : count)),
		);
		expect(imagesOf(parts)).toBe(3);
		expect(estimateOfAll(parts)).toBeUndefined();
	});

	it('costs nothing that is known at a provider without prices', () => {
		const { id, limits } = providerWith(() => 1);
		const order = priceOf(requestWith({}), { id, limits });
		expect(order.parts).toMatchObject([{ images: 1, estimate: undefined }]);
		expect(order.savings()).toEqual([
			{ field: 'Size', isAutomatic: true },
			{ field: 'Quality', isAutomatic: true },
		]);
	});

	it('is refused as it would be before it is sent', () => {
		const order = () =>
			priceOf(
				requestWith({ prompt: '' }),
				providerWith(() => 1),
			);
		expect(failureOf(order).message).toBe('The Prompt is empty.');
	});
});

describe('an order would be cheaper', () => {
	/** Each choice that isn't the cheapest adds to a dollar. */
	const dollars =
		(forSize: number, forQuality: number) =>
		({ size, quality }: ImageRequest) =>
			1 + (size === '1024x1024' ? 0 : forSize) + (quality === 'low' ? 0 : forQuality);
	const savings = (request: Partial<ImageRequest>, forSize: number, forQuality: number) =>
		priceOf(requestWith(request), providerWith(dollars(forSize, forQuality))).savings();
	const size = (isAutomatic: boolean) => ({ field: 'Size', isAutomatic });
	const quality = (isAutomatic: boolean) => ({ field: 'Quality', isAutomatic });

	test.each<[string, Partial<ImageRequest>, number, number, object[]]>([
		['with both, where both are left to the model', {}, 1, 1, [size(true), quality(true)]],
		[
			'with both, where they say so',
			{ size: 'auto', quality: 'auto' },
			1,
			1,
			[size(true), quality(true)],
		],
		[
			'with both, where they are chosen',
			{ size: '1536x1024', quality: 'high' },
			1,
			1,
			[size(false), quality(false)],
		],
		['with the size alone', { quality: 'low' }, 1, 1, [size(true)]],
		['with the quality alone', { size: '1024x1024' }, 1, 1, [quality(true)]],
		['with nothing, where both are the cheapest', { size: '1024x1024', quality: 'low' }, 1, 1, []],
		['only by what saves a tenth', {}, 0, 0.12, [quality(true)]],
		['by nothing that saves less', {}, 0, 0.11, []],
		[
			'not by another size than a format has',
			{ format: { name: 'Post', width: 1, height: 1 } },
			1,
			1,
			[quality(true)],
		],
	])('%s', (_rule, request, forSize, forQuality, found) => {
		expect(savings(request, forSize, forQuality)).toEqual(found);
	});

	it('by nothing whose price is not known', () => {
		const provider = providerWith(({ quality: chosen }) => (chosen === 'low' ? undefined : 1));
		expect(priceOf(requestWith({ size: '1024x1024' }), provider).savings()).toEqual([]);
	});
});

test.each([
	[0, '$0.00'],
	[0.1, '$0.10'],
	[0.105, '$0.11'],
	[1, '$1.00'],
	[1234.5, '$1,234.50'],
	[0.099, '$0.099'],
	[0.0421, '$0.042'],
	[0.00588, '$0.0059'],
	[0.05, '$0.05'],
])('%d is written as %s', (amount, text) => {
	expect(inDollars(amount)).toBe(text);
});
