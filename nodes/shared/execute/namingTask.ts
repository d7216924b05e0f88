// Work on something that the provider has under an ID.
import { failureIn, resultOf } from '../../../pipeline/result';

/** Does it. Whatever it throws names the ID, so that a person can come back to what was paid for. */
export async function namingTask<Value>(id: string, work: () => Promise<Value>): Promise<Value> {
	const outcome = await resultOf(work());
	if (outcome.ok) return outcome.value;
	throw failureIn(outcome.error)?.withTask(id) ?? outcome.error;
}
