// Where a file is to be sent, and where it lies then: storages that take it in a second request tell both in the first answer.
import { resolveUrl } from '../requests/url';
import { fieldsOf } from './loose';

export interface UploadPlace {
	uploadUrl: string;
	fileUrl: string;
}

/** Undefined where either isn't a web address. */
export function uploadPlaceIn(body: unknown): UploadPlace | undefined {
	const { upload_url, file_url } = fieldsOf(body);
	const [uploadUrl, fileUrl] = [upload_url, file_url].map((address) =>
		typeof address === 'string' ? resolveUrl('', address) : undefined,
	);
	return uploadUrl && fileUrl ? { uploadUrl, fileUrl } : undefined;
}
