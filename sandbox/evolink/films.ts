// Films: the models that the official client offers, what they take, and what the sandbox asks for them.
import { z } from 'zod';
import { parseRatio, type PixelSize } from '../drawing/sizes';
import {
	callbackUrl,
	type CommonRequest,
	firstProblem,
	modelNamed,
	somePrompt,
	unknownModel,
} from './task-request';

interface FilmModel {
	id: string;
	billing: 'per_second';
	promptCharacters: number;
	seconds: { min: number; max: number };
	qualities: readonly FilmQuality[];
	references: { max: number; maxBytes: number };
}

const qualities = ['480p', '720p', '1080p', '4k'] as const;
type FilmQuality = (typeof qualities)[number];

export interface FilmRequest extends CommonRequest {
	medium: 'video';
	model: FilmModel;
	seconds: number;
	quality: FilmQuality;
	/** Undefined: that of the first reference. */
	ratio?: PixelSize;
}

const REFERENCE_BYTES = 10 * 1024 * 1024;

/** Where EvoLink's document of a model isn't at hand: the widest limits that its client knows. */
const widest: Omit<FilmModel, 'id'> = {
	billing: 'per_second',
	promptCharacters: 5_000,
	seconds: { min: 3, max: 15 },
	qualities,
	references: { max: 9, maxBytes: REFERENCE_BYTES },
};

export const filmModels: readonly FilmModel[] = [
	{
		...widest,
		id: 'seedance-1.5-pro',
		promptCharacters: 2_000,
		seconds: { min: 4, max: 12 },
		qualities: ['480p', '720p', '1080p'],
		references: { max: 2, maxBytes: REFERENCE_BYTES },
	},
	...[
		'seedance-2.0',
		'doubao-seedance-1.0-pro-fast',
		'sora-2-preview',
		'kling-o3-text-to-video',
		'kling-o3-image-to-video',
		'kling-o3-reference-to-video',
		'kling-o3-video-edit',
		'kling-v3-text-to-video',
		'kling-v3-image-to-video',
		'kling-o1-image-to-video',
		'kling-o1-video-edit',
		'kling-o1-video-edit-fast',
		'kling-custom-element',
		'veo-3.1-generate-preview',
		'veo-3.1-fast-generate-preview',
		'MiniMax-Hailuo-2.3',
		'MiniMax-Hailuo-2.3-Fast',
		'MiniMax-Hailuo-02',
		'wan2.5-t2v-preview',
		'wan2.5-i2v-preview',
		'wan2.5-text-to-video',
		'wan2.5-image-to-video',
		'wan2.6-text-to-video',
		'wan2.6-image-to-video',
		'wan2.6-reference-video',
		'sora-2',
		'sora-2-pro',
		'sora-2-beta-max',
		'sora-character',
		'veo3.1-pro',
		'veo3.1-fast',
		'veo3.1-fast-extend',
		'veo3',
		'veo3-fast',
		'grok-imagine-text-to-video',
		'grok-imagine-image-to-video',
	].map((id) => ({ ...widest, id })),
];

const USUAL_SECONDS = 5;
const USUAL_RATIO = '16:9';
const ADAPTIVE = 'adaptive';

export function readFilmRequest(body: unknown): FilmRequest {
	const id = modelNamed(body);
	const model = filmModels.find((known) => known.id === id);
	if (!model) throw unknownModel(id, filmModels);
	const checked = schemaOf(model).safeParse(body);
	if (!checked.success) throw firstProblem(checked.error, id);
	const fields = checked.data;
	return {
		medium: 'video',
		model,
		prompt: fields.prompt,
		n: 1,
		imageUrls: fields.image_urls ?? [],
		callbackUrl: fields.callback_url,
		seconds: fields.duration ?? USUAL_SECONDS,
		quality: fields.quality ?? '720p',
		ratio: parseRatio(fields.aspect_ratio ?? USUAL_RATIO),
	};
}

function schemaOf({ id, promptCharacters, seconds, qualities: offered, references }: FilmModel) {
	const { min, max } = seconds;
	const length = `duration must be between ${min} and ${max} seconds for ${id}.`;
	return z
		.object({
			model: z.string(),
			prompt: somePrompt(promptCharacters),
			duration: z
				.number()
				.int('duration must be a whole number.')
				.min(min, length)
				.max(max, length),
			quality: z
				.enum(qualities)
				.refine(
					(quality) => offered.includes(quality),
					`quality must be one of ${offered.join(', ')} for ${id}.`,
				),
			aspect_ratio: z.enum(['16:9', '9:16', '1:1', '4:3', '3:4', '21:9', ADAPTIVE]),
			image_urls: z
				.array(z.string().url('every image_urls entry must be a URL.'))
				.max(references.max, `image_urls must have at most ${references.max} entries for ${id}.`),
			// Taken, but the sandbox's films are silent.
			generate_audio: z.boolean(),
			callback_url: callbackUrl,
		})
		.partial()
		.required({ model: true, prompt: true })
		.strict();
}

const shortEdges: Record<FilmQuality, number> = {
	'480p': 480,
	'720p': 720,
	'1080p': 1080,
	'4k': 2160,
};

/** A ratio that follows the reference needs its dimensions. */
export function filmSize(
	{ quality, ratio }: FilmRequest,
	reference: PixelSize | undefined,
): PixelSize {
	const { width, height } = ratio ?? reference ?? { width: 16, height: 9 };
	const unit = shortEdges[quality] / Math.min(width, height);
	// Films have even edges.
	const edge = (parts: number) => Math.round((parts * unit) / 2) * 2;
	return { width: edge(width), height: edge(height) };
}

/** The sandbox's own figures: what EvoLink asks depends on the model. */
const creditsPerSecond: Record<FilmQuality, number> = {
	'480p': 0.5,
	'720p': 1,
	'1080p': 2,
	'4k': 6,
};

export function filmCredits({ seconds, quality }: FilmRequest): number {
	return seconds * creditsPerSecond[quality];
}
