// When a request is sent again, and after how long: pure functions, no clock and no network.
import type { FailureDetails, FailureKind } from '../../providers/failure';

/** Sends one request this many times at most. */
export const MAX_TRIES = 5;
/** A provider that asks for a longer wait than this gets its message shown instead. */
const LONGEST_WAIT_SECONDS = 120;
const FIRST_WAIT_SECONDS = 0.5;
/** The part of a wait that chance may take off, so that many clients don't come back together. */
const JITTER = 0.25;

/**
 * Statuses that say "not now": the same request may succeed later. 409 is one of them, as a provider
 * gives it while an earlier request with the same idempotency key is still at work.
 */
const PASSING_STATUSES = new Set([408, 409, 425, 429, 499, 500, 502, 503, 504]);

/**
 * Whether a failed request may be sent again. One that can't be repeated safely is sent again only when the provider
 * surely did nothing: it was never reached, or it said so. No word of it makes a refusal or an unknown outcome worth
 * repeating.
 */
export function mayRetry(failure: FailureDetails, idempotent: boolean): boolean {
	const { kind, status, shouldRetry } = failure;
	if (shouldRetry === false) return false;
	if (kind === 'rateLimit') return true;
	if (kind === 'network') return idempotent || failure.nothingSent === true;
	if (kind === 'unreadableAnswer') return idempotent;
	// A picture that arrived damaged inside the answer; with a status, it is one that is too large.
	if (kind === 'download') return idempotent && status === undefined;
	if (kind !== 'providerDown' && kind !== 'badRequest') return false;
	if (wasRefusedForNow(failure)) return true;
	const isPassing = status !== undefined && (PASSING_STATUSES.has(status) || isOfProxy(status));
	return idempotent && (isPassing || shouldRetry === true);
}

/**
 * Whether the provider said that it didn't take the request: by a code of its own, or by 503 with a time to come back
 * (RFC 9110, 15.6.4). Gateways answer 408, 499, 503 and others for time-outs too, when the work may be done.
 */
export function wasRefusedForNow({ notTaken, status, retryAfterSeconds }: FailureDetails): boolean {
	return notTaken === true || (status === 503 && retryAfterSeconds !== undefined);
}

const MAY_HAVE_STARTED: ReadonlySet<FailureKind> = new Set([
	'download',
	'network',
	'noImage',
	'providerDown',
	'unreadableAnswer',
]);

/**
 * Whether the request that failed with this may have started work. A server or a gateway that broke down may have done so
 * after the work. What arrived damaged has been made.
 */
export function mayHaveStarted(failure: FailureDetails): boolean {
	if (failure.nothingSent || wasRefusedForNow(failure)) return false;
	return MAY_HAVE_STARTED.has(failure.kind);
}

/** What Cloudflare answers, with a web page, for a server that it can't reach or that takes too long. */
function isOfProxy(status: number): boolean {
	return (status >= 520 && status <= 526) || status === 530;
}

/**
 * Seconds to wait before the next try, or undefined when there should be none.
 * `tried` counts the tries so far, `chance` is a number from 0 to 1.
 */
export function retryWait(
	failure: FailureDetails,
	idempotent: boolean,
	tried: number,
	chance: number,
): number | undefined {
	if (tried >= MAX_TRIES || !mayRetry(failure, idempotent)) return undefined;
	const asked = failure.retryAfterSeconds;
	if (asked !== undefined) return asked <= LONGEST_WAIT_SECONDS ? asked : undefined;
	const backoff = FIRST_WAIT_SECONDS * 2 ** (tried - 1);
	return backoff * (1 - JITTER * chance);
}
