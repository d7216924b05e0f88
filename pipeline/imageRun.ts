// One execution's work with one provider: many items from request to images, a few at a time, nothing paid for lost.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ImageRequest, ImageTask } from '../providers/contract';
import { checkRequest } from '../providers/limits';
import type { Connection } from './connection';
import { deadlineIn } from './deadline';
import { createLimiter } from './limiter';
import { createTask } from './tasks/createTask';
import { idempotencyKey } from './once/idempotency';
import { imageItems, joinedItems, type OutputOptions } from './media/imageItems';
import { prepareImages, type LocalRequest } from './media/inputImages';
import { throwIfCancelled } from './pause';
import { settle, settleAll } from './settle';
import { logStart } from './once/startedTasks';
import { keptRequest, type SuspendedItems } from './suspend/suspension';
import { askForOne } from './tasks/taskAnswers';
import { createTaskLookup, type TaskLookup } from './tasks/taskLookup';
import { hasEnded } from './tasks/taskState';
import { createTaskWatcher } from './tasks/poller';
import { beginCall, leaveCall, type Call } from './once/toolCalls';

/** Pictures that are fetched at the same time, so that memory and disk of a small server keep up. */
const DOWNLOADS_AT_ONCE = 4;
/** How often a create may repeat a failed earlier one before its failure is final. */
const MOST_ATTEMPTS = 5;

/** Ids of the tasks that an execution has started, by item. */
export type StartedTasks = Map<number, string[]>;

export interface RunSettings {
	timeLimitSeconds: number;
	/** Aborted when one item has failed for good: the others then stop waiting, but no create is cut off. */
	stopSignal?: AbortSignal;
	/** Filled as tasks start. */
	started: StartedTasks;
	/** Filled as items are suspended. */
	suspended: SuspendedItems;
}

export type OutputSettings = Omit<OutputOptions, 'download'>;

export interface ImageRun {
	connection: Connection<IExecuteFunctions>;
	/**
	 * Checks the request, brings its files where they must be, starts its task and answers it as it stands.
	 * Several tasks, where one makes fewer images than are wanted.
	 */
	submit(request: LocalRequest, itemIndex: number): Promise<ImageTask[]>;
	/** Does the same and notes what becomes of the tasks when the execution, suspended meanwhile, goes on. */
	submitSuspended(request: LocalRequest, output: OutputSettings): Promise<ImageTask[]>;
	/** Submits and waits until the tasks have ended. */
	submitAndWait(request: LocalRequest, itemIndex: number): Promise<ImageTask[]>;
	/** The request tells what answers about the task may leave out. */
	wait(task: ImageTask, request?: ImageRequest): Promise<ImageTask>;
	/** How a task stands now. */
	look: TaskLookup;
	/** The images of ended tasks, joined. Throws the failure of a task that has none. */
	collect(tasks: ImageTask[], output: OutputSettings): Promise<INodeExecutionData[]>;
	/** To be told when an item has failed: a later call of the node may then take up its task. */
	leave(itemIndex: number): void;
}

