// Gets the pictures that an input names, by URL or as data URIs, and checks them as a model does.
import { openWhereWhite } from '../drawing/open-where-white';
import { imageFacts, type ImageFacts } from '../files/image-file';
import { fetchFile } from '../http/fetch-file';
import type { Lifetime } from '../lifetime';
import { FalError, type Problem, problem } from './errors';
import type { NamedImage } from './job';

const MEGABYTE = 1024 * 1024;
/** What a model downloads at most. */
const FILE_LIMIT = 50 * MEGABYTE;

export interface ReceivedImage {
	/** For example "image_urls.0". */
	field: string;
	way: 'storage' | 'data URI' | 'url';
	type: string;
	width: number;
	height: number;
	bytes: number;
}

export interface FetchedImages {
	images: ReceivedImage[];
	/** The one that the drawing starts from. */
	first?: ImageFacts & { bytes: Buffer };
	/** Transparent where the picture may change. */
	mask?: Buffer;
}

export async function fetchImages(
	named: readonly NamedImage[],
	filesUrl: string,
	lifetime: Lifetime,
): Promise<FetchedImages> {
	const fetched: FetchedImages = { images: [] };
	let mask: (ImageFacts & { bytes: Buffer; loc: Problem['loc'] }) | undefined;
	// One after the other, and only the first is kept: many references may be large.
	for (const { loc, url, isMask } of named) {
		const bytes = await bytesOf(url, loc, lifetime);
		const facts = await imageFacts(bytes);
		if (!facts) {
			const words = 'Could not load the image from the url.';
			throw new FalError(422, [problem(loc, 'image_load_error', words, { input: inShort(url) })]);
		}
		const { type, width, height } = facts;
		const way = url.startsWith('data:')
			? 'data URI'
			: url.startsWith(`${filesUrl}/`)
				? 'storage'
				: 'url';
		const field = loc.slice(1).join('.');
		fetched.images.push({ field, way, type, width, height, bytes: bytes.length });
		if (isMask) mask = { ...facts, bytes, loc };
		else fetched.first ??= { ...facts, bytes };
	}
	if (!mask || !fetched.first) return fetched;
	const { width, height } = fetched.first;
	if (mask.width !== width || mask.height !== height) {
		const words = `The mask is ${mask.width}x${mask.height}, the image ${width}x${height}: they must have the same dimensions.`;
		throw new FalError(422, [problem(mask.loc, 'value_error', words)]);
	}
	return { ...fetched, mask: await openWhereWhite(mask.bytes) };
}

async function bytesOf(url: string, loc: Problem['loc'], lifetime: Lifetime): Promise<Buffer> {
	const inline = /^data:[^,]*;base64,(.*)$/s.exec(url)?.[1];
	if (inline !== undefined) {
		const bytes = Buffer.from(inline, 'base64');
		if (bytes.length <= FILE_LIMIT) return bytes;
		throw tooLarge(loc);
	}
	const file = await fetchFile(url, FILE_LIMIT, lifetime);
	if (file.ok) return file.bytes;
	if (file.reason === 'too large') throw tooLarge(loc);
	const words = 'Failed to download the file. Please check if the URL is accessible and try again.';
	const input = inShort(url);
	throw new FalError(422, [problem(loc, 'file_download_error', words, { input })]);
}

function tooLarge(loc: Problem['loc']): FalError {
	const words = 'File size exceeds the maximum allowed size of 50MB.';
	const ctx = { max_size: FILE_LIMIT };
	return new FalError(422, [problem(loc, 'file_too_large', words, { ctx })]);
}

const inShort = (url: string) => url.slice(0, 200);
