// The tables of prices and limits in the docs say what the rows say, and nothing else. With WRITE_DOCS they are written.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Estimate, ImageRequest } from '../../../providers/contract';
import { createCoreToday } from '../../../providers/coretoday';
import * as coreToday from '../../../providers/coretoday/models';
import { createEvoLink } from '../../../providers/evolink';
import * as evoLink from '../../../providers/evolink/models';
import { MEGABYTE } from '../../../providers/limits/megabytes';
import type { ModelPrices, ModelRow } from '../../../providers/limits/modelRows';
import { createOpenAiImages } from '../../../providers/openai/images';
import * as openAi from '../../../providers/openai/models';

const PAGE = path.join(__dirname, '../../../docs/models.md');

/** What a price depends on, for the tables: a prompt as long as this one. */
const PROMPT = 'A red bicycle in front of a yellow wall, morning light';

interface Provider {
	name: string;
	rows: readonly ModelRow[];
	estimate(request: ImageRequest): Estimate | undefined;
	/** Two sizes that people ask for, each as the provider may name it. */
	sizes: readonly [square: string, wide: string];
}

const PIXELS = ['1024x1024', '1536x1024'] as const;

const PROVIDERS: readonly Provider[] = [
	{
		name: 'OpenAI',
		rows: openAi.IMAGE_MODELS,
		estimate: createOpenAiImages('').estimate,
		sizes: PIXELS,
	},
	{
		name: 'EvoLink',
		rows: evoLink.IMAGE_MODELS,
		estimate: createEvoLink({ baseUrl: '', filesBaseUrl: '' }).estimate,
		sizes: PIXELS,
	},
	{
		name: 'Core.Today',
		rows: coreToday.IMAGE_MODELS,
		estimate: createCoreToday('', 'storage').estimate,
		sizes: ['1:1', '3:2'],
	},
];

function sizesOf({ limits: { sizes, pixels, ratioStep } }: ModelRow): string {
	if (sizes) return sizes.join(', ');
	if (pixels) return `any, both sides divisible by ${pixels.step}`;
	return ratioStep ? 'any, ratios become pixels' : 'any';
}

function qualitiesOf({ limits: { qualities } }: ModelRow): string {
	if (qualities?.length === 0) return 'none';
	return qualities?.join(', ') ?? 'any';
}

/** What the provider's page says, by a million tokens or by the image. */
function listPriceOf(prices: ModelPrices | undefined): string {
	if (!prices) return 'not known';
	const { tokens, perImage, credits } = prices;
	if (perImage !== undefined) return `$${perImage} an image`;
	if (credits) return `credits: ${pairs(credits)}`;
	const { textIn, cachedTextIn = '–', imageIn, cachedImageIn = '–', imageOut } = tokens!;
	return `${textIn} (${cachedTextIn}) / ${imageIn} (${cachedImageIn}) / ${imageOut}`;
}

function pairs(values: Readonly<Record<string, number>>): string {
	return Object.entries(values)
		.map(([name, value]) => `${name} ${value}`)
		.join(', ');
}

/** What one image costs at most, by quality. */
function imagePriceOf({ estimate }: Provider, { name, limits }: ModelRow, size: string): string {
	const choices = (limits.qualities ?? ['low', 'medium', 'high']).filter((one) => one !== 'auto');
	const priced = (choices.length > 0 ? choices : [undefined]).flatMap((quality) => {
		const request = { model: name, prompt: PROMPT, size, quality, count: 1, references: [] };
		const estimated = estimate(request);
		return estimated ? [[quality, estimated.max.toFixed(3)].filter(Boolean).join(' ')] : [];
	});
	return priced.join(', ') || 'not known';
}

function idsOf({ name, variants = [] }: ModelRow): string {
	return [name, ...variants.map((word) => `-${word}`)].join(', ');
}

function titleOf({ title, note }: ModelRow): string {
	return [title, note].filter(Boolean).join(' · ');
}

function priceCells(provider: Provider, row: ModelRow): string[] {
	const { prices, shutdown } = row;
	const end = shutdown ? `${shutdown.date}, then ${shutdown.next}` : '–';
	const [square, wide] = provider.sizes.map((size) => imagePriceOf(provider, row, size));
	const listed = listPriceOf(prices);
	return [titleOf(row), idsOf(row), square!, wide!, listed, prices?.date ?? '–', end];
}

function referencesOf({ limits: { references } }: ModelRow): string {
	const { max, maxBytes, belowMaxBytes, types } = references;
	if (max === 0) return 'none';
	const size = maxBytes && `${belowMaxBytes ? 'less than' : 'up to'} ${maxBytes / MEGABYTE} MB`;
	return [`up to ${max}`, types?.join(', '), size && `${size} each`].filter(Boolean).join('; ');
}

function maskOf({ limits: { mask } }: ModelRow): string {
	return mask === 'none' ? 'no' : 'yes';
}

function promptOf({ limits: { prompt } }: ModelRow): string {
	const { maxCharacters, recommendedTokens } = prompt;
	if (maxCharacters !== undefined) return `${maxCharacters.toLocaleString('en')} characters`;
	return recommendedTokens ? `better below ${recommendedTokens} tokens` : 'any';
}

function countsOf({ limits: { counts } }: ModelRow): string {
	const [first, last] = [counts[0]!, counts.at(-1)!];
	return last - first === counts.length - 1 ? `${first}–${last}` : counts.join(', ');
}

function limitCells(row: ModelRow): string[] {
	return [
		titleOf(row),
		sizesOf(row),
		qualitiesOf(row),
		countsOf(row),
		promptOf(row),
		referencesOf(row),
		maskOf(row),
	];
}

/** As it stands in the page: columns are as wide as their widest cell. */
function tableOf(rows: string[][]): string {
	const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
	const lineOf = (cells: string[]) =>
		`| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
	const [head, ...body] = rows;
	const rule = widths.map((width) => '-'.repeat(width));
	return [head!, rule, ...body].map(lineOf).join('\n');
}

const priceHead = ({ sizes: [square, wide] }: Provider) => [
	'Model',
	'ID',
	`$ for ${square}`,
	`$ for ${wide}`,
	'Listed as',
	'Read on',
	'Ends',
];
const LIMIT_HEAD = ['Model', 'Sizes', 'Qualities', 'Images', 'Prompt', 'Input images', 'Mask'];
const TABLES = /^\|.*\n(?:\|.*(?:\n|$))*/gm;

/** The page with the tables as the rows say: of each provider the prices, then the limits. */
function written(page: string): string {
	return page
		.split(/^(?=## )/m)
		.map((section) => {
			const provider = PROVIDERS.find(({ name }) => section.startsWith(`## ${name}\n`));
			if (!provider) return section;
			const tables = [
				[priceHead(provider), ...provider.rows.map((row) => priceCells(provider, row))],
				[LIMIT_HEAD, ...provider.rows.map(limitCells)],
			];
			return section.replace(TABLES, () => `${tableOf(tables.shift()!)}\n`);
		})
		.join('');
}

test('the tables of prices and limits are made from the rows: npm run docs:models writes them', () => {
	const page = readFileSync(PAGE, 'utf8');
	if (process.env.WRITE_DOCS) writeFileSync(PAGE, written(page));
	expect(readFileSync(PAGE, 'utf8')).toBe(written(page));
	for (const { name } of PROVIDERS) {
		const section = page.split(/^(?=## )/m).find((part) => part.startsWith(`## ${name}\n`));
		expect(section?.match(TABLES)).toHaveLength(2);
	}
});
