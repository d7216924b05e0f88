// What requests would cost before they are sent, held against the worked examples of the providers' own documents.
import { createChatGateway } from '../../../providers/chat';
import type { Estimate, ImageProvider, ImageRequest } from '../../../providers/contract';
import { createCoreToday } from '../../../providers/coretoday';
import { createEvoLink } from '../../../providers/evolink';
import { createOpenAiBatches } from '../../../providers/openai/batches';
import { createOpenAiImages } from '../../../providers/openai/images';
import { AUTOMATIC } from '../../../providers/openai/models';
import { createOpenAiTasks } from '../../../providers/openai/tasks';

const BASE = 'https://api.example.com';
const openAi = createOpenAiImages(BASE);
const evoLink = createEvoLink({ baseUrl: BASE, filesBaseUrl: BASE });
const coreToday = createCoreToday(BASE, 'storage');

const PROMPT = 'A red bicycle';
/** The prompt has 13 bytes, and a hundred tokens may be added to it. */
const TEXT = (price: number) => (113 * price) / 1_000_000;

function estimate(
	provider: Pick<ImageProvider, 'estimate'>,
	model: string,
	more: Partial<ImageRequest> = {},
): Estimate | undefined {
	return provider.estimate!({ model, prompt: PROMPT, count: 1, references: [], ...more });
}

const references = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ label: `image ${index}` }));

