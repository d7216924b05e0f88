// The shapes of Core.Today's answers. Its own pages disagree, so both dialects are read, from one table of names.
import { fieldsOf, objectOf } from '../answers/loose';

/** Where each fact stands in either dialect: the first name that is there counts. */
export const NAMES = {
	id: ['id', 'job_id'],
	results: ['output', 'result'],
	publicUrl: ['public_url'],
	createdAt: ['created_at', 'created'],
} as const;

/** Both dialects' words for a task's state. */
export const STATUSES = {
	succeeded: 'succeeded',
	completed: 'succeeded',
	failed: 'failed',
	error: 'failed',
	canceled: 'cancelled',
	cancelled: 'cancelled',
} as const;

/** More fields than any storage signs. */
const MAX_UPLOAD_FIELDS = 100;

/** What the storage is to be sent before a file, by the answer to `POST /files/upload-url`. */
export function uploadFieldsIn(body: unknown): Record<string, string> | undefined {
	const entries = Object.entries(objectOf(fieldsOf(body).upload_fields) ?? { missing: undefined });
	if (entries.length > MAX_UPLOAD_FIELDS) return undefined;
	const isText = entries.every(([, each]) => typeof each === 'string' || typeof each === 'number');
	return isText
		? Object.fromEntries(entries.map(([name, each]) => [name, String(each)]))
		: undefined;
}
