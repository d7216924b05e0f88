// The shapes of Core.Today's answers. Its own pages disagree, so both dialects are read, from one table of names.
import { z } from 'zod';

/** Where each fact stands in either dialect: the first name that is there counts. */
export const NAMES = {
	id: ['id', 'job_id'],
	results: ['output', 'result'],
	publicUrl: ['public_url'],
	failure: ['error', 'detail', 'message'],
	createdAt: ['created_at', 'created'],
} as const;

/** Both dialects' words for a task's state. A word that isn't here means that it is still at work. */
export const STATUSES = {
	succeeded: ['succeeded', 'completed'],
	failed: ['failed', 'error'],
	cancelled: ['canceled', 'cancelled'],
} as const;

/** Any JSON object: what it says is read by name. */
export const objectSchema = z.record(z.unknown());

export const idSchema = z.union([z.string().min(1), z.number()]).transform(String);

/** A link, or a list of links. Other things in the list are left out. */
export const linksSchema = z
	.union([z.string(), z.array(z.unknown())])
	.transform((value) =>
		[value].flat().filter((entry): entry is string => typeof entry === 'string' && entry !== ''),
	);

/** A failure's text, wherever it stands: as text, as the message of an object, or as a list of what is wrong. */
export const failureSchema = z.union([
	z
		.string()
		.min(1)
		.transform((message) => ({ message, code: undefined })),
	z
		.object({
			message: z.string().min(1),
			code: z.union([z.string(), z.number()]).transform(String).nullish().catch(undefined),
		})
		.passthrough(),
	z
		.array(z.object({ msg: z.string().min(1) }).passthrough())
		.min(1)
		.transform((found) => ({ message: found.map(({ msg }) => msg).join('; '), code: undefined })),
]);

const webAddress = z
	.string()
	.url()
	.regex(/^https?:\/\//i);

/** `POST /files/upload-url` */
export const uploadUrlSchema = z
	.object({
		upload_url: webAddress,
		upload_fields: z.record(z.union([z.string(), z.number()]).transform(String)),
		file_url: webAddress,
	})
	.passthrough();
