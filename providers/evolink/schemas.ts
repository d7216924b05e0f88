// The shapes of EvoLink's answers. Loose on purpose: unknown fields pass, and facts that only one source tells are optional.
import { z } from 'zod';

const text = z.union([z.string(), z.number()]).transform(String);

/** Facts that count as not told where they have another form than expected: what was paid for stays readable. */
const looseText = text.nullish().catch(undefined);
const looseNumber = z.number().nullish().catch(undefined);

const errorDetails = z.union([
	z.string().transform((message) => ({ message, code: undefined, param: undefined })),
	z.object({ code: looseText, message: looseText, param: looseText }),
]);

/**
 * What a task can't do without: `GET /v1/tasks/{id}`, the answer of a create, an entry of a batch or of the
 * history, and a callback's body. The rest of it passes as it is.
 */
export const taskSchema = z
	.object({
		id: z.string().min(1),
		status: z.string(),
		results: z.array(z.union([z.string(), z.object({ url: z.string() }).passthrough()])).nullish(),
	})
	.passthrough();

export type TaskAnswer = z.output<typeof taskSchema>;

/** What else can be told of a task. */
export const taskDetailsSchema = z.object({
	model: looseText,
	progress: looseNumber,
	created: looseNumber,
	completed_at: looseNumber,
	error: errorDetails.nullish().catch(undefined),
	task_info: z.object({ estimated_time: looseNumber }).nullish().catch(undefined),
	usage: z
		.object({
			credits_used: looseNumber,
			estimated_cost: looseNumber,
			cost: z.object({ credits: looseNumber, usd: looseNumber }).nullish().catch(undefined),
		})
		.nullish()
		.catch(undefined),
});

export type TaskDetails = z.output<typeof taskDetailsSchema>;

export const taskListSchema = z.object({ data: z.array(taskSchema) }).passthrough();

/** A batch's entries are read one by one, so that one which isn't a task doesn't hide the others. */
export const taskBatchSchema = z.object({ data: z.array(z.unknown()) }).passthrough();

export const errorSchema = z.object({ error: errorDetails });

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
