// Looks at the reference images and draws what was asked for.
import { crc32 } from 'node:zlib';
import { randomBytes } from 'node:crypto';
import { drawEdit } from '../drawing/edit';
import { keptPicture } from '../drawing/kept-pictures';
import { type PixelSize, withinPixelLimit } from '../drawing/sizes';
import type { Lifetime } from '../lifetime';
import { look } from '../openai/chat/colours';
import { invalid } from '../openai/errors';
import { readPicture } from '../openai/pictures';
import type { ChatRequest } from './request';
import { sizeWish } from './size-wish';

export interface SeenImage extends PixelSize {
	/** A data URI without its data. */
	url: string;
	/** For example "image/png". */
	type: string;
	bytes: number;
}

export interface References {
	seen: SeenImage[];
	first?: Buffer;
}

const MEGABYTE = 1024 * 1024;
const CHUNK_BYTES = 512 * 1024;
/** Length, type and checksum. */
const CHUNK_FRAME = 12;
const END_CHUNK_BYTES = 12;

export async function seeReferences(
	{ pictures }: ChatRequest,
	lifetime: Lifetime,
): Promise<References> {
	const seen: SeenImage[] = [];
	let first: Buffer | undefined;
	// One after the other: many pictures may be large.
	for (const { url, param } of pictures) {
		const bytes = await readPicture(url, param, lifetime);
		const picture = await look(bytes);
		if (!picture) {
			throw invalid('The reference image could not be decoded.', 'invalid_image_format', param);
		}
		const { type, width, height } = picture;
		const shown = url.replace(/^(data:[^,]*),.*$/s, '$1,…');
		seen.push({ url: shown, type, width, height, bytes: bytes.length });
		first ??= bytes;
	}
	return { seen, first };
}

/** A size in the prompt's words counts first, then the first reference image's. */
export function sizeFor(prompt: string, { seen: [first] }: References): PixelSize {
	return sizeWish(prompt) ?? (first ? withinPixelLimit(first) : { width: 1024, height: 1024 });
}

export async function drawImages(
	count: number,
	prompt: string,
	size: PixelSize,
	{ first: reference }: References,
): Promise<Buffer[]> {
	const images: Buffer[] = [];
	for (let index = 0; index < count; index++) {
		images.push(
			reference
				? await drawEdit({ prompt, index, size, reference })
				: await keptPicture({ prompt, index, size }),
		);
	}
	return images;
}

/** Makes a PNG so large that its base64 has so many megabytes: with chunks that readers skip. */
export function inflated(png: Buffer, megabytesOfBase64: number): Buffer {
	const wanted = Math.ceil((megabytesOfBase64 * MEGABYTE * 3) / 4);
	const chunks: Buffer[] = [];
	for (let size = png.length; size < wanted; size += CHUNK_BYTES + CHUNK_FRAME) {
		chunks.push(paddingChunk(CHUNK_BYTES));
	}
	const end = png.length - END_CHUNK_BYTES;
	return Buffer.concat([png.subarray(0, end), ...chunks, png.subarray(end)]);
}

function paddingChunk(bytes: number): Buffer {
	const body = Buffer.concat([Buffer.from('saNd', 'latin1'), randomBytes(bytes)]);
	const frame = Buffer.alloc(8);
	frame.writeUInt32BE(bytes, 0);
	frame.writeUInt32BE(crc32(body), 4);
	return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
