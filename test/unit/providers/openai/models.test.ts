// What each of OpenAI's image models takes, held against its reference.
import type { ImageModel } from 'openai/resources/images';

import type { ImageRequest } from '../../../../providers/contract';
import { checkRequest } from '../../../../providers/limits/checkRequest';
import { labelOf } from '../../../../providers/limits/modelRows';
import {
	automaticChatModel,
	CHAT_MODEL_NAMES,
	chatModelsIn,
	DEFAULT_MODEL,
	IMAGE_MODELS,
	KNOWN_MODELS,
	limitsOf,
	shutdownOf,
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
	it('takes 16 references of less than 50 MB and a mask of less than 4 MB', () => {
		const references = images(16).map(({ label }) =>
			imageWith(label, { type: 'jpeg', bytes: 50 * MEGABYTE - 1 }),
		);
		const mask = imageWith('mask', { bytes: 4 * MEGABYTE - 1, hasAlpha: true });
		passes({ model, references, mask });
	});
	it('refuses a reference of just 50 MB and a mask of just 4 MB', () => {
		const references = [imageWith('photo', { bytes: 50 * MEGABYTE })];
		expect(fails({ model, references }).message).toBe(
			`The input image "photo" has 50.0 MB. ${model} takes less than 50 MB.`,
		);
		const mask = imageWith('mask', { bytes: 4 * MEGABYTE, hasAlpha: true });
		expect(fails({ model, references: images(1), mask }).message).toBe(
			`The mask "mask" has 4.0 MB. ${model} takes less than 4 MB.`,
		);
	});
	it('takes a prompt of 32,000 characters', () => passes({ model, prompt: '가'.repeat(32_000) }));
	test.each([
		['moderation', 'low'],
		['safety_identifier', 'b7f2'],
		['stream', true],
		['partial_images', 3],
	])('takes %s', (name, value) => passes({ model, extras: { [name]: value } }));
	test.each([
		['style', 'Style'],
		['response_format', 'Response Format'],
	])(
		'refuses %s, which OpenAI answers with unknown_parameter, by the name of its field',
		(name, field) => {
			expect(fails({ model, extras: { [name]: 'url' } })).toEqual({
				kind: 'badInput',
				message: `${model} has no setting "${field}".`,
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
			message: `${model} doesn't take the Size "1536x864".`,
			advice: 'Choose one of: auto, 1024x1024, 1536x1024, 1024x1536.',
		});
	});

	test.each([...SECOND, ...NEWEST])('%s has any size within its rules', (model) => {
		passes({ model, size: '1536x864' });
		passes({ model, size: '3840x2160' });
		expect(fails({ model, size: '1000x1000' }).message).toBe(
			`${model} doesn't take the Size "1000x1000": both sides must be divisible by 16.`,
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

const GIF = { outputFormat: 'gif', extras: { frame_count: 16, frame_duration_ms: 40 } };
const SVG = { outputFormat: 'svg', extras: { svg: { model: 'gpt-6-astra' } } };
const markup = imageWith('markup', { hasAlpha: true });

describe.each([...NEWEST, 'gpt-image-2.6-sunburst', 'gpt-image-2.6-flare'])(
	'what came with 2.5 and 2.6, on %s',
	(model) => {
		it('is taken', () => {
			for (const complexity of ['low', 'medium', 'high']) passes({ model, extras: { complexity } });
			for (const frame_count of [2, 9, 16]) {
				passes({ model, outputFormat: 'gif', extras: { frame_count } });
			}
			for (const partial_images of [0, 1, 2, 3]) passes({ model, extras: { partial_images } });
			passes({ model, ...GIF, size: '512x512', background: 'transparent' });
			passes({ model, ...SVG, count: 3 });
			passes({ model, references: images(2), markup });
		});

		test.each<[string, Partial<ImageRequest>, string]>([
			[
				'one frame',
				{ outputFormat: 'gif', extras: { frame_count: 1 } },
				'doesn\'t take the Frame Count "1".',
			],
			[
				'frames of a picture that stands still',
				{ extras: { frame_count: 4 } },
				'The setting "Frame Count" works only with the Output Format GIF.',
			],
			[
				'their duration',
				{ extras: { frame_duration_ms: 40 }, outputFormat: 'png' },
				'The setting "Frame Duration (Milliseconds)" works only with the Output Format GIF.',
			],
			[
				'a model that writes an SVG for another picture',
				{ extras: { svg: { model: 'gpt-6-astra' } } },
				'The setting "SVG Model" works only with the Output Format SVG.',
			],
			[
				'17 frames',
				{ outputFormat: 'gif', extras: { frame_count: 17 } },
				'doesn\'t take the Frame Count "17".',
			],
			[
				'another complexity',
				{ extras: { complexity: 'huge' } },
				'doesn\'t take the Complexity "huge".',
			],
			[
				'a GIF that is streamed',
				{ outputFormat: 'gif', extras: { stream: true } },
				'makes no GIF with Stream.',
			],
			[
				'an SVG with drafts',
				{ outputFormat: 'svg', extras: { partial_images: 1 } },
				'makes no SVG with Partial Images.',
			],
			[
				'a GIF through a mask',
				{ outputFormat: 'gif', references: images(1), mask: imageWith('mask', { hasAlpha: true }) },
				'makes no GIF with a Mask.',
			],
			[
				'a mask and a markup',
				{ references: images(1), markup, mask: imageWith('mask', { hasAlpha: true }) },
				'takes a Mask or a Markup, not both.',
			],
		])('but not %s', (_what, request, message) => {
			const whole = message.startsWith('The ') ? message : `${model} ${message}`;
			expect(fails({ model, ...request }).message).toBe(whole);
		});
	},
);

describe('a markup is refused', () => {
	const model = 'gpt-image-2.5-flare';
	test.each<[string, Partial<ImageRequest>, string]>([
		['without an input image', { markup }, 'There is a Markup but no input image.'],
		[
			'as a JPEG',
			{ references: images(1), markup: imageWith('marks', { type: 'jpeg' }) },
			`The markup "marks" is a JPEG file. ${model} takes PNG.`,
		],
		[
			'without transparency',
			{ references: images(1), markup: imageWith('marks', { hasAlpha: false }) },
			'The markup "marks" has no transparent part.',
		],
		[
			'that is opaque everywhere',
			{
				references: images(1),
				markup: imageWith('marks', {
					hasAlpha: true,
					pixels: { isOpaque: true, isBlackAndWhite: false, hasWhite: true },
				}),
			},
			'The markup "marks" has no transparent part.',
		],
		[
			'in another size',
			{ references: images(1), markup: imageWith('marks', { hasAlpha: true, width: 32 }) },
			'The markup "marks" is 32 × 64 pixels, the input image "image 0" is 64 × 64.',
		],
	])('%s', (_rule, request, message) => {
		expect(fails({ model, ...request }).message).toBe(message);
	});

	test.each([...FIXED_SIZE_MODELS, ...SECOND])('by %s', (older) => {
		expect(fails({ model: older, references: images(1), markup }).message).toBe(
			`${older} can't work with a Markup here.`,
		);
		expect(fails({ model: older, extras: { complexity: 'low' } }).message).toBe(
			`${older} has no setting "Complexity".`,
		);
		for (const outputFormat of ['gif', 'svg']) {
			expect(fails({ model: older, outputFormat }).message).toBe(
				`${older} doesn't take the Output Format "${outputFormat}".`,
			);
		}
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
			expect(taskLimitsOf(model)).toMatchObject({ maxPerTask: 1, counts, prompt });
		},
	);

	it('takes what the tool takes, and has no markup', () => {
		const model = 'gpt-image-2.5-flare';
		const checkTask = (request: Partial<ImageRequest>) => () =>
			checkRequest(requestWith({ model, ...request }), taskLimitsOf(model));
		const extras = { background_options: { completion_window: '8h' }, complexity: 'low' };
		expect(checkTask({ extras })).not.toThrow();
		expect(checkTask({ extras: { moderation: 'low' }, references: images(1) })).not.toThrow();
		expect(failureOf(checkTask({ references: images(1), markup })).message).toBe(
			`${model} can't work with a Markup here.`,
		);
		expect(fails({ model, extras }).message).toBe(`${model} has no setting "Completion Window".`);
	});

	it('keeps input images close only where there are some', () => {
		const request = requestWith({ model: 'gpt-image-1.5', extras: { input_fidelity: 'high' } });
		const limits = taskLimitsOf(request.model);
		expect(failureOf(() => checkRequest(request, limits)).message).toBe(
			'The setting "Input Fidelity" works only with input images.',
		);
		expect(() => checkRequest({ ...request, references: images(1) }, limits)).not.toThrow();
	});

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

	test.each(['png', 'webp', 'jpeg'] as const)('takes a %s of less than 4 MB', (type) => {
		const references = [imageWith('data', { type, bytes: 4 * MEGABYTE - 1 })];
		expect(() => checkVariation(requestWith({ references }))).not.toThrow();
	});

	refusals(checkVariation, [
		[
			'of a GIF',
			{ model: 'dall-e-2', references: [imageWith('data', { type: 'gif' })] },
			'The input image "data" is a GIF file. dall-e-2 takes PNG, WebP, JPEG.',
			'Convert it to PNG, WebP, JPEG, for instance with the Edit Image node.',
		],
		[
			'of just 4 MB',
			{ model: 'dall-e-2', references: [imageWith('data', { bytes: 4 * MEGABYTE })] },
			'The input image "data" has 4.0 MB. dall-e-2 takes less than 4 MB.',
			'Make the picture smaller, for instance with the Edit Image node.',
		],
		[
			'eleven times',
			{ model: 'dall-e-2', references: images(1), count: 11 },
			'dall-e-2 makes 1 to 10 images at a time, not 11.',
			'Set Number of Images to 1 to 10.',
		],
		[
			'of two images',
			{ model: 'dall-e-2', references: images(2) },
			'dall-e-2 takes at most 1 input image, 2 were given.',
			'Take away 1 of them.',
		],
		[
			'of 5 MB',
			{ model: 'dall-e-2', references: [imageWith('data', { bytes: 5 * MEGABYTE })] },
			'The input image "data" has 5.0 MB. dall-e-2 takes less than 4 MB.',
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

describe('Automatic takes', () => {
	const list = (...ids: string[]) => ids.map((id) => ({ id }));
	test.each([
		['the newest', list('gpt-4o', 'gpt-4o-mini', 'gpt-6-luna', 'gpt-image-2'), 'gpt-6-luna'],
		[
			'its dated name, where there is no other',
			list('gpt-6-luna-2026-09-22', 'gpt-4o'),
			'gpt-6-luna-2026-09-22',
		],
		['what lives on until later', list('gpt-4o', 'gpt-4o-mini'), 'gpt-4o-mini'],
		['a small one of others', list('llama-9-large', 'gemma-mini', 'tts-1-mini'), 'gemma-mini'],
		['any other one', list('whisper-1', 'llama-9'), 'llama-9'],
		['the newest, where none of the list can write', list('gpt-image-2', 'tts-1'), 'gpt-6-luna'],
		['the newest, without a list', [], 'gpt-6-luna'],
	])('%s', (_rule, listed, id) => {
		expect(automaticChatModel(listed).id).toBe(id);
	});
});

describe('what a person reads of a model', () => {
	const FOLLOWERS_END = { date: '2026-12-01', next: 'gpt-image-2.6-sunburst' };
	const GPT_4O_END = { date: '2027-01-14', next: 'gpt-6-luna' };

	test.each<[model: string, label: string | undefined, end: object | undefined]>([
		['gpt-image-2.6', 'GPT Image 2.6 · newest', undefined],
		['gpt-image-2.6-sunburst', 'GPT Image 2.6 Sunburst · newest', undefined],
		['gpt-image-2.6-flare', 'GPT Image 2.6 Flare · newest', undefined],
		['gpt-image-2.5', 'GPT Image 2.5 · animations and SVG', undefined],
		['gpt-image-2', 'GPT Image 2 · best text', undefined],
		['chatgpt-image-latest', 'ChatGPT Image', FOLLOWERS_END],
		['gpt-image-1.5', 'GPT Image 1.5', FOLLOWERS_END],
		['gpt-image-1-mini', 'GPT Image 1 Mini · cheapest', FOLLOWERS_END],
		['gpt-image-1', 'GPT Image 1', { date: '2026-10-23', next: 'gpt-image-2.5-sunburst' }],
		['gpt-6-luna', 'GPT-6 Luna · cheapest', undefined],
		['gpt-4o-mini', 'GPT-4o Mini', GPT_4O_END],
		['gpt-4o-2024-08-06', 'GPT-4o (2024-08-06)', GPT_4O_END],
		['gpt-5', undefined, undefined],
	])('%s: its name is %s, and when it ends', (model, label, end) => {
		expect(labelOf(KNOWN_MODELS, model)).toBe(label);
		expect(shutdownOf(model)).toEqual(end);
	});

	it('comes in an order in which the newest is first', () => {
		expect(KNOWN_MODELS.map(({ name }) => name)).toEqual([
			'gpt-image-2.6',
			'gpt-image-2.5',
			'gpt-image-2',
			'chatgpt-image-latest',
			'gpt-image-1.5',
			'gpt-image-1-mini',
			'gpt-image-1',
			'gpt-6-luna',
			'gpt-4o-mini',
			'gpt-4o',
		]);
		expect(CHAT_MODEL_NAMES).toEqual(['gpt-6-luna', 'gpt-4o-mini', 'gpt-4o']);
	});

	it('has prices with the day and the place where they were read', () => {
		const origins = IMAGE_MODELS.map(({ prices }) => prices && [prices.date, prices.source]);
		const read = ['2026-11-28', "OpenAI's price page"];
		expect(origins).toEqual([undefined, read, read, read, read, read, read]);
		for (const { freeSizes } of IMAGE_MODELS) {
			if (freeSizes) {
				expect(freeSizes).toMatchObject({
					date: '2026-11-28',
					source: "OpenAI's guide to image generation",
				});
			}
		}
	});
});

describe('the models that answer in words', () => {
	test.each([
		['gpt-4o', true],
		['o4-mini', true],
		['llama-9', true],
		['gpt-image-2', false],
		['chatgpt-image-latest', false],
		['DALL-E-3', false],
		['text-embedding-3-small', false],
		['whisper-1', false],
		['gpt-4o-mini-tts', false],
		['gpt-audio', false],
		['gpt-realtime', false],
		['omni-moderation-latest', false],
		['gpt-4o-transcribe', false],
		['sora-2', false],
		['davinci-002', false],
		['babbage-002', false],
	])('%s is one of them: %s', (id, isOne) => {
		expect(chatModelsIn([{ id }])).toEqual(isOne ? [{ id }] : []);
	});

	test.each(['gpt-9-luna', 'gpt-9-mini', 'gpt-9-nano', 'gemini-flash', 'mistral-Small'])(
		'%s is a small one, that Automatic takes before others',
		(id) => {
			expect(automaticChatModel([{ id: 'llama-9' }, { id }])).toEqual({ id });
		},
	);
});

describe('what a model is asked for without words for it', () => {
	it('keeps to the rules of sizes, and says which they are', () => {
		const { pixels, ratioStep, drawnPixels } = limitsOf('gpt-image-2');
		const rules = { step: 16, maxRatio: 3, longest: [3840, 2160], min: 655_360, max: 8_294_400 };
		expect({ pixels, ratioStep, drawnPixels }).toEqual({
			pixels: rules,
			ratioStep: 16,
			drawnPixels: rules,
		});
		expect(limitsOf('gpt-image-2.5').formatLimits?.gif?.drawnPixels).toEqual({
			...rules,
			longest: [960, 720],
			min: 102_400,
			max: 518_400,
		});
	});

	test.each([
		['gpt-image-3', 16],
		['gpt-image-2.6', 16],
		['my-gpt-image-3', undefined],
		['gpt-image', undefined],
		['gpt-image-1', undefined],
	])('%s takes pixels only, so that a ratio becomes some: %s', (model, step) => {
		expect(limitsOf(model).ratioStep).toBe(step);
	});
});

test('the default model is one that OpenAI still offers', () => {
	expect(DEFAULT_MODEL).toBe('gpt-image-2');
});
