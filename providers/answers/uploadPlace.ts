// Where a file is to be sent, and where it lies then: storages that take it in a second request tell both in the first answer.
import type { HttpAnswer } from '../contract';
import { resolveUrl } from '../requests/url';
import { fieldsOf } from './loose';
import type { FailureReader } from './parseAnswer';

export interface UploadPlace {
	uploadUrl: string;
	fileUrl: string;
}

/** Throws an ImageFailure where either isn't a web address. */
export function uploadPlaceIn(answer: HttpAnswer, readFailure: FailureReader): UploadPlace {
	const { upload_url, file_url } = fieldsOf(answer.body);
	const [uploadUrl, fileUrl] = [upload_url, file_url].map((address) =>
		typeof address === 'string' ? resolveUrl('', address) : undefined,
	);
	if (!uploadUrl || !fileUrl) throw readFailure(answer);
	return { uploadUrl, fileUrl };
}
