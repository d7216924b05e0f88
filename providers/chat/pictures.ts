// The pictures of one answer that are in memory, by the references that stand in their places: a picture that comes twice is one.
import { referenceOfBytes } from '../pictureReference';

/** By reference. What the pipeline has stored already isn't among them. */
export type Pictures = Map<string, Buffer>;

/** What is needed to read an answer's places for pictures. */
export interface Reading {
	pictures: Pictures;
	/** The gateway's, to which paths belong. */
	baseUrl: string;
}

/** An image at a link, or under a reference. */
export interface FoundImage {
	url?: string;
	stored?: string;
}

/** Keeps a picture and answers its reference. */
export function keepPicture(pictures: Pictures, bytes: Buffer): string {
	const reference = referenceOfBytes(bytes);
	pictures.set(reference, bytes);
	return reference;
}

const TAIL_BYTES = 64;

/** Whether a picture surely has its end. */
export function hasItsEnd(bytes: Buffer): boolean {
	const tail = bytes.subarray(-TAIL_BYTES);
	const kind = bytes.toString('latin1', 0, 12);
	if (kind.startsWith('\x89PNG')) return tail.includes('IEND');
	if (kind.startsWith('\xff\xd8')) return tail.includes(Buffer.of(0xff, 0xd9));
	if (kind.startsWith('GIF8')) return tail.at(-1) === 0x3b;
	if (/^RIFF[^]{4}WEBP/.test(kind)) return bytes.length >= bytes.readUInt32LE(4) + 8;
	return false;
}
