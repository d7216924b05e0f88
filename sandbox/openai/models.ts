// The models that the OpenAI sandbox lists, alive and gone, with each one's limits and prices.
export type ModelKind = 'image' | 'chat';

export interface ModelFacts {
	id: string;
	kind: ModelKind;
	/** Unix time in seconds. */
	created: number;
	owned_by: string;
	/** ISO date, or null when none is announced. */
	shutdownDate: string | null;
	/** No longer served; a fact of the sandbox's own day, so that it doesn't change with the calendar. */
	gone?: boolean;
}

export interface ImageRules {
	/** "gpt" models answer base64 and have formats; "dall-e" models have response_format. */
	family: 'gpt' | 'dall-e';
	promptCharacters: number;
	/** "free" takes any size within the bounds of the newer models. */
	sizes: 'free' | readonly string[];
	defaultSize: string;
	qualities: readonly string[];
	/** What "auto" and leaving it out come to. */
	usualQuality: string;
	maxImages: number;
	inputFidelity: readonly ('high' | 'low')[];
	complexity?: boolean;
	/** Animations and vector pictures. */
	gifAndSvg?: boolean;
	markup?: boolean;
	style?: boolean;
	edits: boolean;
	/** Dollars per million tokens; without them every image costs `perImage`. */
	prices?: { textIn: number; imageIn: number; imageOut: number };
	perImage?: number;
	/** Tokens of one output image: listed by size and quality, or computed from a base per quality. */
	tokens: 'listed' | Readonly<Record<string, number>>;
}

export interface ChatRules {
	/** Models that reason take max_completion_tokens only, and no temperature. */
	reasons: boolean;
	/** Takes no response_format, as models before August 2024. */
	answersInWordsOnly?: boolean;
	/** Told not to reason, it takes a temperature; and only then it takes tools. */
	mayNotReason?: boolean;
	/** Dollars per million tokens. */
	prices: { input: number; output: number };
	/** Tokens of a picture: once, and per tile of 512 pixels. */
	pictureTokens: { base: number; tile: number };
}

const PROMPT_CHARACTERS = 32_000;
const listedSizes = ['1024x1024', '1536x1024', '1024x1536', 'auto'] as const;
const threeQualities = ['low', 'medium', 'high'] as const;

const listed: Omit<ImageRules, 'inputFidelity' | 'prices'> = {
	family: 'gpt',
	promptCharacters: PROMPT_CHARACTERS,
	sizes: listedSizes,
	defaultSize: 'auto',
	qualities: threeQualities,
	usualQuality: 'high',
	maxImages: 10,
	edits: true,
	tokens: 'listed',
};

const follower: ImageRules = {
	...listed,
	inputFidelity: ['high', 'low'],
	prices: { textIn: 5, imageIn: 8, imageOut: 32 },
};

const second: ImageRules = {
	...listed,
	sizes: 'free',
	usualQuality: 'medium',
	inputFidelity: [],
	prices: { textIn: 5, imageIn: 8, imageOut: 30 },
	tokens: { low: 16, medium: 48, high: 96 },
};

const newest: ImageRules = {
	...second,
	qualities: [...threeQualities, 'xhigh', 'max'],
	complexity: true,
	gifAndSvg: true,
	markup: true,
	tokens: { low: 16, medium: 24, high: 48, xhigh: 64, max: 96 },
};

const dallE: Omit<ImageRules, 'promptCharacters' | 'sizes' | 'edits' | 'maxImages'> = {
	family: 'dall-e',
	defaultSize: '1024x1024',
	qualities: ['standard'],
	usualQuality: 'standard',
	inputFidelity: [],
	perImage: 0.04,
	tokens: 'listed',
};

const imageRules: Record<string, ImageRules> = {
	'gpt-image-1': {
		...listed,
		inputFidelity: ['high', 'low'],
		prices: { textIn: 5, imageIn: 10, imageOut: 40 },
	},
	'gpt-image-1.5': follower,
	'gpt-image-1-mini': {
		...listed,
		inputFidelity: ['low'],
		prices: { textIn: 2, imageIn: 2.5, imageOut: 8 },
	},
	'gpt-image-2': second,
	'gpt-image-2-2026-04-21': second,
	'gpt-image-2.5': newest,
	'gpt-image-2.5-sunburst': newest,
	'gpt-image-2.5-sunburst-2026-09-08': newest,
	'gpt-image-2.5-flare': newest,
	'gpt-image-2.5-flare-2026-09-08': newest,
	'gpt-image-2.6-sunburst': newest,
	'gpt-image-2.6-flare': newest,
	'chatgpt-image-latest': follower,
	'dall-e-2': {
		...dallE,
		promptCharacters: 1_000,
		sizes: ['256x256', '512x512', '1024x1024'],
		edits: true,
		maxImages: 10,
		perImage: 0.02,
	},
	'dall-e-3': {
		...dallE,
		promptCharacters: 4_000,
		sizes: ['1024x1024', '1792x1024', '1024x1792'],
		qualities: ['standard', 'hd'],
		style: true,
		edits: false,
		maxImages: 1,
	},
};

