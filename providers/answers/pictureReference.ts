// References of pictures that came inside an answer: short texts that stand in their place once they are stored.
import { digestOf } from '../digest';

/** A text that stands in the place of a picture. */
export type PictureReference = `stored:${string}`;

const REFERENCE = /^stored:[\w-]{1,100}$/;
const WITHIN_TEXT = /stored:[\w-]{1,100}/g;

/** The reference of a picture by its SHA-256 as hex: the same picture always has the same. */
export function referenceOf(digest: string): PictureReference {
	return `stored:${digest}`;
}

/** The reference that a picture has once it is stored. */
export function referenceOfBytes(bytes: Buffer): PictureReference {
	return referenceOf(digestOf(bytes));
}

export function isReference(value: unknown): value is PictureReference {
	return typeof value === 'string' && REFERENCE.test(value);
}

/** All references in a text, in order; or those that a narrower pattern finds. */
export function referencesIn(text: string, pattern = WITHIN_TEXT): PictureReference[] {
	return (text.match(pattern) ?? []).flatMap((found) => (isReference(found) ? [found] : []));
}
