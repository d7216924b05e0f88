// The size that each known model draws a format at, by table: exact where it can be, else the nearest of that ratio.
import {
	limitsOf as coreToday,
	IMAGE_MODELS as CORE_TODAY,
} from '../../../../providers/coretoday/models';
import { limitsOf as evoLink, IMAGE_MODELS as EVOLINK } from '../../../../providers/evolink/models';
import { cutOff, nearestSize } from '../../../../providers/limits/nearestSize';
import { limitsOf as openAi, IMAGE_MODELS as OPENAI } from '../../../../providers/openai/models';
import type { ModelLimits, PixelLimits } from '../../../../providers/contract';

const FORMATS = [
	[1080, 1350],
	[1080, 1080],
	[1200, 628],
	[1000, 1500],
	[1080, 1920],
	[1600, 900],
	[1280, 720],
] as const;

const FREE = [
	'1088x1360',
	'1088x1088',
	'1376x720',
	'1024x1536',
	'1152x2048',
	'1792x1008',
	'1280x720',
];
const FIXED = [
	'1024x1536',
	'1024x1024',
	'1536x1024',
	'1024x1536',
	'1024x1536',
	'1536x1024',
	'1536x1024',
];
const THREE_RATIOS = ['2:3', '1:1', '3:2', '2:3', '2:3', '3:2', '3:2'];
const USUAL_RATIOS = ['4:5', '1:1', '16:9', '2:3', '9:16', '16:9', '16:9'];

const TABLE: Array<[who: string, limits: ModelLimits, sizes: string[]]> = [
	['OpenAI gpt-image-2.6-sunburst', openAi('gpt-image-2.6-sunburst'), FREE],
	['OpenAI gpt-image-2.5-flare', openAi('gpt-image-2.5-flare'), FREE],
	['OpenAI gpt-image-2', openAi('gpt-image-2'), FREE],
	['OpenAI chatgpt-image-latest', openAi('chatgpt-image-latest'), FIXED],
	['OpenAI gpt-image-1.5', openAi('gpt-image-1.5'), FIXED],
	['OpenAI gpt-image-1-mini', openAi('gpt-image-1-mini'), FIXED],
	['OpenAI gpt-image-1', openAi('gpt-image-1-2025-04-15'), FIXED],
	['OpenAI, one named since', openAi('gpt-image-3'), FREE],
	['a server like OpenAI', openAi('flux'), FREE],
	['EvoLink gpt-image-2.6', evoLink('gpt-image-2.6'), FREE],
	['EvoLink gpt-image-2.5', evoLink('gpt-image-2.5'), FREE],
	['EvoLink gpt-image-2', evoLink('gpt-image-2'), FREE],
	['EvoLink gpt-image-1', evoLink('gpt-image-1'), THREE_RATIOS],
	['EvoLink gpt-4o-image', evoLink('gpt-4o-image'), THREE_RATIOS],
	['EvoLink, any other', evoLink('seedream-5'), USUAL_RATIOS],
	['Core.Today openai/gpt-image-2', coreToday('openai/gpt-image-2'), THREE_RATIOS],
	['Core.Today, any other', coreToday('google/nano-banana'), USUAL_RATIOS],
];

test('the table has every known model', () => {
	const known = [
		...OPENAI.map(({ name }) => `OpenAI ${name}`),
		...EVOLINK.map(({ name }) => `EvoLink ${name}`),
		...CORE_TODAY.map(({ name }) => `Core.Today ${name}`),
	];
	const tested = TABLE.map(([who]) => who.replace(/-(sunburst|flare)$/, ''));
	expect(tested).toEqual(expect.arrayContaining(known));
});

test.each(TABLE)('%s', (_who, limits, sizes) => {
	expect(FORMATS.map(([width, height]) => nearestSize({ width, height }, limits))).toEqual(sizes);
});

test.each([
	['as it is, where both sides are whole blocks', 1280, 640, '1280x640'],
	['a very small one grows', 300, 250, '960x800'],
	['a very large one shrinks', 8000, 8000, '2160x2160'],
	['a very large wide one', 10_000, 5000, '3840x1920'],
	['longer than the model draws: as long as it does', 728, 90, '1440x480'],
	['the same upright', 90, 728, '480x1440'],
])('on gpt-image-2, %s', (_what, width, height, size) => {
	expect(nearestSize({ width, height }, openAi('gpt-image-2'))).toBe(size);
});

const WORDS: ModelLimits = {
	prompt: {},
	counts: [1],
	references: { max: 1, maxBytes: 1, types: [] },
	mask: 'none',
	sizeInWords: true,
};

