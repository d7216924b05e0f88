// When a picture is fetched again, and after how long: no clock and no network.
import type { FailureDetails } from '../../providers/failure';

const MAX_TRIES = 4;
const FIRST_WAIT_MILLISECONDS = 500;
/** A fresh link may answer 404 for some seconds, until the picture has arrived where it leads. */
const FRESH_MILLISECONDS = 10_000;
const LONGEST_FRESH_WAIT_MILLISECONDS = 2500;

/** Milliseconds until a picture is fetched again, or undefined when it shouldn't be. */
export type NextTry = (failure: FailureDetails) => number | undefined;

/** To be asked after each failed try of one picture. */
export function patienceWithLink(): NextTry {
	let tried = 0;
	let notThere = 0;
	let waited = 0;

	function whenThere(): number | undefined {
		const wait = Math.min(backoff(notThere), LONGEST_FRESH_WAIT_MILLISECONDS);
		notThere += 1;
		waited += wait;
		return waited > FRESH_MILLISECONDS ? undefined : wait;
	}

	return (failure) => {
		if (isFinal(failure)) return undefined;
		if (failure.status === 404) return whenThere();
		tried += 1;
		if (tried >= MAX_TRIES) return undefined;
		return failure.retryAfterSeconds === undefined
			? backoff(tried - 1)
			: failure.retryAfterSeconds * 1000;
	};
}

function backoff(times: number): number {
	return FIRST_WAIT_MILLISECONDS * 2 ** times;
}

/** What another try won't change: the link's refusal, a file that is too large, a full disk, an address that is none. */
function isFinal({ status = 0, shouldRetry }: FailureDetails): boolean {
	const isRefusal = status >= 400 && status < 500 && ![404, 408, 425, 429].includes(status);
	return shouldRetry === false || isRefusal || status === 507;
}
