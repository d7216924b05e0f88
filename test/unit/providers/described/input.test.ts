// A model's input: what it says is offered, checked and sent, in the dialect of fal's models.
import type { ImageRequest } from '../../../../providers/contract';
import type { ModelFacts } from '../../../../providers/described/describedModels';
import { ownFieldsOf, sizeWay } from '../../../../providers/described/dialect';
import { inputOf } from '../../../../providers/described/input';
import { limitsOf } from '../../../../providers/described/limits';
import { DIALECT } from '../../../../providers/fal/models';
import { checkedParts } from '../../../../providers/limits/requestParts';
import { failureOf, requestWith } from '../support';
import {
	BANANA,
	factsWith,
	FLUX,
	GPT,
	MODEL,
	PRESETS,
	references,
	text,
	UPSCALER,
	urls,
} from './models';

const sent = ({ fields }: ModelFacts, request: Partial<ImageRequest>) =>
	inputOf(requestWith({ model: MODEL, prompt: 'A fox', ...request }), fields, DIALECT);

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
		[UPSCALER, { size: '1:1', prompt: '' }, /has no setting "Size"/],
		[FLUX, { outputFormat: 'webp' }, /doesn't take the Output Format "webp"/],
		[FLUX, { quality: 'high' }, /has no setting "Quality"/],
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
		expect(failureOf(() => checkedParts(whole, limitsOf(facts.fields, DIALECT)))).toMatchObject({
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
		checkedParts(requestWith({ model: MODEL, count }), limitsOf(facts.fields, DIALECT)).map(
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
		expect(
			[...FLUX.fields!.keys()].filter((name) => !ownFieldsOf(FLUX.fields!, DIALECT).has(name)),
		).toEqual(['seed', 'guidance_scale']);
	});

	it('offer the sizes of the model', () => {
		expect(sizeWay(FLUX.fields!, DIALECT)).toEqual({
			name: 'image_size',
			choices: PRESETS,
			isFree: true,
		});
		expect(sizeWay(BANANA.fields!, DIALECT)).toMatchObject({
			choices: ['auto', '1:1', '16:9'],
			isFree: false,
		});
		expect(sizeWay(UPSCALER.fields!, DIALECT)).toEqual({
			name: undefined,
			choices: [],
			isFree: false,
		});
	});
});
