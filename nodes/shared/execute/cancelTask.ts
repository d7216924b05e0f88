// Task: Cancel, for every provider that can stop a task.
import { taskItem } from '../../../pipeline/media';
import { failureIn, namingTask, resultOf } from '../../../pipeline/result';
import { ask, askForTask, createLimiter, type Connection } from '../../../pipeline/session';
import { addHint } from '../../../pipeline/told';
import type { ImageTask } from '../../../providers/contract';
import { ImageFailure } from '../../../providers/failure';
import { taskIdsField, type TaskSession } from '../fields/taskFields';
import { readTaskIds } from '../parameters/readTaskIds';
import type { ItemOperation } from './operations';

/** Of one item. */
const CANCELS_AT_ONCE = 5;

interface NotCancelled {
	id: string;
	error: Error;
}

/** `exampleId` is a task's id as this provider writes it, `description` says which tasks can be stopped. */
export function cancelTask(exampleId: string, description: string): ItemOperation<TaskSession> {
	return {
		option: { name: 'Cancel', value: 'cancel', action: 'Cancel a task', description },
		fields: [taskIdsField(exampleId)],
		run: async ({ context, tasks: { connection } }, { itemIndex, noteTask }) => {
			const ids = readTaskIds(context, itemIndex);
			const limit = createLimiter(CANCELS_AT_ONCE);
			const cancelled: ImageTask[] = [];
			const failed: NotCancelled[] = [];
			// Each goes on whatever becomes of the others: what isn't cancelled may be charged.
			const outcomes = await Promise.all(
				ids.map(async (id) => await resultOf(limit(async () => await cancelOne(connection, id)))),
			);
			outcomes.forEach((outcome, index) => {
				if (outcome.ok) cancelled.push(outcome.value);
				else failed.push({ id: ids[index]!, error: outcome.error });
			});
			tellOfEnded(connection, cancelled, itemIndex);
			if (failed.length > 1) for (const { id } of failed) noteTask(id);
			if (failed.length > 0) throw failureOf(failed, ids.length);
			return cancelled.map((task) => taskItem(connection, task, itemIndex));
		},
	};
}

/** The task as it stands then. */
async function cancelOne(connection: Connection, id: string): Promise<ImageTask> {
	const { provider } = connection;
	return await namingTask(id, async () => {
		const isAnswer = provider.cameTooLate;
		const answer = await ask(connection, { isAnswer, ...provider.cancel!(id) });
		return provider.cameTooLate
			? await askForTask(connection, id)
			: { ...provider.readTask(answer, undefined, id), id };
	});
}

function tellOfEnded(connection: Connection, tasks: ImageTask[], itemIndex: number): void {
	const ended = tasks.filter(({ status }) => status === 'succeeded' || status === 'failed');
	if (ended.length === 0) return;
	const ids = ended.map(({ id }) => id).join(', ');
	const hint = `Of item ${itemIndex}, this had ended already, so that there was nothing to cancel: ${ids}. Task: Get fetches its images, or says why there are none.`;
	addHint(connection, hint, itemIndex);
}

/** The first one's failure, which names all of them where there were other tasks. */
function failureOf(failed: NotCancelled[], count: number): Error {
	const [{ error }] = failed as [NotCancelled];
	const details = failureIn(error)?.details;
	if (!details || count === 1) return error;
	const ids = failed.map(({ id }) => id).join(', ');
	const message = `${failed.length} of ${count} tasks could not be cancelled: ${ids}. ${details.message}`;
	return new ImageFailure({ ...details, message });
}
