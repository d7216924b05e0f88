// What became of the requests that are paid for: kept in n8n's memory of the node, so that a later try takes up what
// was started, and sends none a second time that may have been done.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageTask } from '../../providers/contract';
import { ImageFailure, type FailureDetails } from '../../providers/failure';
import type { Connection } from '../connection';
import { runIndexOf } from '../context';
import type { StoredImage } from '../media/store/storedImage';
import { drop, hasAny, keysOf, put } from './createsByItem';
import { memoryOf, type CreateState, type FinishedTask, type KeptCreate } from './nodeMemory';

type Working = Connection<IExecuteFunctions>;

/** One request that is paid for. */
export interface CreatePlace {
	/** Under it n8n's memory of the node keeps what becomes of the request. */
	memoryKey: string;
	/** The idempotency key that the provider is told: another where the person has named the order. */
	idempotencyKey: string;
	/** The item that it is for. */
	itemIndex: number;
	/** A digest of what is ordered with it, where it can be found again by that. */
	ordered?: string;
}

/** Whether any is kept, of whichever item. */
export function hasCreates(context: IExecuteFunctions): boolean {
	return hasAny(memoryOf(context).creates);
}

export function recallCreate(context: IExecuteFunctions, key: string): CreateState | undefined {
	return memoryOf(context).creates[key];
}

/** The key under which an earlier try of this run has ordered the very same for the item. */
export function keyOfOrder(
	context: IExecuteFunctions,
	itemIndex: number,
	ordered: string,
): string | undefined {
	const { creates } = memoryOf(context);
	const keys = keysOf(creates, { run: runIndexOf(context), itemIndex });
	return keys.find((key) => creates[key]!.ordered === ordered);
}

/** What is known of an item's creates: of those of this run, and of these keys, which may be of other runs. */
export function createsOf(
	context: IExecuteFunctions,
	itemIndex: number,
	keys: ReadonlySet<string> = new Set(),
): CreateState[] {
	const { creates } = memoryOf(context);
	const own = keysOf(creates, { run: runIndexOf(context), itemIndex });
	return [...new Set([...own, ...keys])].flatMap((key) => creates[key] ?? []);
}

/** Whether nobody knows what has become of it. */
export function isInDoubt(create: CreateState): boolean {
	const { state } = create;
	return state === 'unknown' || state === 'sent' || (state === 'prepared' && !!create.isDoubtful);
}

/** Keeps what is known of the create now, without secrets that an answer may have quoted. */
export function keepCreate(
	{ context, redact }: Working,
	{ memoryKey, itemIndex, ordered }: CreatePlace,
	state: CreateState,
): void {
	const kept = redact.value({ ...state, run: runIndexOf(context), itemIndex, ordered });
	put(memoryOf(context).creates, memoryKey, kept);
}

/** Undefined where there is nothing to know, as surely nothing was done. */
export function keepOutcome(
	connection: Working,
	place: CreatePlace,
	outcome: CreateState | undefined,
): void {
	if (outcome) keepCreate(connection, place, outcome);
	else drop(memoryOf(connection.context).creates, place.memoryKey);
}

/** To be called when the output of these items is safe with n8n, or they are to become something else. */
export function forgetCreatesOf(
	context: IExecuteFunctions,
	itemIndexes: ReadonlySet<number>,
): void {
	forget(context, itemIndexes, () => true);
}

/**
 * To be called when it is among the finished items. What was made, or may have been, stays: a later try that is to put
 * it out otherwise makes its items of that.
 */
export function forgetPreparedOf(
	context: IExecuteFunctions,
	itemIndexes: ReadonlySet<number>,
): void {
	forget(context, itemIndexes, (create) => create.state === 'prepared' && !isInDoubt(create));
}

function forget(
	context: IExecuteFunctions,
	itemIndexes: ReadonlySet<number>,
	isGone: (create: KeptCreate) => boolean,
): void {
	const { creates } = memoryOf(context);
	const run = runIndexOf(context);
	for (const itemIndex of itemIndexes) {
		for (const key of keysOf(creates, { run, itemIndex })) {
			if (isGone(creates[key]!)) drop(creates, key);
		}
	}
}

/** Keeps the id of a task that has been started, and names it in the log: should n8n die, the log still has it. */
export function keepStarted(
	connection: Working,
	place: CreatePlace,
	taskId: string,
	orderReference?: string,
): void {
	keepCreate(connection, place, { state: 'started', taskId });
	const { provider } = connection;
	log(connection, place, `${provider.name} has started the task ${taskId}`, orderReference);
}

/** Keeps that the task of one of the item's creates has failed and costs nothing. */
export function keepFree(context: IExecuteFunctions, itemIndex: number, taskId: string): void {
	for (const create of createsOf(context, itemIndex)) {
		if (create.state === 'started' && create.taskId === taskId) create.isFree = true;
	}
}

/**
 * Marks a request as on its way, and names its item in the log: should n8n die before there is an answer, that is all
 * that is left of it.
 */
export function keepSent(
	connection: Working,
	place: CreatePlace,
	sent: CreateState,
	to: string,
	orderReference?: string,
): void {
	keepCreate(connection, place, sent);
	log(connection, place, `Sending a paid request to ${to}`, orderReference);
}

/** Says it in n8n's log, with the place that it belongs to. */
function log(
	{ context, redact }: Working,
	{ itemIndex }: CreatePlace,
	what: string,
	orderReference?: string,
): void {
	const where = [
		`item ${itemIndex} of ${context.getNode().name}`,
		`execution ${context.getExecutionId()}`,
		...(orderReference === undefined ? [] : [`reference "${orderReference}"`]),
	].join(', ');
	context.logger.info(redact.text(`${what} (${where}).`));
}

/** Keeps a finished task that can't be looked up by an id, with those of its pictures that n8n has stored already. */
export function keepFinishedTask(connection: Working, place: CreatePlace, ended: ImageTask): void {
	const { model, images, unread, failure, usage, cost, expiresAt } = ended;
	const facts = { model, images, unread, failure, usage, cost };
	const task: FinishedTask = { ...facts, expiresAt: expiresAt?.toISOString() };
	keepCreate(connection, place, { state: 'finished', task, ...picturesOf(connection, ended) });
}

/** The finished task as an answer would bring it. */
export function restoredTask(
	{ pictures }: Working,
	{ task, files, lost }: Extract<CreateState, { state: 'finished' }>,
): ImageTask {
	for (const [reference, file] of Object.entries(files)) pictures.restore(reference, file);
	for (const [reference, why] of Object.entries(lost)) {
		pictures.restore(reference, new ImageFailure(why));
	}
	const { expiresAt, ...facts } = task;
	return {
		id: '',
		status: 'succeeded',
		...facts,
		expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
		raw: {},
	};
}

/** What has come of the pictures that stood in the answer, by their references. */
function picturesOf({ pictures }: Working, { images }: ImageTask) {
	const files: Record<string, StoredImage> = {};
	const lost: Record<string, FailureDetails> = {};
	for (const reference of images.flatMap(({ stored, partials = [] }) =>
		[stored ?? [], partials].flat(),
	)) {
		const found = pictures.find(reference);
		if (found instanceof ImageFailure) lost[reference] = found.details;
		else if (found) files[reference] = found;
	}
	return { files, lost };
}
