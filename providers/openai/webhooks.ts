// Verifies webhooks by the Standard Webhooks specification: the signature covers id, time and raw body.
import { createHmac, timingSafeEqual } from 'crypto';

import type { SignedDelivery } from '../contract';
import { meantKey } from '../requests/apiKey';
import { isTooOld, NOT_SIGNED, TOO_OLD, WRONG_SIGNATURE } from '../signatures';

const SECRET_PREFIX = 'whsec_';
const VERSION = 'v1';
/** Base64 of 16 bytes or more. Without what begins a secret, other keys mostly aren't that. */
const SECRET = /^(?:whsec_[\w+/-]{22,}|[a-z\d+/]{22,})={0,2}$/i;

/** Whether it can be the secret of an endpoint, as people paste it. */
export function isSigningSecret(text: string): boolean {
	return SECRET.test(meantKey(text));
}

/**
 * Why a delivery can't be believed, or undefined when its signature is right.
 * The `webhook-signature` header may hold several signatures, of which one must fit.
 */
export function refusalOf(
	{ headers, rawBody }: SignedDelivery,
	secret: string,
	nowSeconds: number,
): string | undefined {
	const id = headers['webhook-id'];
	const timestamp = headers['webhook-timestamp'];
	const signatures = headers['webhook-signature'];
	if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') {
		return NOT_SIGNED;
	}
	if (isTooOld(timestamp, nowSeconds)) return TOO_OLD;
	const key = keyOf(secret);
	if (key.length === 0) return 'The signing secret is empty or damaged.';
	const expected = sign(key, id, timestamp, rawBody);
	const isRight = signatures.split(' ').some((entry) => {
		const [version, signature = ''] = entry.split(',', 2);
		return version === VERSION && isSame(Buffer.from(signature, 'base64'), expected);
	});
	return isRight ? undefined : WRONG_SIGNATURE;
}

/** The base64 text behind `whsec_`. An empty key is none: anybody could sign with it. */
function keyOf(secret: string): Buffer {
	const text = meantKey(secret);
	const base64 = text.startsWith(SECRET_PREFIX) ? text.slice(SECRET_PREFIX.length) : text;
	return Buffer.from(base64, 'base64');
}

/** HMAC-SHA256 over `id.timestamp.body`. */
function sign(key: Buffer, id: string, timestamp: string, rawBody: Buffer): Buffer {
	return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(rawBody).digest();
}

function isSame(given: Buffer, expected: Buffer): boolean {
	return given.length === expected.length && timingSafeEqual(given, expected);
}