export function createImageRun(
	connection: Connection<IExecuteFunctions>,
	{ timeLimitSeconds, stopSignal, started, suspended }: RunSettings,
): ImageRun {
	const patient = { ...connection, signal: eitherSignal(connection.signal, stopSignal) };
	const watcher = createTaskWatcher(patient);
	const download = createLimiter(DOWNLOADS_AT_ONCE);
	const calls = new Map<number, Call>();

	/** Limits are held against everything known before anything is sent, and again when fetched images are known too. */
	async function prepare(request: LocalRequest): Promise<ImageRequest[]> {
		const limits = connection.provider.limits(request.model);
		checkRequest(request, limits);
		const prepared = await prepareImages(patient, request);
		checkRequest(prepared, limits);
		return inParts(prepared, limits.mostPerTask);
	}

	async function create(request: ImageRequest, itemIndex: number, part: number, attempt: number) {
		// When another item has failed for good, nothing more is started and paid for.
		throwIfCancelled(patient.signal);
		const call = calls.get(itemIndex) ?? beginCall(connection.context, itemIndex, request);
		calls.set(itemIndex, call);
		const key = idempotencyKey(connection.context, call, part, attempt);
		const task = await createTask(connection, request, key);
		if (task.id === '') return task;
		started.set(itemIndex, [...(started.get(itemIndex) ?? []), task.id]);
		if (!task.replayed) logStart(connection, task.id, itemIndex);
		return task;
	}

	/** Each part's task as `look` finds it. One that was replayed and failed is an earlier try's: then a new one is made. */
	async function lookAtAll(
		created: ImageTask[],
		parts: ImageRequest[],
		itemIndex: number,
		look: (task: ImageTask, request: ImageRequest) => Promise<ImageTask>,
	): Promise<ImageTask[]> {
		const lookAt = async (request: ImageRequest, part: number): Promise<ImageTask> => {
			let task = created[part]!;
			for (let attempt = 1; ; attempt++) {
				const seen = await look(task, request);
				const hasFailed = hasEnded(seen) && seen.status !== 'succeeded';
				if (!task.replayed || !hasFailed || attempt === MOST_ATTEMPTS) return seen;
				task = await create(request, itemIndex, part, attempt + 1);
			}
		};
		return await settleAll(parts.map(lookAt));
	}

	async function createAll(parts: ImageRequest[], itemIndex: number): Promise<ImageTask[]> {
		return await settleAll(
			parts.map(async (request, part) => await create(request, itemIndex, part, 1)),
		);
	}

	async function wait(task: ImageTask, request?: ImageRequest): Promise<ImageTask> {
		return await watcher.wait(task, deadlineIn(timeLimitSeconds), request);
	}

	/** How a task stands that an earlier try has started. It may have ended since. */
	async function lookOnce(task: ImageTask, request: ImageRequest): Promise<ImageTask> {
		if (!task.replayed || hasEnded(task)) return task;
		const seen = await settle(askForOne(patient, task.id, request, { retry: false }));
		return seen.ok ? { ...seen.value, replayed: true } : task;
	}

	return {
		connection,
		submit: async (request, itemIndex) => await createAll(await prepare(request), itemIndex),
		submitSuspended: async (request, { itemIndex, binaryField }) => {
			const parts = await prepare(request);
			const created = await createAll(parts, itemIndex);
			const tasks = await lookAtAll(created, parts, itemIndex, lookOnce);
			const taskIds = tasks.map(({ id }) => id);
			// A task of an earlier try was given that one's address, perhaps of another execution.
			const callsBack =
				request.callbackUrl !== undefined && !tasks.some(({ replayed }) => replayed);
			suspended.set(itemIndex, { taskIds, request: keptRequest(request), binaryField, callsBack });
			return tasks;
		},
		submitAndWait: async (request, itemIndex) => {
			const parts = await prepare(request);
			const created = await createAll(parts, itemIndex);
			return await lookAtAll(created, parts, itemIndex, wait);
		},
		wait,
		look: createTaskLookup(patient),
		collect: async (tasks, output) => {
			const options = {
				...output,
				download: async <Value>(job: () => Promise<Value>) => await download(job),
			};
			const items = await settleAll(
				// What is made is fetched, whatever else has failed: it is paid for.
				tasks.map(async (task) => await imageItems(connection, task, options)),
			);
			return joinedItems(items);
		},
		leave: (itemIndex) => {
			const call = calls.get(itemIndex);
			if (call) leaveCall(connection.context, call);
		},
	};
}

/** One request for each task, where a task makes fewer images than are wanted. */
function inParts(request: ImageRequest, mostPerTask = request.count): ImageRequest[] {
	const parts: ImageRequest[] = [];
	for (let left = request.count; left > 0; left -= mostPerTask) {
		parts.push({ ...request, count: Math.min(left, mostPerTask) });
	}
	return parts;
}

function eitherSignal(...signals: Array<AbortSignal | undefined>): AbortSignal | undefined {
	const given = signals.filter((signal) => signal !== undefined);
	return given.length > 1 ? AbortSignal.any(given) : given[0];
}
