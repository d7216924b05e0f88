// Requests that are paid for and that the provider can't recognise when they come again: n8n's Retry On Fail runs a
// node anew, and then sends none of them a second time that may have been done.
import type { IExecuteFunctions } from 'n8n-workflow';

import { idempotencyKey } from './idempotency';
import { failureIn, settle } from '../settle';
import { keepUnknown, wasUnknown } from './startedTasks';
import { beginCall, leaveCall, type Wish } from './toolCalls';
import { stillUnknown, withOutcome, type AskedProvider } from './unknownOutcome';

/**
 * Runs what sends one such request for an item. The key is the same for every try, and another for every item, loop
 * turn, execution and, as an AI agent's tool, for everything else that is wanted.
 */
export async function paidOnce<Value>(
	context: IExecuteFunctions,
	itemIndex: number,
	wish: Wish,
	work: (key: string) => Promise<Value>,
): Promise<Value> {
	const call = beginCall(context, itemIndex, wish);
	const outcome = await settle(work(idempotencyKey(context, call, 0, 1)));
	if (outcome.ok) return outcome.value;
	leaveCall(context, call);
	throw outcome.error;
}

/** Throws when an earlier try's request under this key may have been done. */
export function refuseUnknown(
	context: IExecuteFunctions,
	key: string,
	provider: AskedProvider,
): void {
	if (wasUnknown(context, key)) throw stillUnknown(provider);
}

/**
 * Sends the request. When no answer tells whether it was done, the failure says how to find out, and it is kept under
 * the key that it may have been. Without a key nothing is kept: the provider then knows the request again.
 */
export async function sendPaid<Value>(
	context: IExecuteFunctions,
	key: string | undefined,
	provider: AskedProvider,
	send: () => Promise<Value>,
): Promise<Value> {
	const outcome = await settle(send());
	if (outcome.ok) return outcome.value;
	const error = withOutcome(outcome.error, provider);
	const isUnknown = failureIn(error)?.details.kind === 'outcomeUnknown';
	if (isUnknown && key !== undefined) keepUnknown(context, key);
	throw error;
}