const tiles = { base: 85, tile: 170 };

const chatRules: Record<string, ChatRules> = {
	// Not listed any more; a key may have it kept alive.
	'gpt-4': {
		reasons: false,
		answersInWordsOnly: true,
		prices: { input: 30, output: 60 },
		pictureTokens: tiles,
	},
	'gpt-4o': { reasons: false, prices: { input: 2.5, output: 10 }, pictureTokens: tiles },
	'gpt-4o-mini': {
		reasons: false,
		prices: { input: 0.15, output: 0.6 },
		pictureTokens: { base: 2_833, tile: 5_667 },
	},
	'gpt-4.1': { reasons: false, prices: { input: 2, output: 8 }, pictureTokens: tiles },
	'gpt-5.4-mini': { reasons: true, prices: { input: 0.25, output: 2 }, pictureTokens: tiles },
	'gpt-5.5': { reasons: true, prices: { input: 1.25, output: 10 }, pictureTokens: tiles },
	'gpt-6-luna': {
		reasons: true,
		mayNotReason: true,
		prices: { input: 0.1, output: 0.5 },
		pictureTokens: tiles,
	},
	'gpt-6-astra': { reasons: true, prices: { input: 2.5, output: 10 }, pictureTokens: tiles },
};

const IMAGE_1_GONE = '2026-10-23';
const DALL_E_GONE = '2026-05-12';
const IMAGE_1_FOLLOWERS_END = '2026-12-01';
const GPT_4O_END = '2027-01-14';

type Row = readonly [id: string, created: string, shutdownDate?: string, gone?: true];

const rows: readonly Row[] = [
	['dall-e-2', '2023-11-01', DALL_E_GONE, true],
	['dall-e-3', '2023-10-31', DALL_E_GONE, true],
	['gpt-image-1', '2025-04-24', IMAGE_1_GONE, true],
	['gpt-image-1-mini', '2025-10-06', IMAGE_1_FOLLOWERS_END],
	['gpt-image-1.5', '2025-12-16', IMAGE_1_FOLLOWERS_END],
	['gpt-image-2', '2026-04-21'],
	['gpt-image-2-2026-04-21', '2026-04-21'],
	['gpt-image-2.5', '2026-09-08'],
	['gpt-image-2.5-sunburst', '2026-09-08'],
	['gpt-image-2.5-sunburst-2026-09-08', '2026-09-08'],
	['gpt-image-2.5-flare', '2026-09-08'],
	['gpt-image-2.5-flare-2026-09-08', '2026-09-08'],
	['gpt-image-2.6-sunburst', '2026-11-04'],
	['gpt-image-2.6-flare', '2026-11-04'],
	['chatgpt-image-latest', '2025-12-16', IMAGE_1_FOLLOWERS_END],
	['gpt-4o', '2024-05-10', GPT_4O_END],
	['gpt-4o-mini', '2024-07-16', GPT_4O_END],
	['gpt-4.1', '2025-04-10'],
	['gpt-5.4-mini', '2026-03-17'],
	['gpt-5.5', '2026-04-23'],
	['gpt-6-astra', '2026-08-06'],
	['gpt-6-luna', '2026-09-22'],
];

export const models: readonly ModelFacts[] = rows.map(([id, created, shutdownDate, gone]) => ({
	id,
	kind: id in imageRules ? 'image' : 'chat',
	created: Date.parse(created) / 1000,
	owned_by: 'system',
	shutdownDate: shutdownDate ?? null,
	...(gone && { gone }),
}));

export function findModel(id: string): ModelFacts | undefined {
	return models.find((model) => model.id === id);
}

/** A model that only a compatible server has is given the most permissive rules. */
export function imageRulesOf(id: string): ImageRules {
	return imageRules[id] ?? newest;
}

export function chatRulesOf(id: string): ChatRules | undefined {
	return chatRules[id];
}
