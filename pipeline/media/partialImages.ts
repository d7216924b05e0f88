// Early drafts of a picture, as a stream brings them: files beside the finished one.
import type { IBinaryKeyData } from 'n8n-workflow';

import type { Connection } from '../connection';
import { named, type StoredImage } from './storedImage';

/** The drafts in binary fields that are named after the picture's own, such as `data_partial_1`. */
export function partialFiles(
	{ received }: Connection,
	references: string[] = [],
	field: string,
	fileName: string,
): IBinaryKeyData {
	const files = references
		.map((reference) => received.get(reference))
		.filter((image): image is StoredImage => image !== undefined && 'binary' in image);
	return Object.fromEntries(
		files.map((image, index) => [
			`${field}_partial_${index + 1}`,
			named(image, `${fileName}-partial-${index + 1}`).binary,
		]),
	);
}
