// Starts one task with the provider, and never a second time what may have been started and charged.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageRequest, ImageTask } from '../../providers/contract';
import type { Connection } from '../connection';
import { storeWritten } from '../media/lostImages';
import { refuseUnknown, sendPaid } from '../once/paidOnce';
import { keepLinks, keepTask, recallLinks, recallTask } from '../once/startedTasks';
import { askForOne } from './taskAnswers';
import { send } from '../http/send';

/**
 * Starts the task, or takes up the one that an earlier try has started under the same key.
 * When no answer tells whether it was started, the failure says how to find out, and it isn't sent a second time.
 */
export async function createTask(
	connection: Connection<IExecuteFunctions>,
	request: ImageRequest,
	key: string,
): Promise<ImageTask> {
	const { context, provider } = connection;
	const ownKey = provider.honoursKeys ? undefined : key;
	const earlier = ownKey && (await takeUp(connection, request, ownKey));
	if (earlier) return { ...earlier, replayed: true };
	const task = await sendPaid(context, ownKey, provider, async () => {
		const answer = await send(connection, provider.submit(request, key), {
			isPaid: true,
			isSlow: !provider.poll,
		});
		return await storeWritten(connection, provider.readTask(answer, request));
	});
	if (ownKey !== undefined && task.id !== '') keepTask(context, ownKey, task.id);
	if (ownKey !== undefined && task.id === '') keepLinks(context, ownKey, task);
	return task;
}

/** What an earlier try has started. Throws when it may have started something of which nothing is known. */
async function takeUp(
	connection: Connection<IExecuteFunctions>,
	request: ImageRequest,
	key: string,
): Promise<ImageTask | undefined> {
	const { context, provider } = connection;
	const known = recallTask(context, key);
	if (known !== undefined) return await askForOne(connection, known, request);
	refuseUnknown(context, key, provider);
	return recallLinks(context, key);
}
