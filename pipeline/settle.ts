// Turns a promise's failure into a value, so that a decision about it reads from top to bottom.
import { ImageFailure } from '../providers/failure';

export type Settled<Value> = { ok: true; value: Value } | { ok: false; error: Error };

export async function settle<Value>(promise: Promise<Value>): Promise<Settled<Value>> {
	return await promise.then(
		(value) => ({ ok: true as const, value }),
		(error: unknown) => ({ ok: false as const, error: toError(error) }),
	);
}

/** All values, once every promise has ended: a failure is thrown only then, so that no work goes on unseen. */
export async function settleAll<Value>(promises: Array<Promise<Value>>): Promise<Value[]> {
	const outcomes = await Promise.all(promises.map(settle));
	return outcomes.map((outcome) => {
		if (outcome.ok) return outcome.value;
		throw outcome.error;
	});
}

/** The failure inside, where it is one of ours; undefined for n8n's own and for defects. */
export function failureIn(error: Error): ImageFailure | undefined {
	return error instanceof ImageFailure ? error : undefined;
}

/** What isn't an Error keeps its facts as the cause: an error's class may be another copy of ours. */
function toError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error), { cause: error });
}
