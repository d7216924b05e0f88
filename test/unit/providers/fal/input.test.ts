// A model's input schema: what it says is offered, checked and sent, whatever form it has.
import type { ImageRequest } from '../../../../providers/contract';
import { createFal, readFacts } from '../../../../providers/fal';
import { limitsOf, type ModelFacts } from '../../../../providers/fal/facts';
import { inputOf, ownFieldsOf, sizeWay } from '../../../../providers/fal/input';
import { inputFieldsIn } from '../../../../providers/fal/schema';
import { checkedParts } from '../../../../providers/limits/requestParts';
import { answerWith, failureOf, requestWith } from '../support';

const MODEL = 'fal-ai/thing';
const PRESETS = [
	'square_hd',
	'square',
	'portrait_4_3',
	'portrait_16_9',
	'landscape_4_3',
	'landscape_16_9',
];

interface Schema {
	properties?: object;
	[more: string]: unknown;
}
const documentOf = (input: unknown, others: object = {}) => ({
	openapi: '3.0.4',
	components: {
		schemas: { ...others, ThingOutput: {}, ...(input !== undefined && { ThingInput: input }) },
	},
	paths: {
		[`/${MODEL}`]: {
			post: {
				requestBody: {
					content: { 'application/json': { schema: { $ref: '#/components/schemas/ThingInput' } } },
				},
			},
		},
	},
});
const fieldsOf = (properties: object, more: Schema = {}, others: object = {}) =>
	inputFieldsIn(documentOf({ properties, ...more }, others), MODEL)!;
const factsWith = (properties: object, more: Schema = {}, others: object = {}): ModelFacts => ({
	fields: fieldsOf(properties, more, others),
});

const text = { type: 'string' };
const enumOf = (...words: string[]) => ({ type: 'string', enum: words });
const imageSize = {
	anyOf: [{ $ref: '#/components/schemas/ImageSize' }, enumOf(...PRESETS)],
	default: 'landscape_4_3',
};
const ImageSize = { properties: { width: { type: 'integer' } }, type: 'object' };
const urls = { type: 'array', items: text };

const FLUX = factsWith(
	{
		prompt: text,
		image_size: imageSize,
		num_images: { type: 'integer', minimum: 1, maximum: 4, default: 1 },
		output_format: { ...enumOf('jpeg', 'png'), default: 'jpeg' },
		seed: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
		sync_mode: { type: 'boolean' },
		guidance_scale: {
			type: 'number',
			minimum: 1,
			maximum: 20,
			default: 3.5,
			title: 'Guidance scale (CFG)',
		},
	},
	{ required: ['prompt'], 'x-fal-order-properties': ['prompt', 'seed'] },
	{ ImageSize },
);
const BANANA = factsWith({
	prompt: text,
	image_urls: { ...urls, maxItems: 14 },
	aspect_ratio: enumOf('auto', '1:1', '16:9'),
	num_images: { type: 'integer', maximum: 4 },
});
const GPT = factsWith({
	prompt: text,
	image_urls: urls,
	mask_image_url: text,
	image_size: enumOf('auto', '1024x1024', '1536x1024', '1024x1536'),
	quality: enumOf('low', 'medium', 'high'),
});
const UPSCALER = factsWith(
	{ image_url: text, upscale_factor: { type: 'number', default: 2 } },
	{ required: ['image_url'] },
);

const references = (...names: string[]) =>
	names.map((name) => ({ label: name, url: `https://x.test/${name}` }));
const sent = (facts: ModelFacts, request: Partial<ImageRequest>) =>
	inputOf(requestWith({ model: MODEL, prompt: 'A fox', ...request }), facts.fields);

describe('what is read of a schema', () => {
	it('has names, types and defaults, in the order of the page', () => {
		expect([...FLUX.fields!.keys()].slice(0, 3)).toEqual(['prompt', 'seed', 'image_size']);
		expect(FLUX.fields!.get('guidance_scale')).toMatchObject({
			title: 'Guidance scale (CFG)',
			type: 'number',
			default: 3.5,
			max: 20,
		});
		expect(FLUX.fields!.get('seed')).toMatchObject({ type: 'number', isInteger: true });
		expect(FLUX.fields!.get('prompt')).toMatchObject({ isRequired: true, choices: undefined });
	});

	it('ends where it leads back to itself', () => {
		const Loop = {
			anyOf: [{ $ref: '#/components/schemas/Loop' }, { $ref: '#/components/schemas/Other' }],
		};
		const Other = { allOf: [{ $ref: '#/components/schemas/Loop' }] };
		const fields = fieldsOf(
			{ a: { $ref: '#/components/schemas/Loop' }, b: text },
			{},
			{ Loop, Other },
		);
		expect([...fields.keys()]).toEqual(['a', 'b']);
		const self = documentOf({ $ref: '#/components/schemas/ThingInput' });
		expect(inputFieldsIn(self, MODEL)).toBeUndefined();
	});

	it('has at most 300 fields', () => {
		const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`field_${i}`, text]));
		expect(fieldsOf(many).size).toBe(300);
	});

	test.each([
		undefined,
		null,
		'none',
		{},
		{ components: [] },
		documentOf(undefined),
		documentOf({ properties: 'x' }),
	])('is nothing where there is none: %j', (openapi) => {
		expect(inputFieldsIn(openapi, MODEL)).toBeUndefined();
	});

	it('is not taken from names that every object has', () => {
		const fields = fieldsOf(
			{ prompt: text },
			{ 'x-fal-order-properties': ['toString', 'prompt', '__proto__'] },
		);
		expect([...fields.keys()]).toEqual(['prompt']);
	});
});