describe('OpenAI', () => {
	test.each([
		// OpenAI's calculator for gpt-image-2, $30 for a million output tokens.
		['gpt-image-2', '1024x1024', 'high', 0.21072],
		['gpt-image-2', '1536x1024', 'high', 0.16464],
		['gpt-image-2', '1024x1536', 'high', 0.16464],
		['gpt-image-2', '1024x640', 'high', 0.11472],
		['gpt-image-2', '3072x1024', 'high', 0.11856],
		['gpt-image-2', '2560x1440', 'high', 0.2211],
		['gpt-image-2', '3840x1280', 'high', 0.15933],
		['gpt-image-2', '2048x2048', 'high', 0.42816],
		['gpt-image-2', '3840x2160', 'high', 0.40026],
		['gpt-image-2', '1024x1024', 'low', 0.00588],
		['gpt-image-2-2026-04-21', '1024x1024', 'low', 0.00588],
		// Its table for the models before.
		['gpt-image-1.5', '1024x1024', 'high', 0.13312],
		['gpt-image-1', '1024x1024', 'low', 0.01088],
		['gpt-image-1', '1024x1536', 'high', 0.2496],
		['gpt-image-1-2025-04-15', '1536x1024', 'medium', 0.06272],
	])('%s, %s, %s: an image is $%d', (model, size, quality, dollars) => {
		const found = estimate(openAi, model, { size, quality })!;
		expect(found.min).toBeCloseTo(dollars, 10);
		expect(found.max).toBeCloseTo(dollars + TEXT(5), 10);
		const four = estimate(openAi, model, { size, quality, count: 4 })!;
		expect(four.min).toBeCloseTo(4 * dollars, 10);
		expect(four.max).toBeCloseTo(4 * (dollars + TEXT(5)), 10);
	});

	test('the mini model has text tokens of its own price', () => {
		const found = estimate(openAi, 'gpt-image-1-mini', { size: '1024x1024', quality: 'high' })!;
		expect(found.min).toBeCloseTo(0.03328, 10);
		expect(found.max).toBeCloseTo(0.03328 + TEXT(2), 10);
	});

	test('what is left to the model counts from the cheapest to the dearest', () => {
		const { min, max } = estimate(openAi, 'gpt-image-1')!;
		expect(min).toBeCloseTo(0.01088, 10);
		expect(max).toBeCloseTo(0.2496 + TEXT(5), 10);
		const automatic = { size: 'auto', quality: 'auto' };
		expect(estimate(openAi, 'gpt-image-1', automatic)).toEqual({ min, max });

		const free = estimate(openAi, 'gpt-image-2')!;
		expect(free.min).toBeCloseTo((54 * 30) / 1e6, 10);
		expect(free.max).toBeCloseTo((15_358 * 30) / 1e6 + TEXT(5), 10);
		const every = ['1440x480', '1024x1024', '2160x2160', '3840x2160'];
		for (const size of every) {
			for (const quality of ['low', 'medium', 'high']) {
				const one = estimate(openAi, 'gpt-image-2', { size, quality })!;
				expect(one.min).toBeGreaterThanOrEqual(free.min);
				expect(one.max).toBeLessThanOrEqual(free.max);
			}
		}
	});

	test('input images count by their number: nobody opens a file or an address for it', () => {
		const asked = { size: '1024x1024', quality: 'low' };
		const one = estimate(openAi, 'gpt-image-1', { ...asked, references: references(1) })!;
		// One tile of 194 tokens, found in the cache; four tiles make 581.
		expect(one.min).toBeCloseTo(0.01088 + (194 * 2.5) / 1e6, 10);
		expect(one.max).toBeCloseTo(0.01088 + (581 * 10) / 1e6 + TEXT(5), 10);
		const faithful = { ...asked, references: references(2), extras: { input_fidelity: 'high' } };
		const two = estimate(openAi, 'gpt-image-1', faithful)!;
		expect(two.max).toBeCloseTo(0.01088 + (2 * 6821 * 10) / 1e6 + TEXT(5), 10);
		const masked = { ...asked, references: references(1), mask: { label: 'mask' } };
		const { max } = estimate(openAi, 'gpt-image-2', masked)!;
		expect(max).toBeCloseTo(0.00588 + (2 * 6821 * 8) / 1e6 + TEXT(5), 10);
	});

	test('each partial image may add 100 output tokens', () => {
		const asked = { size: '1024x1024', quality: 'low', extras: { partial_images: 3 } };
		const found = estimate(openAi, 'gpt-image-2', asked)!;
		expect(found.min).toBeCloseTo(0.00588, 10);
		expect(found.max).toBeCloseTo(0.00588 + (300 * 30) / 1e6 + TEXT(5), 10);
	});

	test.each<[string, Partial<ImageRequest>]>([
		['a-model-of-tomorrow', {}],
		['gpt-image-2.6-flare', { size: '1024x1024', quality: 'low' }],
		['gpt-image-2', { size: '1024x1024', quality: 'xhigh' }],
		['gpt-image-2', { size: 'landscape', quality: 'low' }],
		['gpt-image-1', { size: '512x512', quality: 'low' }],
		['gpt-image-2.5', { size: '1024x1024', quality: 'low', outputFormat: 'gif' }],
		['gpt-image-2.5', { size: '1024x1024', quality: 'low', outputFormat: 'svg' }],
		['gpt-image-2.5', { size: '1024x1024', quality: 'low', extras: { complexity: 'low' } }],
	])('%s with %o has no price that is known', (model, more) => {
		expect(estimate(openAi, model, more)).toBeUndefined();
	});

	test('a background task adds the words of the model that calls the tool, once for each image', () => {
		const asked = { size: '1024x1024', quality: 'low', count: 2 };
		const images = estimate(openAi, 'gpt-image-2', asked)!;
		const luna = estimate(createOpenAiTasks(BASE, 'gpt-6-luna'), 'gpt-image-2', asked)!;
		expect(luna.min).toBeCloseTo(images.min, 10);
		expect(luna.max - images.max).toBeCloseTo((2 * (3113 * 0.1 + 1113 * 0.5)) / 1e6, 10);
		const dearest = estimate(createOpenAiTasks(BASE, AUTOMATIC), 'gpt-image-2', asked)!;
		expect(dearest.max - images.max).toBeCloseTo((2 * (3113 * 2.5 + 1113 * 10)) / 1e6, 10);
		expect(estimate(createOpenAiTasks(BASE, 'gpt-9'), 'gpt-image-2', asked)).toBeUndefined();
	});

	test('nobody tells how much cheaper a task is that may take its time', () => {
		const extras = { background_options: { completion_window: '8h' } };
		const asked = { size: '1024x1024', quality: 'low', extras };
		const found = estimate(createOpenAiTasks(BASE), 'gpt-image-2', asked)!;
		expect(found.min).toBe(0);
		expect(found.max).toBeGreaterThan(0.00588);
	});

	test('a batch costs half', () => {
		const asked = { size: '1024x1024', quality: 'high' };
		const { min, max } = estimate(openAi, 'gpt-image-2', asked)!;
		const batch = estimate(createOpenAiBatches(BASE), 'gpt-image-2', asked);
		expect(batch).toEqual({ min: min / 2, max: max / 2 });
	});
});

