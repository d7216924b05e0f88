// The shapes of EvoLink's answers. Loose on purpose: unknown fields pass, and facts that only one source tells are optional.
import { z } from 'zod';

import { idIn } from '../answers/loose';
import { modelsAmong } from '../answers/openAiShapes';

const text = z.union([z.string(), z.number()]).transform(String);

/** Facts that count as not told where they have another form than expected: what was paid for stays readable. */
const looseText = text.nullish().catch(undefined);
const looseNumber = z.number().nullish().catch(undefined);

const errorDetails = z.union([
	z
		.string()
		.transform((message) => ({ message, code: undefined, type: undefined, param: undefined })),
	z.object({ code: looseText, type: looseText, message: looseText, param: looseText }),
]);

/** What can be told of a task beside its ID, its state and its pictures. */
export const taskDetailsSchema = z.object({
	model: looseText,
	progress: looseNumber,
	error: errorDetails.nullish().catch(undefined),
	task_info: z.object({ estimated_time: looseNumber }).nullish().catch(undefined),
	/** The history tells it without the rest of the usage. */
	credits_used: looseNumber,
	billing: z.object({ charged_credits: looseNumber }).nullish().catch(undefined),
	usage: z
		.object({
			credits_used: looseNumber,
			credits_reserved: looseNumber,
			estimated_cost: looseNumber,
			image_output_tokens: looseNumber,
			image_input_tokens: looseNumber,
			text_input_tokens: looseNumber,
			cost: z.object({ credits: looseNumber, usd: looseNumber }).nullish().catch(undefined),
		})
		.nullish()
		.catch(undefined),
});

export type TaskDetails = z.output<typeof taskDetailsSchema>;

export const modelListSchema = z
	.object({ data: modelsAmong((entry) => [idIn(entry, ['id']) ?? []].flat()) })
	.passthrough();

const purse = z
	.object({
		remaining_credits: z.number(),
		used_credits: z.number().nullish(),
		unlimited_credits: z.boolean().nullish(),
	})
	.passthrough();

export const creditsSchema = z
	.object({ data: z.object({ token: purse.nullish(), user: purse }).passthrough() })
	.passthrough();

export const uploadSchema = z
	.object({
		data: z
			.object({
				file_id: looseText,
				file_name: looseText,
				original_name: looseText,
				file_size: looseNumber,
				mime_type: looseText,
				file_url: z.string(),
				expires_at: looseText,
			})
			.passthrough(),
	})
	.passthrough();
