// EvoLink's tasks: from its answers to our ImageTask. What was paid for stays readable, whatever form the rest has.
import { unreadable } from '../answer';
import type { HttpAnswer, ImageTask, TaskStatus } from '../contract';
import { wholeFields } from '../cutJson';
import { picturesIn } from '../entries';
import { NO_CODE } from '../failureRules';
import { idIn, listOf, objectOf, textOf, type JsonObject } from '../loose';
import { JUDGED_CHARACTERS, shortened } from '../texts';
import { readTime } from '../times';
import { readFailure } from './failures';
import { costOf } from './prices';
import { taskDetailsSchema, type TaskDetails } from './schemas';

const NAME = 'EvoLink';
const LINK_LIFETIME_MILLISECONDS = 24 * 60 * 60 * 1000;

/** EvoLink's words for a task's state. A word that isn't here means that it is still at work. */
const STATUSES: Readonly<Record<string, TaskStatus>> = {
	pending: 'queued',
	processing: 'running',
	completed: 'succeeded',
	failed: 'failed',
	cancelled: 'cancelled',
	canceled: 'cancelled',
};

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
	const task = toImageTask(bodyOf(answer), baseUrl);
	if (!task) throw withoutTask(answer);
	return { ...task, replayed: answer.headers['idempotency-replayed'] === 'true' };
}

/** Whether the text of an answer that was cut off tells the task's ID. */
export function tellsTask(body: unknown): boolean {
	return typeof body === 'string' && readCallback(wholeFields(body)) !== undefined;
}

/** Reads a batch as far as it goes: tasks that aren't in it are asked for one by one. */
export function readTasks({ body }: HttpAnswer, baseUrl: string): ImageTask[] {
	return (entriesIn(body) ?? []).flatMap((entry) => {
		const object = objectOf(entry);
		// An error in place of a task isn't how the task stands.
		const isTask = object?.status !== undefined || object?.error === undefined;
		return isTask ? (toImageTask(object, baseUrl) ?? []) : [];
	});
}

/** Reads a page of the history, without the entries that aren't tasks. */
export function readTaskPage(answer: HttpAnswer, baseUrl: string): TaskPage {
	const entries = entriesIn(answer.body);
	if (!entries) throw withoutTask(answer);
	const tasks = entries.flatMap((entry) => toImageTask(objectOf(entry), baseUrl) ?? []);
	const total = objectOf(answer.body)?.total;
	return {
		tasks,
		unread: entries.length - tasks.length,
		total: typeof total === 'number' ? total : undefined,
	};
}

export function readCallback(body: unknown): string | undefined {
	return idIn(body, ['id']);
}

function entriesIn(body: unknown): unknown[] | undefined {
	const object = objectOf(body);
	return listOf(body) ?? listOf(object?.data) ?? listOf(object?.tasks);
}

/** Of a text that was cut off, what is whole: how the task stands is asked for then. */
function bodyOf({ body }: HttpAnswer): JsonObject | undefined {
	return typeof body === 'string' ? { ...wholeFields(body), status: undefined } : objectOf(body);
}

/** The provider's own words, where there are any. */
function withoutTask(answer: HttpAnswer) {
	const isTold = objectOf(answer.body)?.error !== undefined;
	return isTold ? readFailure(answer) : unreadable(answer, NAME);
}

function toImageTask(task: JsonObject | undefined, baseUrl: string): ImageTask | undefined {
	const id = readCallback(task);
	if (task === undefined || id === undefined) return undefined;
	const details = taskDetailsSchema.parse(task);
	// Either may have what the other lacks.
	const { images, unread } = picturesIn([task.results, task.result_data], baseUrl);
	const status = statusOf(task.status, images.length > 0);
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

/** Without a word on how it stands, a task that has pictures is done, and any other has just begun. */
function statusOf(value: unknown, hasPictures: boolean): TaskStatus {
	if (typeof value !== 'string') return hasPictures ? 'succeeded' : 'queued';
	const word = value.trim().toLowerCase();
	return (Object.hasOwn(STATUSES, word) && STATUSES[word]) || 'running';
}

/** The history only tells that there was an error. */
function failureOf(
	{ has_error: hasError }: JsonObject,
	{ error }: TaskDetails,
): ImageTask['failure'] {
	if (!error && hasError === true) return undefined;
	const message = textOf(error?.message) ?? 'No reason was given.';
	return { code: error?.code ?? NO_CODE, message: shortened(message, JUDGED_CHARACTERS) };
}
