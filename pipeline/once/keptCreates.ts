// What became of the requests that are paid for: kept in n8n's memory of the node, so that a later try takes up what
// was started, and sends none a second time that may have been done.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageTask } from '../../providers/contract';
import { ImageFailure, type FailureDetails } from '../../providers/failure';
import type { Connection } from '../connection';
import { runIndexOf } from '../context';
import type { StoredImage } from '../media/storedImage';
import { memoryOf, type CreateState, type FinishedTask } from './nodeMemory';

type Working = Connection<IExecuteFunctions>;

/** One request that is paid for: its idempotency key, and the item that it is for. */
export interface CreatePlace {
	key: string;
	itemIndex: number;
}

export function recallCreate(context: IExecuteFunctions, key: string): CreateState | undefined {
	return memoryOf(context).creates[key];
}

/** Keeps what is known of the create now, without secrets that an answer may have quoted. */
export function keepCreate(
	{ context, redact }: Working,
	{ key, itemIndex }: CreatePlace,
	state: CreateState,
): void {
	const kept = redact.value({ ...state, run: runIndexOf(context), itemIndex });
	memoryOf(context).creates[key] = kept;
}

/** Undefined where there is nothing to know, as surely nothing was done. */
export function keepOutcome(
	connection: Working,
	place: CreatePlace,
	outcome: CreateState | undefined,
): void {
	if (outcome) keepCreate(connection, place, outcome);
	else delete memoryOf(connection.context).creates[place.key];
}

/** To be called when the output of these items is safe: with n8n, or among the finished items. */
export function forgetCreatesOf(
	context: IExecuteFunctions,
	itemIndexes: ReadonlySet<number>,
): void {
	const { creates } = memoryOf(context);
	const ownRun = runIndexOf(context);
	for (const [key, { run, itemIndex }] of Object.entries(creates)) {
		if (run === ownRun && itemIndex !== undefined && itemIndexes.has(itemIndex)) {
			delete creates[key];
		}
	}
}

/** Keeps the id of a task that has been started, and names it in the log: should n8n die, the log still has it. */
export function keepStarted(connection: Working, place: CreatePlace, taskId: string): void {
	keepCreate(connection, place, { state: 'started', taskId });
	const { context, provider, redact } = connection;
	const where = `item ${place.itemIndex} of ${context.getNode().name}, execution ${context.getExecutionId()}`;
	context.logger.info(redact.text(`${provider.name} has started the task ${taskId} (${where}).`));
}

/** Keeps a finished task that can't be looked up by an id, with those of its pictures that n8n has stored already. */
export function keepFinishedTask(connection: Working, place: CreatePlace, ended: ImageTask): void {
	const { model, images, unread, failure, usage, cost, expiresAt } = ended;
	const facts = { model, images, unread, failure, usage, cost };
	const task: FinishedTask = { ...facts, expiresAt: expiresAt?.toISOString() };
	keepCreate(connection, place, { state: 'finished', task, ...receivedFor(connection, ended) });
}

/** The finished task as an answer would bring it. */
export function restoredTask(
	{ received }: Working,
	{ task, files, lost }: Extract<CreateState, { state: 'finished' }>,
): ImageTask {
	for (const [reference, file] of Object.entries(files)) received.set(reference, file);
	for (const [reference, why] of Object.entries(lost)) {
		received.set(reference, new ImageFailure(why));
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
function receivedFor({ received }: Working, { images }: ImageTask) {
	const files: Record<string, StoredImage> = {};
	const lost: Record<string, FailureDetails> = {};
	for (const reference of images.flatMap(({ stored, partials = [] }) =>
		[stored ?? [], partials].flat(),
	)) {
		const found = received.get(reference);
		if (found instanceof ImageFailure) lost[reference] = found.details;
		else if (found) files[reference] = found;
	}
	return { files, lost };
}
