// EvoLink's tasks: from its answers to our ImageTask. What was paid for stays readable, whatever form the rest has.
import type { HttpAnswer, ImageTask } from '../contract';
import { picturesIn } from '../answers/entries';
import { idIn, listOf, objectOf, type JsonObject } from '../answers/loose';
import { readTime } from '../answers/times';
import { reasonOf, statusOf, taskFieldsOf } from '../answers/toldTask';
import { errorIn, readFailure } from './failures';
import { costOf } from './prices';
import { taskDetailsSchema, type TaskDetails } from './schemas';

const LINK_LIFETIME_MILLISECONDS = 24 * 60 * 60 * 1000;

export const ID = ['id'] as const;

/** EvoLink's words for a task's state. */
const STATUSES = {
	pending: 'queued',
	processing: 'running',
	completed: 'succeeded',
	failed: 'failed',
	cancelled: 'cancelled',
	canceled: 'cancelled',
} as const;

/** A page of the history. */
export interface TaskPage {
	tasks: ImageTask[];
	/** Entries that could not be read. */
	unread: number;
	/** How many tasks there are on all pages, where EvoLink tells. */
	total?: number;
}

/** Reads a create's answer or a task. A create that repeats an earlier one carries `idempotency-replayed: true`. */
export function readTask(answer: HttpAnswer, baseUrl: string): ImageTask {
	const task = toImageTask(taskFieldsOf(answer), baseUrl);
	if (!task) throw readFailure(answer);
	return { ...task, replayed: answer.headers['idempotency-replayed'] === 'true' };
}

/** Reads a batch as far as it goes: tasks that aren't in it are asked for one by one. */
export function readTasks(answer: HttpAnswer, baseUrl: string): ImageTask[] {
	const entries = entriesIn(answer.body);
	if (!entries && errorIn(answer.body)) throw readFailure(answer);
	return (entries ?? []).flatMap((entry) => {
		const object = objectOf(entry);
		// An error in place of a task isn't how the task stands.
		const isTask = object?.status !== undefined || object?.error === undefined;
		return isTask ? (toImageTask(object, baseUrl) ?? []) : [];
	});
}

/** Reads a page of the history, without the entries that aren't tasks. */
export function readTaskPage(answer: HttpAnswer, baseUrl: string): TaskPage {
	const entries = entriesIn(answer.body);
	if (!entries) throw readFailure(answer);
	const tasks = entries.flatMap((entry) => toImageTask(objectOf(entry), baseUrl) ?? []);
	const total = objectOf(answer.body)?.total;
	return {
		tasks,
		unread: entries.length - tasks.length,
		total: typeof total === 'number' ? total : undefined,
	};
}

export function readCallback(body: unknown): string | undefined {
	return idIn(body, ID);
}

function entriesIn(body: unknown): unknown[] | undefined {
	const object = objectOf(body);
	return listOf(body) ?? listOf(object?.data) ?? listOf(object?.tasks);
}

function toImageTask(task: JsonObject | undefined, baseUrl: string): ImageTask | undefined {
	const id = readCallback(task);
	if (task === undefined || id === undefined) return undefined;
	const details = taskDetailsSchema.parse(task);
	// Either may have what the other lacks.
	const { images, unread } = picturesIn([task.results, task.result_data], baseUrl);
	const status = statusOf(STATUSES, task.status, images.length > 0);
	const createdAt = readTime(task.created) ?? readTime(task.created_at);
	const finishedAt = readTime(task.completed_at) ?? createdAt;
	return {
		id,
		status,
		model: details.model ?? undefined,
		progress: details.progress ?? undefined,
		images,
		unread: unread > 0 ? unread : undefined,
		failure: status === 'failed' ? failureOf(task, details) : undefined,
		usage: details.usage ? (task.usage as ImageTask['usage']) : undefined,
		cost: status === 'succeeded' ? costOf(details, images.length) : undefined,
		etaSeconds: details.task_info?.estimated_time ?? undefined,
		createdAt,
		expiresAt:
			status === 'succeeded' && finishedAt
				? new Date(finishedAt.getTime() + LINK_LIFETIME_MILLISECONDS)
				: undefined,
		raw: task,
	};
}

/** The history only tells that there was an error. */
function failureOf(
	{ has_error: hasError }: JsonObject,
	{ error }: TaskDetails,
): ImageTask['failure'] {
	if (!error && hasError === true) return undefined;
	return reasonOf(error ?? {});
}
