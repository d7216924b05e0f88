// Verifies fal's webhooks: Ed25519 over request, user, time and the digest of the raw body, with any of the published keys.
import { textOf } from '../answers/loose';
import type { SignedDelivery } from '../contract';
import { digestOf } from '../digest';
import { isSignedByAny, isTooOld, NOT_SIGNED, TOO_OLD, WRONG_SIGNATURE } from '../signatures';

const SIGNED = ['request-id', 'user-id', 'timestamp', 'signature'];

/** Why a delivery can't be believed, or undefined when its signature is right. There is no key ID: every key may be the one. */
export function refusalOf(
	{ headers, rawBody }: SignedDelivery,
	keys: unknown,
	nowSeconds: number,
): string | undefined {
	const [request, user, time, signature] = SIGNED.map((name) =>
		textOf(headers[`x-fal-webhook-${name}`]),
	);
	if (!request || !user || !time || !signature || !Buffer.isBuffer(rawBody)) return NOT_SIGNED;
	if (isTooOld(time, nowSeconds)) return TOO_OLD;
	const message = [request, user, time, digestOf(rawBody)].join('\n');
	return isSignedByAny(keys, message, signature) ? undefined : WRONG_SIGNATURE;
}
