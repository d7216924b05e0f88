// Pictures that stand in a request as data URIs, where it takes no files in another way.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageType } from '../../providers/contract';
import { beginDigest } from '../../providers/digest';
import { badInput } from '../../providers/failure';
import { conversionTo, UNREADABLE, whatIs } from '../../providers/limits/inputImageLimits';
import { MEGABYTE, megabytesOf } from '../../providers/limits/megabytes';
import { LocalInlineFile, type LocalFile } from '../http/fileToSend';
import { contentOf, type LocalImage } from './files';

const TAKEN: ReadonlySet<ImageType> = new Set(['png', 'jpeg', 'webp', 'gif']);
const TAKEN_NAMES = 'PNG, JPEG, WebP or GIF';
/** Larger pictures aren't worth the way: models look at them scaled down. */
const MAX_BYTES = 20 * MEGABYTE;

/**
 * The image's file, read through once; undefined where it lies on the web. Throws a badInput failure for a picture of a
 * type or length that isn't taken, and n8n's error when the file can't be read.
 */
export async function inlineFileOf(
	context: IExecuteFunctions,
	{ label, file, facts }: LocalImage,
): Promise<LocalInlineFile | undefined> {
	if (!file) return undefined;
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
	const digest = beginDigest();
	let bytes = 0;
	for await (const chunk of await contentOf(context, file)) {
		digest.update(chunk);
		bytes += chunk.length;
	}
	const counted: LocalFile = { label, file: { ...file, bytes } };
	return new LocalInlineFile(counted, digest.digest('hex'));
}
