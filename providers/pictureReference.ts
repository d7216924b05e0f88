// References of pictures that came inside an answer: short texts that stand in their place once they are stored.
import { createHash } from 'crypto';

const PREFIX = 'stored:';
const REFERENCE = /^stored:[\w-]{1,100}$/;
const WITHIN_TEXT = /stored:[\w-]{1,100}/g;

/** The reference of a picture by its SHA-256 as hex: the same picture always has the same. */
export function referenceOf(digest: string): string {
	return `${PREFIX}${digest}`;
}

/** The reference that a picture has once it is stored. */
export function referenceOfBytes(bytes: Buffer): string {
	return referenceOf(createHash('sha256').update(bytes).digest('hex'));
}

export function isReference(value: unknown): value is string {
	return typeof value === 'string' && REFERENCE.test(value);
}

/** All references in a text, in order. */
export function referencesIn(text: string): string[] {
	return text.match(WITHIN_TEXT) ?? [];
}
