// The shapes of EvoLink's answers. Loose on purpose: unknown fields pass, and facts that only one source tells are optional.
import { z } from 'zod';

const text = z.union([z.string(), z.number()]).transform(String);
const seconds = z.number().nullish();

/** `GET /v1/tasks/{id}`, the answer of a create, an entry of a batch or of the history, and a callback's body. */
export const taskSchema = z
	.object({
		id: z.string().min(1),
		status: z.string(),
		model: z.string().nullish(),
		progress: z.number().nullish(),
		created: seconds,
		completed_at: seconds,
		results: z.array(z.union([z.string(), z.object({ url: z.string() }).passthrough()])).nullish(),
		error: z
			.object({ code: text.nullish(), message: z.string().nullish() })
			.passthrough()
			.nullish(),
		task_info: z.object({ estimated_time: z.number().nullish() }).passthrough().nullish(),
		usage: z
			.object({
				credits_reserved: z.number().nullish(),
				credits_used: z.number().nullish(),
				estimated_cost: z.number().nullish(),
				cost: z
					.object({ credits: z.number().nullish(), usd: z.number().nullish() })
					.passthrough()
					.nullish(),
			})
			.passthrough()
			.nullish(),
	})
	.passthrough();

export type TaskAnswer = z.output<typeof taskSchema>;

export const taskListSchema = z
	.object({ data: z.array(taskSchema), total: z.number().nullish() })
	.passthrough();

export const errorSchema = z.object({
	error: z.union([
		z.string().transform((message) => ({ message, code: undefined, param: undefined })),
		z
			.object({
				code: text.nullish(),
				message: z.string().nullish(),
				param: z.string().nullish(),
				fallback_suggestion: z.string().nullish(),
			})
			.passthrough(),
	]),
});

export const modelListSchema = z
	.object({ data: z.array(z.object({ id: z.string() }).passthrough()) })
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
				file_id: text.nullish(),
				file_name: z.string().nullish(),
				file_size: z.number().nullish(),
				mime_type: z.string().nullish(),
				file_url: z.string().url(),
				expires_at: text.nullish(),
			})
			.passthrough(),
	})
	.passthrough();
