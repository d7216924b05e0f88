// The shapes of OpenAI's answers. Loose on purpose: compatible servers leave fields out and add their own,
// and nothing that can be done without makes an answer unreadable that has been paid for.
import { z } from 'zod';

import { errorDetails } from '../openAiShapes';

const usageSchema = z
	.object({
		input_tokens: z.number(),
		output_tokens: z.number(),
		total_tokens: z.number().nullish(),
		input_tokens_details: z
			.object({ image_tokens: z.number().nullish(), text_tokens: z.number().nullish() })
			.passthrough()
			.nullish(),
	})
	.passthrough();

export type ImageUsage = z.output<typeof usageSchema>;

const image = z
	.object({
		b64_json: z.string().nullish(),
		url: z.string().nullish(),
		revised_prompt: z.string().nullish(),
	})
	.passthrough();

/** `POST /images/generations`, `/images/edits` and `/images/variations`. */
export const imagesSchema = z
	.object({
		created: z.number().nullish().catch(undefined),
		data: z.array(image),
		usage: usageSchema.nullish().catch(undefined),
	})
	.passthrough();

/** One event of a streamed answer of generations or edits. */
export const imageEventSchema = image.extend({
	type: z.string().nullish().catch(undefined),
	created_at: z.number().nullish().catch(undefined),
	usage: usageSchema.nullish().catch(undefined),
	error: z.union([z.string(), errorDetails]).nullish().catch(undefined),
	/** The plain answer's fields, for servers that send it as one event. */
	created: z.number().nullish().catch(undefined),
	data: z.array(image).nullish().catch(undefined),
});

export type ImageEvent = z.output<typeof imageEventSchema>;

/** `POST /responses`, `GET /responses/{id}` and `POST /responses/{id}/cancel`. */
export const responseSchema = z
	.object({
		id: z.string().min(1),
		status: z.string().nullish(),
		created_at: z.number().nullish().catch(undefined),
		model: z.string().nullish().catch(undefined),
		error: errorDetails.nullish().catch(undefined),
		incomplete_details: z
			.object({ reason: z.string().nullish() })
			.passthrough()
			.nullish()
			.catch(undefined),
		output: z
			.array(
				z
					.object({
						type: z.string(),
						status: z.string().nullish(),
						result: z.string().nullish(),
						revised_prompt: z.string().nullish(),
						error: errorDetails.nullish(),
					})
					.passthrough(),
			)
			.nullish(),
		tools: z
			.array(z.object({ model: z.string().nullish() }).passthrough())
			.nullish()
			.catch(undefined),
		usage: z.object({}).passthrough().nullish().catch(undefined),
		/** What drawing took; `usage` counts the text model alone. */
		tool_usage: z.object({ image_gen: usageSchema.nullish() }).passthrough().nullish().catch(null),
	})
	.passthrough();

export type ResponseAnswer = z.output<typeof responseSchema>;

export const chatSchema = z
	.object({
		model: z.string().nullish(),
		choices: z
			.array(
				z
					.object({
						finish_reason: z.string().nullish(),
						message: z
							.object({
								content: z.string().nullish(),
								refusal: z.string().nullish(),
								tool_calls: z.array(z.unknown()).nullish().catch(undefined),
							})
							.passthrough(),
					})
					.passthrough(),
			)
			.min(1),
		usage: z
			.object({ prompt_tokens: z.number(), completion_tokens: z.number() })
			.passthrough()
			.nullish()
			.catch(undefined),
	})
	.passthrough();

export const fileSchema = z
	.object({
		id: z.string(),
		filename: z.string().nullish(),
		bytes: z.number().nullish(),
	})
	.passthrough();

export const batchSchema = z
	.object({
		id: z.string(),
		status: z.string(),
		endpoint: z.string().nullish(),
		model: z.string().nullish(),
		created_at: z.number().nullish().catch(undefined),
		expires_at: z.number().nullish().catch(undefined),
		output_file_id: z.string().nullish(),
		error_file_id: z.string().nullish(),
		request_counts: z
			.object({ total: z.number(), completed: z.number(), failed: z.number() })
			.nullish()
			.catch(undefined),
		errors: z
			.object({ data: z.array(errorDetails).nullish() })
			.passthrough()
			.nullish()
			.catch(undefined),
	})
	.passthrough();

export type BatchAnswer = z.output<typeof batchSchema>;

/** A line of which at least the name can be read. */
export const namedLineSchema = z.object({ custom_id: z.string() }).passthrough();

/** One line of a batch's output file or error file. */
export const batchLineSchema = namedLineSchema
	.extend({
		response: z
			.object({ status_code: z.number(), request_id: z.string().nullish(), body: z.unknown() })
			.passthrough()
			.nullish(),
		error: errorDetails.nullish(),
	})
	.passthrough();

export const webhookEndpointSchema = z
	.object({ id: z.string(), url: z.string().nullish(), signing_secret: z.string().nullish() })
	.passthrough();

export const webhookEventSchema = z
	.object({ type: z.string(), data: z.object({ id: z.string() }).passthrough() })
	.passthrough();
