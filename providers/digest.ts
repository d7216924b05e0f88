// The one digest, SHA-256: tells things apart that are too long to be kept, or are to be told to nobody.
import { createHash, type Hash } from 'crypto';

/** For what comes in pieces. */
export function beginDigest(): Hash {
	return createHash('sha256');
}

export function digestOf(data: string | Buffer, encoding: 'hex' | 'base64url' = 'hex'): string {
	return beginDigest().update(data).digest(encoding);
}
