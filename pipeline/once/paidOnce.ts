// Requests that are paid for, each sent once only: before one leaves, it is marked as on its way; what becomes of it is
// kept under its key. So a later try of the node knows of it, whatever ends this one: a failure, a cancel, n8n itself.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { HttpAnswer, ImageRequest } from '../../providers/contract';
import { ImageFailure, type FailureDetails } from '../../providers/failure';
import type { Connection } from '../connection';
import { throwIfCancelled } from '../pause';
import { failureIn, settle } from '../settle';
import { idempotencyKey } from './idempotency';
import { keepCreate, keepOutcome, recallCreate, type CreatePlace } from './keptCreates';
import type { CreateState } from './nodeMemory';
import { beginCall, leaveCall, type Wish } from './toolCalls';
import { mayHaveBeenDone, stillUnknown, withOutcome, type AskedProvider } from './unknownOutcome';

const LONGEST_QUOTE = 300;

/** What is sent, and how its answer is read. */
export interface PaidRequest<Value> {
	place: CreatePlace;
	provider: AskedProvider;
	/** What is asked for, where the provider knows it again by its key. */
	request?: ImageRequest;
	send(): Promise<HttpAnswer>;
	/** To keep at once what the answer says. */
	read(answer: HttpAnswer): Promise<Value>;
}

/**
 * Runs what sends one such request for an item. The key is the same for every try, and another for every item, loop
 * turn, execution and, as an AI agent's tool, for everything else that is wanted.
 */
export async function paidOnce<Value>(
	context: IExecuteFunctions,
	itemIndex: number,
	wish: Wish,
	work: (place: CreatePlace) => Promise<Value>,
): Promise<Value> {
	const call = beginCall(context, itemIndex, wish);
	const key = idempotencyKey(context, call, 0, 1);
	const outcome = await settle(work({ key, itemIndex }));
	if (outcome.ok) return outcome.value;
	leaveCall(context, call);
	throw outcome.error;
}

/** Throws when an earlier try's request under this key may have been done, or was refused by its answer. */
export function refuseUnknown(
	context: IExecuteFunctions,
	key: string,
	provider: AskedProvider,
): void {
	const kept = recallCreate(context, key);
	if (kept?.state === 'refused') throw new ImageFailure(kept.failure);
	if (kept?.state === 'unknown') throw stillUnknown(provider, kept.failure);
	if (kept?.state === 'sent') throw stillUnknown(provider);
}

/**
 * Sends the request and reads its answer. When no answer tells whether it was done, the failure says how to find out.
 * The mark stays until something else is kept in its place, by the reader first of all, or the item has its output.
 */
export async function sendPaid<Value>(
	connection: Connection<IExecuteFunctions>,
	{ place, provider, request, send, read }: PaidRequest<Value>,
): Promise<Value> {
	keepCreate(connection, place, { state: 'sent', request });
	const answer = await settle(send());
	const value = answer.ok ? await settle(read(answer.value)) : answer;
	if (value.ok) return value.value;
	const { error } = value;
	const details = failureIn(error)?.details;
	const outcome = { error, details, isAnswered: answer.ok };
	if (recallCreate(connection.context, place.key)?.state === 'sent') {
		keepOutcome(connection, place, request ? ofRepeatable(outcome, request) : ofOther(outcome));
	}
	// Not before it is kept.
	throwIfCancelled(connection.signal);
	throw withOutcome(error, provider);
}

interface FailedCreate {
	error: Error;
	details?: FailureDetails;
	/** Whether an answer came that was none of an error. */
	isAnswered: boolean;
}

/** The same request may go out again at any time. Only after a clear refusal can it be another one, one day. */
function ofRepeatable({ error, details }: FailedCreate, request: ImageRequest): CreateState {
	const isRefused = details?.status !== undefined && !mayHaveBeenDone(error, true);
	return isRefused ? { state: 'prepared', request, at: Date.now() } : { state: 'sent', request };
}

/** Undefined where surely nothing was done. */
function ofOther({ error, details, isAnswered }: FailedCreate): CreateState | undefined {
	if (isAnswered && details?.kind === 'moderation') return { state: 'refused', failure: details };
	if (!mayHaveBeenDone(error, isAnswered)) return undefined;
	const { kind, message } = details ?? { kind: 'outcomeUnknown', message: error.message };
	return { state: 'unknown', failure: { kind, message: message.slice(0, LONGEST_QUOTE) } };
}
