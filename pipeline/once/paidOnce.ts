// Requests that are paid for, each sent once only: before one leaves, it is marked as on its way; what becomes of it is
// kept under its key. So a later try of the node knows of it, whatever ends this one: a failure, a cancel, n8n itself.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { HttpAnswer, HttpRequest, ImageRequest } from '../../providers/contract';
import { ImageFailure, type FailureDetails } from '../../providers/failure';
import type { Connection } from '../connection';
import { throwIfCancelled } from '../context';
import type { ItemWork } from '../execution';
import { send } from '../http/send';
import type { Redactor } from '../secrets/redactor';
import { failureIn, namingTask, resultOf } from '../result';
import {
	isInDoubt,
	keepCreate,
	keepOutcome,
	keepSent,
	keepStarted,
	recallCreate,
	type CreatePlace,
} from './keptCreates';
import type { CreateState } from './nodeMemory';
import type { Wish } from './toolCalls';
import {
	mayHaveBeenDone,
	stillInDoubt,
	stillUnknown,
	withinSentence,
	withOutcome,
	type AskedProvider,
} from './unknownOutcome';

const LONGEST_QUOTE = 300;

/** What is sent, and how its answer is read. */
export interface PaidRequest<Value> {
	place: CreatePlace;
	provider: AskedProvider;
	/** What is asked for, where the provider knows it again by its key. */
	request?: ImageRequest;
	/** The person's own name for the order. */
	orderReference?: string;
	send(): Promise<HttpAnswer>;
	/** To keep at once what the answer says. */
	read(answer: HttpAnswer): Promise<Value>;
}

/** A request that a node makes by itself, outside of images: a batch, an answer in words. */
export interface OwnRequest<Value> {
	/** What is wanted: for an agent's tool, its idempotency key follows from it. */
	wish: Wish;
	provider: AskedProvider;
	/** Brings everything where it must be. Not called where an earlier try has told it all. */
	prepare(): Promise<HttpRequest>;
	read(answer: HttpAnswer): Value;
	/** Where what it starts has an id, and can be asked for. Else what is read is kept itself, as JSON. */
	started?: { idOf(value: Value): string; fetch(id: string): Promise<Value> };
}

export interface Asked<Value> {
	value: Value;
	/** Whether an earlier try of the item has paid for it. */
	replayed: boolean;
}

/** Sends such a request, or takes up what an earlier try of the item has started with it. */
export async function askOnce<Value>(
	connection: Connection<IExecuteFunctions>,
	work: ItemWork,
	{ wish, provider, prepare, read, started }: OwnRequest<Value>,
): Promise<Asked<Value>> {
	const { context } = connection;
	const place = work.placeOf({ wish });
	const known = recallCreate(context, place.memoryKey);
	if (started && known?.state === 'started') {
		const { taskId } = known;
		const value = await namingTask(taskId, async () => await started.fetch(taskId));
		return { value, replayed: true };
	}
	if (known?.state === 'answered') return { value: known.value as Value, replayed: true };
	refuseUnknown(context, place.memoryKey, provider);
	const request = await prepare();
	const value = await sendPaid(connection, {
		place,
		provider,
		send: async () => await send(connection, request, { isPaid: true }),
		read: async (answer) => {
			const value = read(answer);
			if (started) keepStarted(connection, place, started.idOf(value));
			else keepCreate(connection, place, { state: 'answered', value });
			return value;
		},
	});
	return { value, replayed: false };
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
	{ place, provider, request, orderReference, send, read }: PaidRequest<Value>,
): Promise<Value> {
	const known = recallCreate(connection.context, place.memoryKey);
	const isDoubtful = known !== undefined && isInDoubt(known);
	const sent = sentAs(place, request);
	keepSent(connection, place, sent, withinSentence(provider.name), orderReference);
	const answer = await resultOf(send());
	const value = answer.ok ? await resultOf(read(answer.value)) : answer;
	if (value.ok) return value.value;
	const { error } = value;
	const details = failureIn(error)?.details;
	const outcome = { error, details, isAnswered: answer.ok, isDoubtful };
	if (recallCreate(connection.context, place.memoryKey)?.state === 'sent') {
		keepOutcome(
			connection,
			place,
			request
				? ofRepeatable(outcome, sent, request, connection.clock.now())
				: ofOther(outcome, connection.redact),
		);
	}
	// Not before it is kept.
	throwIfCancelled(connection.signal);
	throw withOutcome(isDoubtful ? stillInDoubt(error) : error, provider);
}

type Sent = Extract<CreateState, { state: 'sent' }>;

interface FailedCreate {
	error: Error;
	details?: FailureDetails;
	/** Whether an answer came that was none of an error. */
	isAnswered: boolean;
	/** Whether an earlier try may have done it. */
	isDoubtful: boolean;
}

/**
 * The same request may go out again at any time. Only after a clear refusal, or where surely none was sent, can it be
 * another one, one day.
 */
function ofRepeatable(
	{ error, details, isDoubtful }: FailedCreate,
	sent: Sent,
	request: ImageRequest,
	at: number,
): CreateState {
	const isRefused = details?.status !== undefined || details?.kind === 'badInput';
	const isClear = isRefused || (!isDoubtful && details?.nothingSent === true);
	if (!isClear || mayHaveBeenDone(error, true)) return sent;
	const prepared = { state: 'prepared', request, at } as const;
	return isDoubtful ? { ...prepared, isDoubtful, idempotencyKey: sent.idempotencyKey } : prepared;
}

/** With the key that the provider was told, where it is another: an expression may name the order differently later. */
function sentAs(
	{ memoryKey, idempotencyKey }: CreatePlace,
	request: ImageRequest | undefined,
): Sent {
	return {
		state: 'sent',
		request,
		...(request && idempotencyKey !== memoryKey && { idempotencyKey }),
	};
}

/** Undefined where surely nothing was done. */
function ofOther(
	{ error, details, isAnswered }: FailedCreate,
	redact: Redactor,
): CreateState | undefined {
	if (isAnswered && details?.kind === 'moderation') return { state: 'refused', failure: details };
	if (!mayHaveBeenDone(error, isAnswered)) return undefined;
	const { kind, message } = details ?? { kind: 'outcomeUnknown', message: error.message };
	const quote = redact.text(message).slice(0, LONGEST_QUOTE);
	return { state: 'unknown', failure: { kind, message: quote } };
}
