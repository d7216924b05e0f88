// The shapes of OpenAI's answers. Loose on purpose: compatible servers leave fields out and add their own,
// and nothing that can be done without makes an answer unreadable that has been paid for.
import { z } from 'zod';

import { listOf, objectOf } from '../answers/loose';
import { errorDetails, errorSchema, type ErrorDetails } from '../answers/openAiShapes';

const usageSchema = z
	.object({
		input_tokens: z.number(),
		output_tokens: z.number(),
		total_tokens: z.number().nullish().catch(undefined),
		input_tokens_details: z
			.object({ image_tokens: z.number().nullish(), text_tokens: z.number().nullish() })
			.passthrough()
			.nullish()
			.catch(undefined),
	})
	.passthrough();

export type ImageUsage = z.output<typeof usageSchema>;

/** The counts, where they can be read. */
export function usageOf(value: unknown): ImageUsage | undefined {
	return objectOf(value) && usageSchema.safeParse(value).data;
}

const id = z.union([z.string().min(1), z.number()]).transform(String);
const text = z.string().nullish().catch(undefined);
/** Read with care, entry by entry: checked here, a million of them would take all memory there is. */
const list = z.unknown().transform(listOf);
const MAX_ERRORS = 100;

function someErrors(entries: unknown[] | undefined): ErrorDetails[] {
	return (entries ?? []).slice(0, MAX_ERRORS).flatMap((entry) => {
		const error = errorDetails.safeParse(entry);
		return error.success ? [error.data] : [];
	});
}

/** `POST /responses`, `GET /responses/{id}` and `POST /responses/{id}/cancel`. */
export const responseSchema = z
	.object({
		id,
		status: text,
		created_at: z.unknown(),
		model: text,
		error: errorSchema.shape.error.nullish().catch(undefined),
		incomplete_details: z.object({ reason: text }).passthrough().nullish().catch(undefined),
		output: list,
		tools: list,
		usage: z.object({}).passthrough().nullish().catch(undefined),
		/** What drawing took; `usage` counts the text model alone. */
		tool_usage: z.object({ image_gen: usageSchema.nullish() }).passthrough().nullish().catch(null),
	})
	.passthrough();

export type ResponseAnswer = z.output<typeof responseSchema>;

export const fileSchema = z
	.object({ id, filename: text, bytes: z.number().nullish().catch(undefined) })
	.passthrough();

export const batchSchema = z
	.object({
		id,
		/** One that isn't told is told by the next answer. */
		status: z.string().catch('unknown'),
		endpoint: text,
		model: text,
		created_at: z.unknown(),
		expires_at: z.unknown(),
		input_file_id: text,
		output_file_id: text,
		error_file_id: text,
		/** Ours, as far as a batch has any. */
		metadata: z.unknown(),
		request_counts: z
			.object({ total: z.number(), completed: z.number(), failed: z.number() })
			.nullish()
			.catch(undefined),
		errors: z
			.object({ data: list.transform(someErrors) })
			.passthrough()
			.nullish()
			.catch(undefined),
	})
	.passthrough();

export type BatchAnswer = z.output<typeof batchSchema>;

export const webhookEndpointSchema = z
	.object({
		id: z.string(),
		url: z.string().nullish(),
		event_types: z.array(z.string()).nullish().catch(undefined),
		signing_secret: z.string().nullish(),
	})
	.passthrough();

export const webhookEventSchema = z
	.object({ type: z.string(), data: z.object({ id: z.string() }).passthrough() })
	.passthrough();
