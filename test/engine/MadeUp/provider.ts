// A provider on one page, with tasks, callbacks, uploads and prices. Nobody offers it: CONTRIBUTING shows it, server.ts speaks it.
import { picturesIn } from '../../../providers/answers/entries';
import { failureByRules } from '../../../providers/answers/answerFailure';
import { usualRules } from '../../../providers/answers/failureRules';
import { taskFailure } from '../../../providers/answers/taskFailure';
import { fieldsOf, idIn, listOf, textOf, type JsonObject } from '../../../providers/answers/loose';
import { toldErrorIn } from '../../../providers/answers/toldError';
import { reasonOf, statusOf, taskFieldsOf, tellsTask } from '../../../providers/answers/toldTask';
import type {
	HttpAnswer,
	ImageProvider,
	ImageRequest,
	ImageTask,
	ModelLimits,
	ModelRoute,
} from '../../../providers/contract';
import { MEGABYTE } from '../../../providers/limits/megabytes';
import { rowOf, type ModelRow } from '../../../providers/limits/modelRows';
import { omitUndefined } from '../../../providers/requests/omit';
import { routesAt } from '../../../providers/requests/routes';
import { pathSegment } from '../../../providers/requests/url';

const NAME = 'Made Up';
const ID = ['id'];
const STATUSES = {
	waiting: 'queued',
	drawing: 'running',
	done: 'succeeded',
	failed: 'failed',
} as const;

/** Also for a model that isn't known: the provider itself refuses what it doesn't take. */
const SKETCH: ModelLimits = {
	prompt: { maxCharacters: 1000 },
	counts: [1, 2, 3, 4],
	references: { max: 2, maxBytes: 5 * MEGABYTE, types: ['png', 'jpeg'] },
	mask: 'none',
};
export const IMAGE_MODELS: readonly ModelRow[] = [
	{ name: 'sketch-1', limits: { ...SKETCH, sizes: ['1:1', '3:2'] } },
	{ name: 'sketch-2', limits: SKETCH },
];

const RULES = usualRules({
	auth: 'Open the Made Up credential and check the API Key.',
	balance: 'Add money in your Made Up account.',
	forbidden: 'Check in your Made Up account what this API Key may use.',
	modelGone: 'Choose another Model.',
	notFound: 'Check the ID.',
});

export function createMadeUp(baseUrl: string): ImageProvider & ModelRoute {
	const { get, post } = routesAt(baseUrl);
	return {
		contractVersion: 1,
		name: NAME,
		id: 'madeup',
		linkLifetime: 'one hour',
		whereToLook: 'Your Made Up account lists all tasks.',
		honoursKeys: true,
		inputImages: 'uploaded',
		limits: (model) => rowOf(IMAGE_MODELS, model)?.limits ?? SKETCH,
		submit: (request, idempotencyKey) => ({
			...post('/tasks', bodyOf(request)),
			headers: { 'Idempotency-Key': idempotencyKey },
			idempotent: true,
			isUsable: (body) => tellsTask(body, ID),
		}),
		poll: (taskId) => get(`/tasks/${pathSegment(taskId)}`),
		pollMany: {
			max: 20,
			request: (taskIds) => get('/tasks', { ids: taskIds.join(',') }),
			read: ({ body }) =>
				(listOf(fieldsOf(body).tasks) ?? []).flatMap((task) => toTask(task, baseUrl) ?? []),
		},
		readTask: (answer) => {
			const task = toTask(taskFieldsOf(answer), baseUrl);
			if (!task) throw readFailure(answer);
			return task;
		},
		readFailure,
		readTaskFailure: (task) =>
			taskFailure(NAME, task, {
				ifFailed: 'Run this again: a failed task costs nothing.',
			}),
		readCallback: (body) => idIn(body, ID),
		upload: {
			request: (file) => ({
				...post('/files'),
				form: [{ name: 'file', file }],
				idempotent: true,
			}),
			read: (answer) => {
				const url = textOf(fieldsOf(answer.body).url);
				if (url === undefined) throw readFailure(answer);
				return { url };
			},
		},
		models: () => get('/models'),
		readModels: ({ body }) =>
			(listOf(fieldsOf(body).models) ?? []).flatMap((model) => idIn(model, ID) ?? []),
	};
}

function bodyOf({ model, prompt, size, count, references, callbackUrl }: ImageRequest): JsonObject {
	const images = references.length > 0 ? references.map(({ url }) => url) : undefined;
	return omitUndefined<unknown>({ model, prompt, size, count, images, callback: callbackUrl });
}

function readFailure(answer: HttpAnswer) {
	return failureByRules(NAME, RULES, answer, toldErrorIn(answer.body));
}

/** Undefined for what isn't a task. What was paid for stays readable, whatever form the rest has. */
function toTask(value: unknown, baseUrl: string): ImageTask | undefined {
	const task = fieldsOf(value);
	const id = idIn(task, ID);
	if (id === undefined) return undefined;
	const { images, unread } = picturesIn([task.pictures], baseUrl);
	const status = statusOf(STATUSES, task.status, images.length > 0);
	const { price } = task;
	return {
		id,
		status,
		model: textOf(task.model),
		images,
		...(unread > 0 && { unread }),
		...(status === 'failed' && { failure: reasonOf(toldErrorIn(task)) }),
		...(typeof price === 'number' && {
			cost: { amount: price, currency: 'USD', estimated: false },
		}),
		raw: task,
	};
}