describe('EvoLink', () => {
	test('gpt-4o-image has a price for each image, whatever is asked for', () => {
		const found = estimate(evoLink, 'gpt-4o-image', { count: 4, references: references(3) });
		expect(found).toEqual({ min: 0.0832, max: 0.0832 });
	});

	test.each([
		// EvoLink's price page: 10 % less than OpenAI's prices.
		['gpt-image-2', '1024x1024', 'high', 0.189648],
		['gpt-image-1', '1:1', 'low', 0.009792],
		['gpt-image-1', undefined, undefined, 0.14976],
	])('%s, %s, %s: an image is $%d', (model, size, quality, dollars) => {
		const found = estimate(evoLink, model, { size, quality })!;
		expect(found.min).toBeCloseTo(dollars, 10);
		expect(found.max).toBeCloseTo(dollars + TEXT(4.5), 10);
	});

	test('an aspect ratio has about as many pixels as the resolution says', () => {
		const asked = { size: '1:1', quality: 'high' };
		const usual = estimate(evoLink, 'gpt-image-2', asked)!;
		expect(usual.min).toBeCloseTo(0.189648, 10);
		expect(estimate(evoLink, 'gpt-image-2', { ...asked, resolution: '1K' })).toEqual(usual);
		const twice = estimate(evoLink, 'gpt-image-2', { ...asked, resolution: '2K' })!;
		expect(twice.min).toBeCloseTo(0.385344, 10);
		const wide = { size: '16:9', quality: 'high', resolution: '4K' };
		const most = estimate(evoLink, 'gpt-image-2', wide)!;
		// 3840x2160: 13,342 tokens.
		expect(most.min).toBeCloseTo(0.360234, 10);
		const tall = { size: '9:16', quality: 'high', resolution: '4K' };
		expect(estimate(evoLink, 'gpt-image-2', tall)).toEqual(most);
		const unknown = estimate(evoLink, 'gpt-image-2', { ...asked, resolution: '8K' });
		expect(unknown).toBeUndefined();
	});

	test("EvoLink's price page has its range for all that can be chosen", () => {
		const { min } = estimate(evoLink, 'gpt-image-2')!;
		const { max } = estimate(evoLink, 'gpt-image-2', { references: references(16) })!;
		expect(min).toBeLessThanOrEqual(0.0017);
		expect(max).toBeGreaterThanOrEqual(0.817);
	});

	test.each([
		['some-other-model', '1:1', 'low'],
		['gpt-image-2', '1024x1024', 'max'],
	])('%s, %s, %s has no price that is known', (model, size, quality) => {
		expect(estimate(evoLink, model, { size, quality })).toBeUndefined();
	});
});

describe('Core.Today', () => {
	test.each([
		['low', 0.045],
		['medium', 0.176],
		['high', 0.48],
		['auto', 0.48],
		[undefined, 0.48],
	])('%s: an image is $%d, in every size', (quality, dollars) => {
		for (const size of [undefined, '1:1', '2:3']) {
			const found = estimate(coreToday, 'openai/gpt-image-2', { quality, size, count: 3 })!;
			expect(found.min).toBeCloseTo(3 * dollars, 10);
			expect(found.max).toBe(found.min);
		}
	});

	test.each([
		['black-forest-labs/flux', 'low'],
		['openai/gpt-image-2', 'fine'],
	])('%s with %s has no price that is known', (model, quality) => {
		expect(estimate(coreToday, model, { quality })).toBeUndefined();
	});
});

describe('prices of a person', () => {
	const asked = { model: 'any', prompt: PROMPT, count: 2, references: [] };
	test.each([
		['OpenAI', openAi],
		['EvoLink', evoLink],
		['Core.Today', coreToday],
		['a gateway', createChatGateway(BASE)],
	])('for each image, at %s', (_, provider) => {
		expect(provider.estimate(asked, { perImage: 0.05 })).toEqual({ min: 0.1, max: 0.1 });
	});

	test('by tokens, where their number is known', () => {
		const tokens = { textIn: 1, imageIn: 1, imageOut: 10 };
		const request = { ...asked, model: 'gpt-image-2', size: '1024x1024', quality: 'high' };
		expect(openAi.estimate(request, { tokens })!.min).toBeCloseTo((2 * 7024 * 10) / 1e6, 10);
		expect(openAi.estimate(asked, { tokens })).toBeUndefined();
		expect(createChatGateway(BASE).estimate(asked)).toBeUndefined();
	});
});