test('in words alone there is no size to choose, but a list of sizes goes before that', () => {
	const wanted = { width: 1080, height: 1350 };
	expect(nearestSize(wanted, WORDS)).toBeUndefined();
	expect(nearestSize(wanted, { ...WORDS, sizes: ['auto', '16:9', '4:5'] })).toBe('4:5');
	expect(nearestSize(wanted, { ...WORDS, sizes: ['auto'] })).toBeUndefined();
});

test('of two sizes that are as near, the first is taken', () => {
	const square = { width: 100, height: 100 };
	const limits = { ...WORDS, sizes: ['2:3', '3:2', '1024x1536'] };
	expect(nearestSize(square, limits)).toBe('2:3');
	expect(nearestSize(square, { ...WORDS, sizes: ['3:2', '2:3'] })).toBe('3:2');
	expect(nearestSize({ width: 2, height: 3 }, limits)).toBe('2:3');
});

describe('pixels of a model whose blocks are large', () => {
	const pixels: PixelLimits = {
		step: 100,
		maxRatio: 4,
		longest: [2000, 1500],
		min: 90_000,
		max: 2_000_000,
	};
	const limits: ModelLimits = { ...WORDS, sizeInWords: false, pixels };
	test.each([
		['as they are wanted', 500, 300, '500x300'],
		['of the same ratio, rather larger than smaller', 450, 450, '500x500'],
		['of the same ratio, though smaller, where no larger ones are near', 310, 620, '300x600'],
		['of the nearest ratio with enough pixels', 360, 240, '500x300'],
		['of the nearest ratio', 730, 510, '700x500'],
		['as few as there may be', 30, 30, '300x300'],
		['as many as there may be', 4000, 4000, '1400x1400'],
		['no longer than there may be', 5000, 2500, '2000x1000'],
		['no longer for their width than there may be', 900, 100, '800x200'],
	])('are %s', (_rule, width, height, size) => {
		expect(nearestSize({ width, height }, limits)).toBe(size);
		expect(nearestSize({ width: height, height: width }, limits)).toBe(
			size.split('x').reverse().join('x'),
		);
	});

	it('are drawn at other ones than are taken, where the model says so', () => {
		const drawnPixels = { ...pixels, max: 1_000_000 };
		const square = { width: 4000, height: 4000 };
		expect(nearestSize(square, { ...limits, drawnPixels })).toBe('1000x1000');
		const formatLimits = { gif: { drawnPixels: { ...pixels, max: 250_000 } } };
		const both = { ...limits, drawnPixels, formatLimits };
		expect(nearestSize(square, both, { outputFormat: 'gif' })).toBe('500x500');
		expect(nearestSize(square, both, { outputFormat: 'png' })).toBe('1000x1000');
		expect(nearestSize(square, both, { resolution: '2K' })).toBe('1:1');
	});
});

test('every own format has a size that the model draws', () => {
	const { pixels } = openAi('gpt-image-2');
	for (let width = 16; width <= 9000; width = Math.ceil(width * 1.37)) {
		for (let height = 16; height <= 9000; height = Math.ceil(height * 1.41)) {
			const size = nearestSize({ width, height }, openAi('gpt-image-2'))!;
			const [across, down] = size.split('x').map(Number) as [number, number];
			const [short, long] = [Math.min(across, down), Math.max(across, down)];
			const isDrawn =
				across % pixels!.step === 0 &&
				down % pixels!.step === 0 &&
				long <= short * pixels!.maxRatio &&
				long <= pixels!.longest[0] &&
				short <= pixels!.longest[1] &&
				across * down >= pixels!.min &&
				across * down <= pixels!.max;
			expect([width, height, size, isDrawn]).toEqual([width, height, size, true]);
		}
	}
});

test('with a resolution it is a ratio, and a GIF has small frames', () => {
	const story = { width: 1080, height: 1920 };
	expect(nearestSize(story, evoLink('gpt-image-2'), { resolution: '2K' })).toBe('9:16');
	const gif = { outputFormat: 'gif' };
	expect(nearestSize(story, openAi('gpt-image-2.5'), gif)).toBe('432x768');
	expect(nearestSize(story, openAi('gpt-image-2.6'), gif)).toBe('432x768');
});

test.each([
	[1080, 1920, '1024x1536', 0.156],
	[1200, 628, '3:2', 0.215],
	[1080, 1350, '1088x1360', 0],
	[90, 728, '1:1', 0.876],
	[1080, 1350, 'auto', 0],
	[1080, 1350, '1:1:1', 0],
	[1080, 1350, 'x1:1', 0],
	[1080, 1350, '0:1', 0],
	[1080, 1350, '1x0', 0],
	[2350, 1000, '2.35:1', 0],
	[1000, 500, '1:1.5', 2 / 3],
])('of %s × %s drawn at %s, so much is cut off: %s', (width, height, size, part) => {
	expect(cutOff({ width, height }, size)).toBeCloseTo(part, 3);
});
