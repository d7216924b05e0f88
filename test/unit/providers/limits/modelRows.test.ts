// A model's names: its dated ones belong to its family, in the same way at every provider.
import * as coreToday from '../../../../providers/coretoday/models';
import * as evoLink from '../../../../providers/evolink/models';
import { chatLabelOf, chatRankOf } from '../../../../providers/chat/models';
import { labelOf, namePattern, rankOf, rowOf } from '../../../../providers/limits/modelRows';
import * as openAi from '../../../../providers/openai/models';

const PROVIDERS = { openAi, evoLink, coreToday };

describe('a name finds its family', () => {
	test.each<[keyof typeof PROVIDERS, string, string | undefined]>([
		['openAi', 'gpt-image-1', 'gpt-image-1'],
		['openAi', 'gpt-image-1-2025-04-15', 'gpt-image-1'],
		['openAi', 'gpt-image-1-mini', 'gpt-image-1-mini'],
		['openAi', 'gpt-image-1-mini-2025-10-06', 'gpt-image-1-mini'],
		['openAi', 'gpt-image-1.5-2025-12-16', 'gpt-image-1.5'],
		['openAi', 'chatgpt-image-latest', 'chatgpt-image-latest'],
		['openAi', 'gpt-image-2-2026-04-21', 'gpt-image-2'],
		['openAi', 'gpt-image-2.5-sunburst', 'gpt-image-2.5'],
		['openAi', 'gpt-image-2.5-flare-2026-09-08', 'gpt-image-2.5'],
		['openAi', 'gpt-image-2.6-sunburst', 'gpt-image-2.6'],
		['openAi', 'gpt-image-2.6-flare', 'gpt-image-2.6'],
		['openAi', 'gpt-image-2.6-flare-2026-11-24', 'gpt-image-2.6'],
		// Another word makes another model, of which nothing is known.
		['openAi', 'gpt-image-2-mini', undefined],
		['openAi', 'gpt-image-20', undefined],
		['openAi', 'gpt-image-1x5', undefined],
		['openAi', 'my-gpt-image-1', undefined],
		['openAi', 'dall-e-3', undefined],
		['openAi', '', undefined],
		['openAi', '__proto__', undefined],
		['evoLink', 'gpt-4o-image', 'gpt-4o-image'],
		['evoLink', 'gpt-4o-image-2025-05-01', 'gpt-4o-image'],
		['evoLink', 'gpt-image-1-2025-04-15', 'gpt-image-1'],
		['evoLink', 'gpt-image-1-mini', undefined],
		['evoLink', 'gpt-image-2.5-flare-2026-09-08', 'gpt-image-2.5'],
		['evoLink', 'gpt-image-2.6-sunburst', 'gpt-image-2.6'],
		['coreToday', 'openai/gpt-image-2', 'openai/gpt-image-2'],
		['coreToday', 'openai/gpt-image-2-2026-04-21', 'openai/gpt-image-2'],
		['coreToday', 'gpt-image-2', 'openai/gpt-image-2'],
		['coreToday', 'openai/gpt-image-2.5', undefined],
		['coreToday', 'x/gpt-image-2', undefined],
	])('%s: %s is %s', (provider, model, family) => {
		const { modelRowOf } = PROVIDERS[provider];
		expect(modelRowOf(model)?.name).toBe(family);
	});

	it('without a model there is none', () => {
		expect(rowOf([{ name: 'a' }], undefined)).toBeUndefined();
	});
});

describe('a dated name has the limits of its family', () => {
	test.each<[keyof typeof PROVIDERS, string, string]>([
		['openAi', 'gpt-image-1-2025-04-15', 'gpt-image-1'],
		['openAi', 'gpt-image-2.5-flare-2026-09-08', 'gpt-image-2.5'],
		['evoLink', 'gpt-4o-image-2025-05-01', 'gpt-4o-image'],
		['evoLink', 'gpt-image-1-2025-04-15', 'gpt-image-1'],
		['coreToday', 'openai/gpt-image-2-2026-04-21', 'openai/gpt-image-2'],
	])('%s: %s', (provider, dated, family) => {
		const { limitsOf } = PROVIDERS[provider];
		expect(limitsOf(dated)).toEqual(limitsOf(family));
		expect(limitsOf(dated)).not.toEqual(limitsOf('a-model-of-next-year'));
	});
});

