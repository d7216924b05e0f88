// The shapes of answers that OpenAI, compatible servers and gateways have in common: errors and lists of models.
import { z } from 'zod';

import { objectOf } from './loose';

/** More than these nobody reads; checked one by one, a list of millions would take all memory there is. */
const MAX_CATEGORIES = 20;
const MAX_MODELS = 10_000;

function someTexts(list: unknown[]): string[] {
	return list.slice(0, MAX_CATEGORIES).filter((each) => typeof each === 'string');
}

export const errorDetails = z
	.object({
		message: z.string().nullish().catch(undefined),
		type: z.string().nullish().catch(undefined),
		code: z.union([z.string(), z.number()]).transform(String).nullish().catch(undefined),
		param: z.string().nullish().catch(undefined),
		moderation_details: z
			.object({
				moderation_stage: z.string().nullish().catch(undefined),
				categories: z.array(z.unknown()).transform(someTexts).nullish().catch(undefined),
			})
			.passthrough()
			.nullish()
			.catch(undefined),
	})
	.passthrough();

export type ErrorDetails = z.output<typeof errorDetails>;

export const errorSchema = z.object({
	error: z.union([z.string().transform((message): ErrorDetails => ({ message })), errorDetails]),
});

interface ListedModel {
	id: string;
	shutdown_date?: string | number;
}

/** An entry that is no model doesn't hide the others. A list of nothing else is no list of models. */
export function modelsAmong<Model>(read: (entry: unknown) => Model[]) {
	return z
		.array(z.unknown())
		.transform((list) => ({ list, models: list.slice(0, MAX_MODELS).flatMap(read) }))
		.refine(({ list, models }) => list.length === 0 || models.length > 0)
		.transform(({ models }) => models);
}

/** `GET /models` */
export const modelListSchema = z
	.object({
		data: modelsAmong(modelOf),
	})
	.passthrough();

function modelOf(entry: unknown): ListedModel[] {
	const { id, shutdown_date: date } = objectOf(entry) ?? {};
	if (typeof id !== 'string') return [];
	return [
		typeof date === 'string' || typeof date === 'number' ? { id, shutdown_date: date } : { id },
	];
}
