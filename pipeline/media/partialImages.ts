// Early drafts of a picture, as a stream brings them: files beside the finished one.
import type { IBinaryKeyData } from 'n8n-workflow';

import type { Connection } from '../connection';
import type { FileName } from './fileNames';
import { named, type StoredImage } from './store/storedImage';

/** The drafts in binary fields that are named after the picture's own, such as `data_partial_1`. */
export function partialFiles(
	{ pictures }: Connection,
	references: string[] = [],
	field: string,
	{ stem, ending }: FileName,
): IBinaryKeyData {
	const files = references
		.map((reference) => pictures.find(reference))
		.filter((image): image is StoredImage => image !== undefined && 'binary' in image);
	return Object.fromEntries(
		files.map((image, index) => [
			`${field}_partial_${index + 1}`,
			named(image, `${stem}-partial-${index + 1}`, ending).binary,
		]),
	);
}
