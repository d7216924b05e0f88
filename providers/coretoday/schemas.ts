// The shapes of Core.Today's answers. Its own pages disagree, so both dialects are read, from one table of names.
import { objectOf } from '../answers/loose';
import type { TaskStatus } from '../contract';
import { resolveUrl } from '../requests/url';

/** Where each fact stands in either dialect: the first name that is there counts. */
export const NAMES = {
	id: ['id', 'job_id'],
	results: ['output', 'result'],
	publicUrl: ['public_url'],
	createdAt: ['created_at', 'created'],
} as const;

/** Both dialects' words for a task's state. */
export const STATUSES: Readonly<Record<string, TaskStatus>> = {
	succeeded: 'succeeded',
	completed: 'succeeded',
	failed: 'failed',
	error: 'failed',
	canceled: 'cancelled',
	cancelled: 'cancelled',
};

/** More fields than any storage signs. */
const MAX_UPLOAD_FIELDS = 100;

/** Where a file is to be sent, with what fields, and where it lies then: `POST /files/upload-url`. */
interface UploadPlace {
	uploadUrl: string;
	fields: Record<string, string>;
	fileUrl: string;
}

export function uploadPlaceIn(body: unknown): UploadPlace | undefined {
	const { upload_url, upload_fields, file_url } = objectOf(body) ?? {};
	const uploadUrl = webAddress(upload_url);
	const fields = textFields(upload_fields);
	const fileUrl = webAddress(file_url);
	return uploadUrl && fields && fileUrl ? { uploadUrl, fields, fileUrl } : undefined;
}

function webAddress(value: unknown): string | undefined {
	return typeof value === 'string' ? resolveUrl('', value) : undefined;
}

function textFields(value: unknown): Record<string, string> | undefined {
	const entries = Object.entries(objectOf(value) ?? { missing: undefined });
	if (entries.length > MAX_UPLOAD_FIELDS) return undefined;
	const isText = entries.every(([, each]) => typeof each === 'string' || typeof each === 'number');
	return isText
		? Object.fromEntries(entries.map(([name, each]) => [name, String(each)]))
		: undefined;
}
