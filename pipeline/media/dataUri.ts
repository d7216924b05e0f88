// Pictures as data URIs, for requests that take nothing else.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageType } from '../../providers/contract';
import { badInput } from '../../providers/failure';
import { conversionTo, UNREADABLE, whatIs } from '../../providers/limits/inputImageLimits';
import { MEGABYTE, megabytesOf } from '../../providers/limits/megabytes';
import type { LocalImage } from './files';

const TAKEN: ReadonlySet<ImageType> = new Set(['png', 'jpeg', 'webp', 'gif']);
const TAKEN_NAMES = 'PNG, JPEG, WebP or GIF';
/** Larger pictures aren't worth the memory: models look at them scaled down. */
const MAX_BYTES = 20 * MEGABYTE;

/** The image's web address, or its bytes as a data URI. Throws a badInput failure for what isn't one. */
export async function dataUriOf(
	context: IExecuteFunctions,
	{ label, url, file, facts }: LocalImage,
): Promise<string> {
	if (!file) return url ?? '';
	if (!facts || facts.type === 'unknown') {
		throw badInput(
			`The input image "${label}" ${UNREADABLE}.`,
			'Check the step that makes this file.',
		);
	}
	if (!TAKEN.has(facts.type)) {
		throw badInput(
			`The input image "${label}" ${whatIs(facts.type)}, which isn't taken here.`,
			conversionTo(TAKEN_NAMES, facts.type),
		);
	}
	if (file.bytes > MAX_BYTES) {
		throw badInput(
			`The input image "${label}" has ${megabytesOf(file.bytes)} MB, at most ${MAX_BYTES / MEGABYTE} MB are taken here.`,
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
