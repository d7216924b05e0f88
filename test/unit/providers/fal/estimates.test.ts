// What is learnt of a model at fal before an order, and what an image would cost by it.
import type { ImageRequest } from '../../../../providers/contract';
import type { ModelFacts } from '../../../../providers/described/describedModels';
import { createFal } from '../../../../providers/fal';
import {
	BANANA,
	documentOf,
	enumOf,
	factsWith,
	FLUX,
	GPT,
	MODEL,
	references,
	text,
} from '../described/models';
import { answerWith, requestWith } from '../support';

const ADDRESSES = { baseUrl: '', filesBaseUrl: '', apiBaseUrl: '' };
const fal = createFal({ ...ADDRESSES, apiBaseUrl: 'https://api.fal.ai/v1' });

describe('an estimate', () => {
	const estimated = (
		facts: ModelFacts,
		unit: string,
		dollars: number,
		request: Partial<ImageRequest>,
	) => {
		const fal = createFal(ADDRESSES, () => ({
			...facts,
			price: { dollars, unit },
		}));
		return fal.estimate(requestWith({ model: MODEL, ...request }), undefined);
	};

	test.each<[string, ModelFacts, string, number, Partial<ImageRequest>, object | undefined]>([
		['by the image', BANANA, 'images', 0.04, { count: 3 }, { min: 0.12, max: 0.12 }],
		['by the megapixel', FLUX, 'megapixels', 0.5, { size: '1024x1536' }, { min: 0.75, max: 1 }],
		['of the usual size', FLUX, 'megapixels', 1, {}, { min: 0.75, max: 1 }],
		[
			'of a size that is set by hand',
			FLUX,
			'megapixels',
			0.5,
			{ size: '1024x1024', extras: { input: { image_size: { width: 2048, height: 2048 } } } },
			{ min: 2, max: 2 },
		],
		[
			'of a word that is set by hand',
			FLUX,
			'megapixels',
			0.5,
			{ size: '2048x2048', extras: { input: { image_size: 'square_hd' } } },
			{ min: 0.5, max: 0.5 },
		],
		[
			'of a size by hand that is none',
			FLUX,
			'megapixels',
			0.5,
			{ extras: { input: { image_size: { width: 'wide' } } } },
			undefined,
		],
		[
			'of a resolution',
			factsWith({ resolution: { ...enumOf('1K', '2K', '4K'), default: '1K' } }),
			'images',
			0.1,
			{ count: 2, extras: { input: { resolution: '4K' } } },
			{ min: 0.4, max: 0.4 },
		],
		[
			'of a style that may be drawn in vectors',
			factsWith({ style: enumOf('photo', 'vector_illustration') }),
			'images',
			0.04,
			{},
			{ min: 0.04, max: 0.08 },
		],
		[
			'of several each',
			factsWith({ max_images: { type: 'integer' } }),
			'images',
			0.1,
			{ count: 2, extras: { input: { max_images: 3 } } },
			{ min: 0.2, max: 0.6 },
		],
		['where the quality decides', GPT, 'images', 0.04, {}, undefined],
		[
			'where a search is charged',
			BANANA,
			'images',
			0.04,
			{ extras: { input: { enable_web_search: true } } },
			undefined,
		],
		[
			'of an edit without a size',
			FLUX,
			'megapixels',
			1,
			{ references: references('a') },
			undefined,
		],
		['by the second', FLUX, 'compute seconds', 1, {}, undefined],
		['by tokens', GPT, '1m tokens', 1, {}, undefined],
	])('%s', (_what, facts, unit, dollars, request, expected) => {
		const found = estimated(facts, unit, dollars, request);
		if (!expected) return expect(found).toBeUndefined();
		expect(found?.min).toBeCloseTo((expected as { min: number }).min, 10);
		expect(found?.max).toBeCloseTo((expected as { max: number }).max, 10);
	});

	it('follows from own prices, where there are any', () => {
		expect(fal.estimate(requestWith({ count: 2 }), { perImage: 0.5 })).toEqual({ min: 1, max: 1 });
	});
});

it('learns of the model that was asked for, and of no other', () => {
	const models = [
		{ endpoint_id: 'fal-ai/other', openapi: {} },
		{ endpoint_id: MODEL, openapi: documentOf({ properties: { prompt: text } }) },
	];
	const prices = [
		{ endpoint_id: 'fal-ai/other', unit_price: 9 },
		{ endpoint_id: MODEL, unit_price: 0.01, unit: 'images' },
	];
	const fields = fal.input.read(answerWith({ body: { models } }), MODEL);
	expect([...fields!.keys()]).toEqual(['prompt']);
	const price = fal.price.read(answerWith({ body: { prices } }), MODEL);
	expect(price).toEqual({ dollars: 0.01, unit: 'images' });
	const other = answerWith({ body: 'x' });
	expect([fal.input.read(other, MODEL), fal.price.read(other, MODEL)]).toEqual([
		undefined,
		undefined,
	]);
});

it('asks the catalogue for the schema, and the price list', () => {
	const asked = [fal.input, fal.price]
		.map(({ request }) => request('fal-ai/flux-2'))
		.map(({ url, query }) => [url, query]);
	expect(asked).toEqual([
		['https://api.fal.ai/v1/models', { endpoint_id: 'fal-ai/flux-2', expand: 'openapi-3.0' }],
		['https://api.fal.ai/v1/models/pricing', { endpoint_id: 'fal-ai/flux-2' }],
	]);
});
