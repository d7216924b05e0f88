// The shapes of answers that OpenAI, compatible servers and gateways have in common: errors and lists of models.
import { z } from 'zod';

export const errorDetails = z
	.object({
		message: z.string().nullish().catch(undefined),
		type: z.string().nullish().catch(undefined),
		code: z.union([z.string(), z.number()]).transform(String).nullish().catch(undefined),
		param: z.string().nullish().catch(undefined),
		moderation_details: z
			.object({
				moderation_stage: z.string().nullish().catch(undefined),
				categories: z.array(z.string()).nullish().catch(undefined),
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

/** `GET /models` */
export const modelListSchema = z
	.object({
		data: z.array(
			z
				.object({
					id: z.string(),
					shutdown_date: z.union([z.string(), z.number()]).nullish().catch(undefined),
				})
				.passthrough(),
		),
	})
	.passthrough();
