// Music: the models that the official client offers, what they take, and what EvoLink asks for them.
import { z } from 'zod';
import {
	callbackUrl,
	type CommonRequest,
	firstProblem,
	invalid,
	missing,
	modelNamed,
	somePrompt,
	unknownModel,
} from './task-request';

interface MusicModel {
	id: string;
	billing: 'per_call';
	/** Of lyrics, which a request in custom mode brings. */
	lyricsCharacters: number;
	maxSeconds: number;
}

export interface MusicRequest extends CommonRequest {
	medium: 'audio';
	model: MusicModel;
	seconds: number;
	title: string;
	style: string;
}

const newer: Omit<MusicModel, 'id'> = {
	billing: 'per_call',
	lyricsCharacters: 5_000,
	maxSeconds: 240,
};

export const musicModels: readonly MusicModel[] = [
	{ ...newer, id: 'suno-v4', lyricsCharacters: 3_000, maxSeconds: 120 },
	...['suno-v4.5', 'suno-v4.5plus', 'suno-v4.5all', 'suno-v5'].map((id) => ({ ...newer, id })),
];

const MIN_SECONDS = 30;
const IDEA_CHARACTERS = 500;
const TITLE_CHARACTERS = 80;
const STYLE_CHARACTERS = 1_000;

/** What one of EvoLink's examples reserves. */
export const MUSIC_CREDITS = 10;

export function readMusicRequest(body: unknown): MusicRequest {
	const id = modelNamed(body);
	const model = musicModels.find((known) => known.id === id);
	if (!model) throw unknownModel(id, musicModels);
	const checked = schemaOf(model).safeParse(body);
	if (!checked.success) throw firstProblem(checked.error, id);
	const fields = checked.data;
	const { prompt, title, style } = fields;
	if (fields.custom_mode) {
		if (style === undefined) throw missing('style');
		if (title === undefined) throw missing('title');
	} else {
		if (prompt.length > IDEA_CHARACTERS) {
			throw invalid('prompt', `prompt must have at most ${IDEA_CHARACTERS} characters.`);
		}
		if (fields.vocal_gender !== undefined) {
			throw invalid('vocal_gender', 'vocal_gender goes only with custom_mode.');
		}
	}
	return {
		medium: 'audio',
		model,
		prompt,
		n: 1,
		imageUrls: [],
		callbackUrl: fields.callback_url,
		seconds: fields.duration ?? MIN_SECONDS,
		title: title ?? 'Untitled',
		style: style ?? 'pop',
	};
}

function schemaOf({ id, lyricsCharacters, maxSeconds }: MusicModel) {
	const length = `duration must be between ${MIN_SECONDS} and ${maxSeconds} seconds for ${id}.`;
	return z
		.object({
			model: z.string(),
			prompt: somePrompt(lyricsCharacters),
			custom_mode: z.boolean(),
			instrumental: z.boolean(),
			style: atMost('style', STYLE_CHARACTERS),
			title: atMost('title', TITLE_CHARACTERS),
			duration: z
				.number()
				.int('duration must be a whole number.')
				.min(MIN_SECONDS, length)
				.max(maxSeconds, length),
			negative_tags: z.string(),
			vocal_gender: z.enum(['m', 'f']),
			callback_url: callbackUrl,
		})
		.partial()
		.required({ model: true, prompt: true })
		.strict();
}

const atMost = (name: string, characters: number) =>
	z.string().max(characters, `${name} must have at most ${characters} characters.`);
