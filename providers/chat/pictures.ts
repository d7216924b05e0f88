// The pictures of one answer that are in memory, by the references that stand in their places: a picture that comes twice is one.
import { referenceOfBytes, type PictureReference } from '../answers/pictureReference';

/** What the pipeline has stored already isn't among them. */
export interface Pictures {
	/** Keeps a picture and answers its reference. */
	keep(bytes: Buffer): PictureReference;
	find(reference: string): Buffer | undefined;
	/** Of all that are kept. */
	references(): PictureReference[];
}

export function newPictures(): Pictures {
	const kept = new Map<string, Buffer>();
	const references: PictureReference[] = [];
	return {
		keep: (bytes) => {
			const reference = referenceOfBytes(bytes);
			if (!kept.has(reference)) references.push(reference);
			kept.set(reference, bytes);
			return reference;
		},
		find: (reference) => kept.get(reference),
		references: () => references,
	};
}

/** What is needed to read an answer's places for pictures. */
export interface Reading {
	pictures: Pictures;
	/** The gateway's, to which paths belong. */
	baseUrl: string;
}

/** An image at a link, or under a reference. */
export interface FoundImage {
	url?: string;
	stored?: PictureReference;
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
