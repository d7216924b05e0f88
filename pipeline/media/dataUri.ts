// Pictures as data URIs, for requests that take nothing else.
import type { IExecuteFunctions } from 'n8n-workflow';

import { badInput } from '../../providers/failure';
import type { LocalImage } from './files';

const MEGABYTE = 1024 * 1024;
/** Larger pictures aren't worth the memory: models look at them scaled down. */
const MOST_BYTES = 20 * MEGABYTE;

/** The image's web address, or its bytes as a data URI. Throws a badInput failure for what isn't one. */
export async function dataUriOf(
	context: IExecuteFunctions,
	{ label, url, file, facts }: LocalImage,
): Promise<string> {
	if (!file) return url ?? '';
	if (!facts || facts.type === 'unknown') {
		throw badInput(
			`The input image "${label}" isn't a picture that can be read, whatever its name says.`,
			'Check the step that makes this file.',
		);
	}
	if (file.bytes > MOST_BYTES) {
		// Rounded up, so that a file just over the limit isn't said to be as large as is allowed.
		const megabytes = (Math.ceil((file.bytes / MEGABYTE) * 10) / 10).toFixed(1);
		throw badInput(
			`The input image "${label}" has ${megabytes} MB, at most ${MOST_BYTES / MEGABYTE} MB are taken here.`,
			'Make the picture smaller, for instance with the Edit Image node.',
		);
	}
	const bytes =
		'buffer' in file.content
			? file.content.buffer
			: await context.helpers.binaryToBuffer(
					await context.helpers.getBinaryStream(file.content.binaryId),
				);
	return `data:${file.mimeType};base64,${bytes.toString('base64')}`;
}
