// Fetches the pictures that an input names by URL, and checks them by content.
import type { PixelSize } from '../drawing/sizes';
import { imageFacts } from '../files/image-file';
import { fetchFile } from '../http/fetch-file';
import type { Lifetime } from '../lifetime';
import { CoreTodayError } from './errors';
import type { ImageJob } from './input';
import type { KeptFiles, UploadWay } from './kept-files';

const MEGABYTE = 1024 * 1024;
const FILE_LIMIT = 50 * MEGABYTE;

export interface ReceivedFile extends PixelSize {
	/** The input's key, for example "input_images[0]". */
	key: string;
	way: UploadWay | 'url';
	url: string;
	/** For example "image/png". */
	type: string;
	bytes: number;
}

export interface InputFiles {
	files: ReceivedFile[];
	/** The one that the drawing starts from. */
	first?: Buffer;
}

export async function fetchInputFiles(
	{ inputImages }: ImageJob,
	kept: KeptFiles,
	lifetime: Lifetime,
): Promise<InputFiles> {
	const files: ReceivedFile[] = [];
	let first: Buffer | undefined;
	// One after the other, and only the first is kept: many references may be large.
	for (const { key, url } of inputImages) {
		const fetched = await fetchFile(url, FILE_LIMIT, lifetime);
		if (!fetched.ok) {
			const problem =
				fetched.reason === 'too large'
					? `is over the limit of ${FILE_LIMIT / MEGABYTE} MB`
					: `could not be fetched: ${fetched.detail}`;
			throw new CoreTodayError(400, `input.${key} ${problem}.`);
		}
		const { bytes } = fetched;
		const facts = await imageFacts(bytes);
		if (!facts) throw new CoreTodayError(400, `input.${key} is not a JPEG, PNG or WebP image.`);
		const { type, width, height } = facts;
		files.push({ key, way: kept.wayOf(url), url, type, width, height, bytes: bytes.length });
		first ??= bytes;
	}
	return { files, first };
}
