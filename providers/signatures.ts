// What all signed webhooks have in common: how old a delivery may be, what is said of one that can't be believed, and
// signatures by a published key.
import { createPublicKey, verify, type KeyObject } from 'crypto';

import { fieldsOf, itemsOf } from './answers/loose';

export const NOT_SIGNED = 'The delivery is not signed.';
export const TOO_OLD = 'The delivery is too old, or its time is wrong.';
export const WRONG_SIGNATURE = 'The signature is wrong.';

/** How old or how far ahead a delivery's time may be, in seconds. */
const TOLERANCE_SECONDS = 300;
const MAX_KEYS = 20;
const ED25519_KEY_BYTES = 32;
const ED25519_SIGNATURE = /^[0-9a-f]{128}$/i;

/** `time` is in seconds, as text. */
export function isTooOld(time: string, nowSeconds: number): boolean {
	return !/^\d+$/.test(time) || Math.abs(nowSeconds - Number(time)) > TOLERANCE_SECONDS;
}

/** Whether one of the keys of a JSON Web Key Set has signed the message, by Ed25519. The signature is in hex. */
export function isSignedByAny(jwks: unknown, message: string, signature: string): boolean {
	const bytes = Buffer.from(signature, 'hex');
	return (
		ED25519_SIGNATURE.test(signature) &&
		keysIn(jwks).some((key) => verify(null, Buffer.from(message), key, bytes))
	);
}

/** Entries that are no such keys are passed over: they would throw. */
function keysIn(jwks: unknown): KeyObject[] {
	const entries = itemsOf(fieldsOf(jwks).keys).slice(0, MAX_KEYS);
	return entries.flatMap((entry) => {
		const { kty, crv, x } = fieldsOf(entry);
		if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string') return [];
		const bytes = Buffer.from(x, 'base64url');
		if (bytes.length !== ED25519_KEY_BYTES) return [];
		return createPublicKey({ key: { kty, crv, x: bytes.toString('base64url') }, format: 'jwk' });
	});
}
