// One execution's work with one provider: many items from request to images, a few at a time, nothing paid for lost.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ImageRequest, ImageTask } from '../providers/contract';
import { checkRequest } from '../providers/limits';
import type { Connection } from './connection';
import { deadlineIn, type Deadline } from './deadline';
import { createLimiter, type Limiter } from './limiter';
import { createTask, type TaskDraft } from './tasks/createTask';
import { idempotencyKey } from './once/idempotency';
import { imageItemsOfAll, type OutputOptions } from './media/imageItems';
import { prepareImages, type LocalRequest } from './media/inputImages';
import { throwIfCancelled } from './pause';
import { settle, settleAll } from './settle';
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
	/** From when an item's work begins until its images are there. */
	timeLimitSeconds: number;
	/** Bounds the creates that are on their way at the same time, whichever items they are for. */
	creates: Limiter;
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
	/** Waits until an item's task has ended. The request tells what answers about it may leave out. */
	wait(task: ImageTask, itemIndex: number, request?: ImageRequest): Promise<ImageTask>;
	/** How a task stands now. */
	look: TaskLookup;
	/** The images of ended tasks, joined. Throws the failure of a task that has none. */
	collect(tasks: ImageTask[], output: OutputSettings): Promise<INodeExecutionData[]>;
	/** To be told when an item has failed: a later call of the node may then take up its task. */
	leave(itemIndex: number): void;
}

/** One item's work: what its tasks are to make, and until when. */
interface ItemWork {
	itemIndex: number;
	connection: Connection<IExecuteFunctions>;
	drafts: TaskDraft[];
}

export function createImageRun(
	connection: Connection<IExecuteFunctions>,
	{ timeLimitSeconds, creates, stopSignal, started, suspended }: RunSettings,
): ImageRun {
	const { context, provider } = connection;
	const patient = { ...connection, signal: eitherSignal(connection.signal, stopSignal) };
	const watcher = createTaskWatcher(patient);
	const download = createLimiter(DOWNLOADS_AT_ONCE);
	const calls = new Map<number, Call>();
	const deadlines = new Map<number, Deadline>();

	function deadlineOf(itemIndex: number): Deadline {
		const deadline = deadlines.get(itemIndex) ?? deadlineIn(timeLimitSeconds);
		deadlines.set(itemIndex, deadline);
		return deadline;
	}

	function callOf(itemIndex: number, request: ImageRequest): Call {
		const call = calls.get(itemIndex) ?? beginCall(context, itemIndex, request);
		calls.set(itemIndex, call);
		return call;
	}

	/** When another item has failed for good, nothing more is started and paid for. */
	const turn: Limiter = async (job) =>
		await creates(async () => {
			throwIfCancelled(patient.signal);
			return await job();
		});

	/** Limits are held against everything known before anything is sent, and again when fetched images are known too. */
	function begin(request: LocalRequest, itemIndex: number): ItemWork {
		const deadline = deadlineOf(itemIndex);
		const limits = provider.limits(request.model);
		checkRequest(request, limits);
		let prepared: Promise<ImageRequest> | undefined;
		const prepare = async (): Promise<ImageRequest> => {
			const ready = await prepareImages({ ...patient, deadline }, request);
			checkRequest(ready, limits);
			return ready;
		};
		const drafts = inParts(request, limits.mostPerTask).map((part) => ({
			request: part,
			prepare: async () => ({ ...(await (prepared ??= prepare())), count: part.count }),
			turn,
		}));
		return { itemIndex, connection: { ...connection, deadline }, drafts };
	}

	async function create(work: ItemWork, part: number, attempt: number): Promise<ImageTask> {
		const { itemIndex, drafts } = work;
		const draft = drafts[part]!;
		const key = idempotencyKey(context, callOf(itemIndex, draft.request), part, attempt);
		const task = await createTask(work.connection, draft, { key, itemIndex });
		if (task.id !== '') started.set(itemIndex, [...(started.get(itemIndex) ?? []), task.id]);
		return task;
	}

	/**
	 * Each part's task as `look` finds it. One of an earlier try that has failed costs nothing: then a new one is made,
	 * unless it was refused, as the next one would be.
	 */
	async function lookAtAll(
		created: ImageTask[],
		work: ItemWork,
		look: (task: ImageTask, request: ImageRequest) => Promise<ImageTask>,
	): Promise<ImageTask[]> {
		const lookAt = async ({ request }: TaskDraft, part: number): Promise<ImageTask> => {
			let task = created[part]!;
			for (let attempt = 1; ; attempt++) {
				const seen = await look(task, request);
				if (!task.replayed || !mayMakeAnother(seen) || attempt === MOST_ATTEMPTS) return seen;
				task = await create(work, part, attempt + 1);
			}
		};
		return await settleAll(work.drafts.map(lookAt));
	}

	function mayMakeAnother(task: ImageTask): boolean {
		if (!hasEnded(task) || task.status === 'succeeded') return false;
		return provider.readTaskFailure(task).details.kind !== 'moderation';
	}

	async function createAll(work: ItemWork): Promise<ImageTask[]> {
		return await settleAll(work.drafts.map(async (_, part) => await create(work, part, 1)));
	}

	/** How a task stands that an earlier try has started. It may have ended since. */
	async function lookOnce(
		task: ImageTask,
		request: ImageRequest,
		deadline: Deadline,
	): Promise<ImageTask> {
		if (!task.replayed || hasEnded(task)) return task;
		const asked = askForOne({ ...patient, deadline }, task.id, request, { retry: false });
		const seen = await settle(asked);
		return seen.ok ? { ...seen.value, replayed: true } : task;
	}

	return {
		connection,
		submit: async (request, itemIndex) => await createAll(begin(request, itemIndex)),
		submitSuspended: async (request, { itemIndex, binaryField }) => {
			const work = begin(request, itemIndex);
			const created = await createAll(work);
			const tasks = await lookAtAll(
				created,
				work,
				async (task, part) => await lookOnce(task, part, deadlineOf(itemIndex)),
			);
			const taskIds = tasks.map(({ id }) => id);
			// A task of an earlier try was given that one's address, perhaps of another execution.
			const callsBack =
				request.callbackUrl !== undefined && !tasks.some(({ replayed }) => replayed);
			suspended.set(itemIndex, { taskIds, request: keptRequest(request), binaryField, callsBack });
			return tasks;
		},
		submitAndWait: async (request, itemIndex) => {
			const work = begin(request, itemIndex);
			const deadline = deadlineOf(itemIndex);
			const created = await createAll(work);
			return await lookAtAll(
				created,
				work,
				async (task, part) => await watcher.wait(task, deadline, part),
			);
		},
		wait: async (task, itemIndex, request) =>
			await watcher.wait(task, deadlineOf(itemIndex), request),
		look: createTaskLookup(patient),
		collect: async (tasks, output) => {
			const timed = { ...connection, deadline: deadlineOf(output.itemIndex) };
			const options = {
				...output,
				download: async <Value>(job: () => Promise<Value>) => await download(job),
			};
			return await imageItemsOfAll(timed, tasks, options);
		},
		leave: (itemIndex) => {
			const call = calls.get(itemIndex);
			if (call) leaveCall(context, call);
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
