// Where an input image lies, as OpenAI's JSON requests name it.
import type { InputImage } from '../contract';

/** The id of an uploaded file, or a web address. */
export function placeOf({ fileId, url }: InputImage): Record<string, unknown> {
	return fileId ? { file_id: fileId } : { image_url: url };
}
