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
