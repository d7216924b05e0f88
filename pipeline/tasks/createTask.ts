// Starts one task with the provider, and never a second time what may have been started and charged.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageRequest, ImageTask } from '../../providers/contract';
import type { Connection } from '../connection';
import { throwIfCancelled } from '../context';
import type { Limiter } from './limiter';
import { storeWritten } from '../media/lostImages';
import {
	isInDoubt,
	keepFinishedTask,
	keepStarted,
	recallCreate,
	restoredTask,
	type CreatePlace,
} from '../once/keptCreates';
import { inWordsOfReference } from '../once/takenReference';
import { noteRepeat } from '../told/repeats';
import { refuseUnknown, sendPaid } from '../once/paidOnce';
import { rememberedRequest, requestOf } from '../once/sameRequest';
import { failureIn, resultOf } from '../result';
import { isPassing, askForOne } from './taskAnswers';
import { openTask, withAsked } from './taskState';
import { send } from '../http/send';

/** What one task is to make. */
export interface TaskDraft {
	/** As the person wants it. Its files may still lie in n8n. */
	request: ImageRequest;
	/** The request with its files where the provider takes them from. Not called where an earlier try has told it all. */
	prepare(): Promise<ImageRequest>;
	/** Gives each request to the provider its turn, and throws where nothing is to be started any more. */
	turn: Limiter;
}

/**
 * Starts the task, or takes up the one that an earlier try has started under the same key: such a task is `replayed`.
 * When no answer tells whether it was started, the failure says how to find out, and it isn't sent a second time.
 */
export async function createTask(
	connection: Connection<IExecuteFunctions>,
	draft: TaskDraft,
	place: CreatePlace,
): Promise<ImageTask> {
	const { context, clock, signal } = connection;
	const earlier = await draft.turn(
		async () => await takeUp(connection, draft.request, place.memoryKey),
	);
	if (earlier) return { ...earlier, replayed: true };
	const kept = recallCreate(context, place.memoryKey);
	const request = requestOf(kept, draft.request, clock.now()) ?? (await draft.prepare());
	const isSentBefore = kept !== undefined && isInDoubt(kept);
	const sentKey = kept && 'idempotencyKey' in kept ? kept.idempotencyKey : undefined;
	const sentPlace = isSentBefore ? { ...place, idempotencyKey: sentKey ?? place.memoryKey } : place;
	const task = await draft.turn(
		async () => await start(connection, request, sentPlace, isSentBefore),
	);
	// Not before all of it is kept.
	throwIfCancelled(signal);
	return task;
}

async function start(
	connection: Connection<IExecuteFunctions>,
	request: ImageRequest,
	place: CreatePlace,
	isSentBefore: boolean,
): Promise<ImageTask> {
	const { context, provider } = connection;
	const { itemIndex, memoryKey, idempotencyKey } = place;
	/** Set where the provider may know the order from another execution. What this one has sent before is its own. */
	const named = idempotencyKey === memoryKey || isSentBefore ? undefined : request.orderReference;
	return await sendPaid(connection, {
		place,
		provider,
		request: rememberedRequest(connection, request),
		orderReference: request.orderReference,
		send: async () => {
			const answer = await resultOf(
				send(
					connection,
					{ ...provider.submit(request, idempotencyKey), namesModel: true },
					{ isPaid: true, isSlow: !provider.poll },
				),
			);
			if (answer.ok) return answer.value;
			const { error } = answer;
			throw named === undefined ? error : inWordsOfReference(error, provider, named);
		},
		read: async (answer) => {
			const task = withAsked(provider.readTask(answer, request), request);
			if (task.id !== '') keepStarted(connection, place, task.id, request.orderReference);
			const stored = await storeWritten(connection, task);
			if (task.id === '') keepFinishedTask(connection, place, stored);
			// After several requests of this very try, the task that is there already is its own.
			const isEarlier = isSentBefore || (answer.tries ?? 1) === 1;
			const replayed = task.replayed === true && isEarlier;
			if (replayed && named !== undefined) {
				noteRepeat(context, { provider: provider.name, itemIndex, orderReference: named });
			}
			return { ...stored, replayed };
		},
	});
}

/** What an earlier try has started. Throws when it may have started something of which nothing is known. */
async function takeUp(
	connection: Connection<IExecuteFunctions>,
	request: ImageRequest,
	key: string,
): Promise<ImageTask | undefined> {
	const { context, provider } = connection;
	const kept = recallCreate(context, key);
	if (kept?.state === 'started') return await taskNow(connection, kept.taskId, request);
	if (kept?.state === 'finished') return withAsked(restoredTask(connection, kept), request);
	if (!provider.honoursKeys) refuseUnknown(context, key, provider);
	return undefined;
}

/** The task as it stands; as an open one where that can't be told now. */
async function taskNow(
	connection: Connection<IExecuteFunctions>,
	taskId: string,
	request: ImageRequest,
): Promise<ImageTask> {
	const seen = await resultOf(askForOne(connection, taskId, request));
	if (seen.ok) return seen.value;
	const failure = failureIn(seen.error);
	if (isPassing(seen.error) || failure?.details.kind === 'notFound') {
		return withAsked(openTask(taskId), request);
	}
	throw failure?.withTask(taskId) ?? seen.error;
}
