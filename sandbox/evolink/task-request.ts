// What every create call has in common, whatever is to be made: its model, its words, and how it is refused.
import { z } from 'zod';
import { callbackUrlProblem } from '../callbacks/callback-url';
import { EvoLinkError } from './errors';

export type Medium = 'image' | 'video' | 'audio';
export type Billing = 'per_call' | 'per_token' | 'per_second';

export interface CommonRequest {
	medium: Medium;
	model: { id: string; billing: Billing };
	prompt: string;
	/** How many results. */
	n: number;
	imageUrls: string[];
	callbackUrl?: string;
}

export const callbackUrl = z.string().superRefine((url, context) => {
	const problem = callbackUrlProblem(url);
	if (problem) context.addIssue({ code: 'custom', message: `callback_url: ${problem}.` });
});

export const somePrompt = (maxCharacters: number) =>
	z
		.string()
		.refine((text) => text.trim() !== '', 'prompt must not be empty.')
		.refine(
			(text) => text.length <= maxCharacters,
			`prompt must have at most ${maxCharacters} characters.`,
		);

export function modelNamed(body: unknown): string {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw new EvoLinkError(400, 'The body must be a JSON object.');
	}
	const { model } = body as { model?: unknown };
	if (typeof model !== 'string' || model === '') throw missing('model');
	return model;
}

export function unknownModel(id: string, known: ReadonlyArray<{ id: string }>): EvoLinkError {
	return new EvoLinkError(404, `The model "${id}" does not exist.`, {
		code: 'model_not_found',
		param: 'model',
		fallbackSuggestion: `Use one of: ${known.map((model) => model.id).join(', ')}.`,
	});
}

/** The first problem of a body, as EvoLink's error. */
export function firstProblem(error: z.ZodError, modelId: string): EvoLinkError {
	const issue = error.issues[0];
	if (issue?.code === 'unrecognized_keys') return unknown(String(issue.keys[0]), modelId);
	const param = String(issue?.path[0]);
	if (issue?.code === 'invalid_type') {
		if (issue.expected === 'never') return unknown(param, modelId);
		if (issue.received === 'undefined') return missing(param);
		return invalid(param, `${param} must be of type ${issue.expected}.`);
	}
	return invalid(param, issue?.message ?? 'Invalid request.');
}

export function invalid(param: string, message: string): EvoLinkError {
	return new EvoLinkError(400, message, { code: 'invalid_parameter', param });
}

export function missing(param: string): EvoLinkError {
	return new EvoLinkError(400, `${param} is required.`, {
		code: 'missing_required_parameter',
		param,
	});
}

function unknown(param: string, modelId: string): EvoLinkError {
	return new EvoLinkError(400, `Unknown parameter for ${modelId}: ${param}.`, {
		code: 'unknown_parameter',
		param,
	});
}
