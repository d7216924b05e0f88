// Verifies fal's webhooks: Ed25519 over request, user, time and the digest of the raw body, with any of the published keys.
import { createPublicKey, verify, type KeyObject } from 'crypto';

import { fieldsOf, itemsOf, objectOf } from '../answers/loose';
import type { SignedDelivery } from '../contract';
import { digestOf } from '../digest';

/** How old or how far ahead a delivery's time may be, in seconds. */
const TOLERANCE_SECONDS = 300;
const MAX_KEYS = 20;
const SIGNATURE = /^[0-9a-f]{128}$/i;

/** Why a delivery can't be believed, or undefined when its signature is right. There is no key ID: every key may be the one. */
export function refusalOf(
	{ headers, rawBody }: SignedDelivery,
	keys: unknown,
	nowSeconds: number,
): string | undefined {
	const [request, user, time, signature] = ['Request-Id', 'User-Id', 'Timestamp', 'Signature'].map(
		(name) => headers[`x-fal-webhook-${name.toLowerCase()}`],
	);
	const isSigned = [request, user, time, signature].every((each) => typeof each === 'string');
	if (!isSigned || !Buffer.isBuffer(rawBody)) return 'The delivery is not signed.';
	if (!/^\d+$/.test(String(time)) || Math.abs(nowSeconds - Number(time)) > TOLERANCE_SECONDS) {
		return 'The delivery is too old, or its time is wrong.';
	}
	const message = Buffer.from([request, user, time, digestOf(rawBody)].join('\n'));
	const isRight =
		SIGNATURE.test(String(signature)) &&
		keysIn(keys).some((key) => verify(null, message, key, Buffer.from(String(signature), 'hex')));
	return isRight ? undefined : 'The signature is wrong.';
}

function keysIn(jwks: unknown): KeyObject[] {
	const entries = itemsOf(fieldsOf(jwks).keys).slice(0, MAX_KEYS);
	return entries.flatMap((entry) => {
		const { kty, crv, x } = objectOf(entry) ?? {};
		if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string') return [];
		return keyOf(x) ?? [];
	});
}

function keyOf(x: string): KeyObject | undefined {
	const bytes = Buffer.from(x, 'base64url');
	// Anything else is no key, and would throw.
	if (bytes.length !== 32) return undefined;
	const key = { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') };
	return createPublicKey({ key, format: 'jwk' });
}
