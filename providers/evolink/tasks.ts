// EvoLink's tasks: from its answers to our ImageTask.
import { parseAnswer } from '../answer';
import type { HttpAnswer, ImageTask, TaskStatus } from '../contract';
import { NO_CODE } from '../failureRules';
import { costOf } from './prices';
import {
	taskBatchSchema,
	taskDetailsSchema,
	taskListSchema,
	taskSchema,
	type TaskAnswer,
	type TaskDetails,
} from './schemas';

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

/** Reads a create's answer or a task. A create that repeats an earlier one carries `idempotency-replayed: true`. */
export function readTask(answer: HttpAnswer): ImageTask {
	const task = toImageTask(parseAnswer(taskSchema, answer, NAME));
	return { ...task, replayed: answer.headers['idempotency-replayed'] === 'true' };
}

/** Reads a batch, without the entries that aren't tasks. */
export function readTasks(answer: HttpAnswer): ImageTask[] {
	return parseAnswer(taskBatchSchema, answer, NAME).data.flatMap((entry) => {
		const parsed = taskSchema.safeParse(entry);
		return parsed.success ? [toImageTask(parsed.data)] : [];
	});
}

/** Reads a page of the history. */
export function readTaskPage(answer: HttpAnswer): { tasks: ImageTask[] } {
	const { data } = parseAnswer(taskListSchema, answer, NAME);
	return { tasks: data.map(toImageTask) };
}

export function readCallback(body: unknown): string | undefined {
	const parsed = taskSchema.safeParse(body);
	return parsed.success ? parsed.data.id : undefined;
}

function toImageTask(task: TaskAnswer): ImageTask {
	const images = (task.results ?? []).map((result) => ({
		url: typeof result === 'string' ? result : result.url,
	}));
	const details = taskDetailsSchema.parse(task);
	const finishedAt = details.completed_at ?? details.created;
	const status = STATUSES[task.status.toLowerCase()] ?? 'running';
	return {
		id: task.id,
		status,
		model: details.model ?? undefined,
		progress: details.progress ?? undefined,
		images,
		failure: status === 'failed' ? failureOf(details) : undefined,
		usage: details.usage ? (task.usage as ImageTask['usage']) : undefined,
		cost: status === 'succeeded' ? costOf(details, images.length) : undefined,
		etaSeconds: details.task_info?.estimated_time ?? undefined,
		createdAt: details.created ? new Date(details.created * 1000) : undefined,
		expiresAt:
			status === 'succeeded' && finishedAt
				? new Date(finishedAt * 1000 + LINK_LIFETIME_MILLISECONDS)
				: undefined,
		raw: task,
	};
}

function failureOf({ error }: TaskDetails): ImageTask['failure'] {
	return { code: error?.code ?? NO_CODE, message: error?.message ?? 'No reason was given.' };
}