test('a pattern takes each name of its families, and signs in a name for themselves', () => {
	const families = [
		{ name: 'a.1', otherNames: ['x/a.1'] },
		{ name: 'b', variants: ['flare'] },
	];
	const pattern = new RegExp(namePattern(families));
	const names = ['a.1', 'x/a.1', 'a.1-2026', 'a.1-latest', 'b', 'b-flare', 'b-flare-2026-09-08'];
	for (const name of names) expect(name).toMatch(pattern);
	const others = ['aX1', 'a.1-flare', 'b-flares', 'bb', '', 'xa.1', 'a.1-', 'a.1-x', 'a.1-latest2'];
	for (const name of others) expect(name).not.toMatch(pattern);
	for (const name of ['a.1-preview', 'b-2.1_x', 'x/a.1-9']) expect(name).toMatch(pattern);
});

test.each(['a+b', 'a*b', 'a?b', 'a(b)', 'a[b]', 'a{1}', 'a|b', '^a$', 'a\\b', 'a/b'])(
	'a pattern takes the name %s as it is written',
	(name) => {
		const pattern = new RegExp(namePattern([{ name }]));
		expect(`${name}-2026`).toMatch(pattern);
		for (const other of ['aab', 'ab', 'a', 'b', 'a1']) expect(other).not.toMatch(pattern);
	},
);

test('a model without a title has no label, and one without a note has its title alone', () => {
	const rows = [
		{ name: 'a', title: 'A', variants: ['x'] },
		{ name: 'b', note: 'good' },
	];
	expect(['a', 'a-x', 'a-x-1', 'b', 'c'].map((model) => labelOf(rows, model))).toEqual([
		'A',
		'A X',
		'A X (1)',
		undefined,
		undefined,
	]);
});

test.each(Object.entries(PROVIDERS))(
	'%s: every price says when and where it was read',
	(_, { IMAGE_MODELS }) => {
		for (const { prices } of IMAGE_MODELS) {
			if (!prices) continue;
			expect(prices.date).toMatch(/^20\d\d-\d\d-\d\d$/);
			expect(prices.source).not.toBe('');
		}
	},
);

describe('what a person reads in place of the name', () => {
	test.each<[keyof typeof PROVIDERS, string, string | undefined]>([
		['openAi', 'gpt-image-2', 'GPT Image 2 · best text'],
		['openAi', 'gpt-image-2-2026-04-21', 'GPT Image 2 (2026-04-21) · best text'],
		['openAi', 'gpt-image-2.6-flare', 'GPT Image 2.6 Flare · newest'],
		['openAi', 'gpt-image-1-mini', 'GPT Image 1 Mini · cheapest'],
		[
			'openAi',
			'gpt-image-2.5-flare-2026-09-08',
			'GPT Image 2.5 Flare (2026-09-08) · animations and SVG',
		],
		['openAi', 'gpt-image-2.5-2026-09-08', 'GPT Image 2.5 (2026-09-08) · animations and SVG'],
		['coreToday', 'openai/gpt-image-2-2026-04-21', 'GPT Image 2 (2026-04-21) · best text'],
		['openAi', 'chatgpt-image-latest', 'ChatGPT Image'],
		['openAi', 'gpt-image-3', undefined],
		['evoLink', 'gpt-4o-image', 'GPT-4o Image · one price per image'],
		['coreToday', 'openai/gpt-image-2', 'GPT Image 2 · best text'],
		['coreToday', 'gpt-image-2', 'GPT Image 2 · best text'],
		['coreToday', 'owner/other', undefined],
	])('at %s, of %s: %s', (provider, model, label) => {
		expect(labelOf(PROVIDERS[provider].IMAGE_MODELS, model)).toBe(label);
	});

	test.each([
		['gpt-4o-image', 'GPT-4o Image'],
		['google/gemini-2.5-flash-image-preview', 'Nano Banana (preview) · Gemini 2.5 Flash Image'],
		['google/gemini-3-pro-image', 'Nano Banana Pro · Gemini 3 Pro Image'],
		['black-forest-labs/flux.2-pro', 'FLUX.2 Pro'],
		['google/gemini-image', undefined],
		['gpt-4o-image-e', undefined],
	])('at a gateway, of %s: %s', (model, label) => {
		expect(chatLabelOf(model)).toBe(label);
	});

	test('models that are known come first, in the order of their rows', () => {
		const place = (model: string) => rankOf(openAi.IMAGE_MODELS, model);
		expect(place('gpt-image-2.6-flare')).toBeLessThan(place('gpt-image-2-2026-04-21'));
		expect(place('gpt-image-1')).toBeLessThan(place('another'));
		expect(['gpt-image-2.6-flare', 'gpt-image-2.5', 'gpt-image-1', 'another'].map(place)).toEqual([
			0, 1, 6, 7,
		]);
		expect(chatRankOf('openai/gpt-5-image')).toBeLessThan(chatRankOf('openai/gpt-5'));
	});
});
