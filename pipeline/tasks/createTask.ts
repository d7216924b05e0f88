// Starts one task with the provider, and never a second time what may have been started and charged.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageProvider, ImageRequest, ImageTask } from '../../providers/contract';
import { ImageFailure } from '../../providers/failure';
import type { Connection } from '../connection';
import type { Limiter } from '../limiter';
import { storeWritten } from '../media/lostImages';
import {
	keepFinishedTask,
	keepStarted,
	recallCreate,
	restoredTask,
	type CreatePlace,
} from '../once/keptCreates';
import { refuseUnknown, sendPaid } from '../once/paidOnce';
import { keptRequest, requestOf } from '../once/sameRequest';
import { throwIfCancelled } from '../pause';
import { failureIn, settle } from '../settle';
import { isPassing, askForOne } from './taskAnswers';
import { openTask } from './taskState';
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
	const { context, signal } = connection;
	const earlier = await draft.turn(async () => await takeUp(connection, draft.request, place.key));
	if (earlier) return { ...earlier, replayed: true };
	const sentBefore = requestOf(recallCreate(context, place.key), draft.request);
	const request = sentBefore ?? (await draft.prepare());
	const task = await draft.turn(
		async () => await start(connection, request, place, sentBefore !== undefined),
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
	const { provider } = connection;
	const sent = await settle(
		sendPaid(connection, {
			place,
			provider,
			request: keptRequest(connection, request),
			send: async () =>
				await send(connection, provider.submit(request, place.key), {
					isPaid: true,
					isSlow: !provider.poll,
				}),
			read: async (answer) => {
				const task = provider.readTask(answer, request);
				// After several requests of this very try, the task that is there already is its own.
				const replayed = task.replayed === true && (isSentBefore || (answer.tries ?? 1) === 1);
				if (task.id !== '') {
					keepStarted(connection, place, task.id);
					return { ...(await storeWritten(connection, task)), replayed };
				}
				const finished = await storeWritten(connection, task);
				if (finished.images.length === 0) throw noImageIn(provider, finished);
				keepFinishedTask(connection, place, finished);
				return { ...finished, replayed };
			},
		}),
	);
	if (sent.ok) return sent.value;
	// An answer of which only the id can be read: the task is there all the same.
	const details = failureIn(sent.error)?.details;
	if (details?.kind === 'outcomeUnknown' && details.taskId) return openTask(details.taskId);
	throw sent.error;
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
	if (kept?.state === 'finished') return restoredTask(connection, kept);
	if (!provider.honoursKeys) refuseUnknown(context, key, provider);
	return undefined;
}

/** The task as it stands; as an open one where that can't be told now. */
async function taskNow(
	connection: Connection<IExecuteFunctions>,
	taskId: string,
	request: ImageRequest,
): Promise<ImageTask> {
	const seen = await settle(askForOne(connection, taskId, request));
	if (seen.ok) return seen.value;
	const failure = failureIn(seen.error);
	if (isPassing(seen.error) || failure?.details.kind === 'notFound') return openTask(taskId);
	throw failure?.withTask(taskId) ?? seen.error;
}

/** Why an answer that is all there will ever be has no image. */
function noImageIn(provider: ImageProvider, task: ImageTask): ImageFailure {
	if (task.status !== 'succeeded') return provider.readTaskFailure(task);
	return new ImageFailure({
		kind: 'noImage',
		message: `${provider.name} answered without an image.`,
		advice: `It may have been charged. ${provider.whereToLook}`,
	});
}