describe('a size', () => {
	test.each<[string, ModelFacts, string, object]>([
		['a ratio that has a word', FLUX, '16:9', { image_size: 'landscape_16_9' }],
		['a square', FLUX, '1:1', { image_size: 'square_hd' }],
		['a ratio without one', FLUX, '3:2', { image_size: { width: 1248, height: 832 } }],
		['pixels', FLUX, '1200x640', { image_size: { width: 1200, height: 640 } }],
		['a word', FLUX, 'portrait_4_3', { image_size: 'portrait_4_3' }],
		['automatic, where the model has no such word', FLUX, 'auto', {}],
		['automatic, where it has', BANANA, 'auto', { aspect_ratio: 'auto' }],
		['a ratio of the model', BANANA, '16:9', { aspect_ratio: '16:9' }],
		['a ratio of fixed pixels', GPT, '3:2', { image_size: '1536x1024' }],
		['fixed pixels', GPT, '1024x1536', { image_size: '1024x1536' }],
		['a ratio for a model that nobody knows', {}, '16:9', { aspect_ratio: '16:9' }],
		['pixels for one', {}, '640x480', { image_size: { width: 640, height: 480 } }],
	])('is sent as the model takes it: %s', (_what, facts, size, body) => {
		const { prompt, num_images, ...rest } = sent(facts, { size });
		expect(rest).toEqual(body);
		expect(prompt).toBe('A fox');
		expect(num_images).toBe(facts.fields?.has('num_images') ? 1 : undefined);
	});

	it('is refused where the model has no such word', () => {
		expect(failureOf(() => sent(FLUX, { size: 'panorama' }))).toMatchObject({
			kind: 'badInput',
			message: `${MODEL} doesn't take the Size "panorama".`,
		});
	});

	test.each<[ModelFacts, Partial<ImageRequest>, RegExp]>([
		[BANANA, { size: '21:9' }, /doesn't take the Size "21:9"/],
		[UPSCALER, { size: '1:1', prompt: '' }, /has no Size setting/],
		[FLUX, { outputFormat: 'webp' }, /doesn't take the Output Format "webp"/],
		[FLUX, { quality: 'high' }, /has no Quality setting/],
		[GPT, { quality: 'best' }, /doesn't take the Quality "best"/],
		[FLUX, { references: references('a.png') }, /takes at most 0 input images/],
		[
			UPSCALER,
			{ prompt: '', references: references('a.png', 'b.png') },
			/takes at most 1 input image/,
		],
		[
			UPSCALER,
			{ prompt: '', references: references('a.png'), mask: references('m.png')[0] },
			/can't work with a Mask/,
		],
		[FLUX, { prompt: ' ' }, /The Prompt is empty/],
		[
			GPT,
			{ references: [{ label: 'big.png', facts: { type: 'png', bytes: 60 * 1024 * 1024 } }] },
			/big\.png/,
		],
	])('is refused before anything is sent: %#', (facts, request, message) => {
		const whole = requestWith({ model: MODEL, prompt: 'A fox', ...request });
		expect(failureOf(() => checkedParts(whole, limitsOf(facts)))).toMatchObject({
			kind: 'badInput',
			message: expect.stringMatching(message),
		});
	});
});

describe('input images and masks', () => {
	test.each<[string, object, string[], object]>([
		['one, for a list', { image_urls: urls }, ['a'], { image_urls: ['https://x.test/a'] }],
		['one, for one', { image_url: text }, ['a'], { image_url: 'https://x.test/a' }],
		[
			'one, where both are',
			{ image_url: text, image_urls: urls },
			['a'],
			{ image_url: 'https://x.test/a' },
		],
		[
			'two, where both are',
			{ image_url: text, image_urls: urls },
			['a', 'b'],
			{ image_urls: ['https://x.test/a', 'https://x.test/b'] },
		],
		[
			'one under another name',
			{ portrait_image_url: text, style_image_url: text },
			['a'],
			{ portrait_image_url: 'https://x.test/a' },
		],
	])('go where the model takes them: %s', (_what, properties, names, body) => {
		const { prompt, ...rest } = sent(factsWith({ prompt: text, ...properties }), {
			references: references(...names),
		});
		expect(prompt).toBe('A fox');
		expect(rest).toEqual(body);
	});

	it('of which the first must be by itself', () => {
		const facts = factsWith({ image_url: text, image_urls: urls }, { required: ['image_url'] });
		expect(sent(facts, { references: references('a', 'b'), prompt: '' })).toEqual({
			image_url: 'https://x.test/a',
			image_urls: ['https://x.test/b'],
		});
	});

	it('both ways where nobody knows the model', () => {
		expect(sent({}, { references: references('a') })).toMatchObject({
			image_url: 'https://x.test/a',
			image_urls: ['https://x.test/a'],
		});
	});

	test.each([
		[GPT, 'mask_image_url'],
		[factsWith({ mask_url: text, image_url: text }), 'mask_url'],
	])('a mask under its name, %#', (facts, name) => {
		const [mask] = references('m');
		expect(sent(facts, { references: references('a'), mask })).toMatchObject({
			[name]: 'https://x.test/m',
		});
	});
});

describe('several images', () => {
	const counts = (facts: ModelFacts, count: number) =>
		checkedParts(requestWith({ model: MODEL, count }), limitsOf(facts)).map(
			({ request }) => request.count,
		);

	it('are made in as few tasks as the model can', () => {
		expect(counts(FLUX, 6)).toEqual([4, 2]);
		expect(counts(GPT, 3)).toEqual([1, 1, 1]);
		expect(counts(BANANA, 4)).toEqual([4]);
	});
});

describe('other settings', () => {
	it('are sent as they are, over what the fields say', () => {
		const input = { guidance_scale: 7, seed: '17454220438242315174', num_images: 2 };
		expect(sent(FLUX, { extras: { input } })).toEqual({
			prompt: 'A fox',
			...input,
			seed: 17454220438242315174n,
		});
		expect(sent(FLUX, { extras: { input: { seed: ' 42 ' } } }).seed).toBe(42);
		expect(sent({}, { extras: { input } }).seed).toBe(input.seed);
	});

	it('leave out what the node has fields for, and what would shorten the life of the result', () => {
		expect([...FLUX.fields!.keys()].filter((name) => !ownFieldsOf(FLUX.fields!).has(name))).toEqual(
			['seed', 'guidance_scale'],
		);
	});

	it('offer the sizes of the model', () => {
		expect(sizeWay(FLUX.fields!)).toEqual({ name: 'image_size', choices: PRESETS, isFree: true });
		expect(sizeWay(BANANA.fields!)).toMatchObject({
			choices: ['auto', '1:1', '16:9'],
			isFree: false,
		});
		expect(sizeWay(UPSCALER.fields!)).toEqual({ name: undefined, choices: [], isFree: false });
	});
});

describe('an estimate', () => {
	const estimated = (
		facts: ModelFacts,
		unit: string,
		dollars: number,
		request: Partial<ImageRequest>,
	) => {
		const fal = createFal({ baseUrl: '', filesBaseUrl: '', apiBaseUrl: '' }, () => ({
			...facts,
			price: { dollars, unit },
		}));
		return fal.estimate(requestWith({ model: MODEL, ...request }));
	};

	test.each<[string, ModelFacts, string, number, Partial<ImageRequest>, object | undefined]>([
		['by the image', BANANA, 'images', 0.04, { count: 3 }, { min: 0.12, max: 0.12 }],
		['by the megapixel', FLUX, 'megapixels', 0.5, { size: '1024x1536' }, { min: 0.75, max: 1 }],
		['of the usual size', FLUX, 'megapixels', 1, {}, { min: 0.75, max: 1 }],
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
		const fal = createFal({ baseUrl: '', filesBaseUrl: '', apiBaseUrl: '' });
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
	const facts = readFacts(
		MODEL,
		answerWith({ body: { models } }),
		answerWith({ body: { prices } }),
	);
	expect([...facts.fields!.keys()]).toEqual(['prompt']);
	expect(facts.price).toEqual({ dollars: 0.01, unit: 'images' });
	expect(readFacts(MODEL, undefined, answerWith({ body: 'x' }))).toEqual({
		fields: undefined,
		price: undefined,
	});
});
