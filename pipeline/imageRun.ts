// One execution's work with one provider: many items from request to images, a few at a time, nothing paid for lost.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ImageRequest, ImageTask } from '../providers/contract';
import type { Connection } from './connection';
import { forgetRepeat } from './told/repeats';
import { throwIfCancelled } from './context';
import type { Deadline } from './deadline';
import type { Execution, ItemWork } from './execution';
import { createLimiter, type Limiter } from './tasks/limiter';
import { imageItemsOfAll } from './media/imageItems';
import type { LocalRequest } from './media/inputImages';
import { goOnWithout, withoutFailed } from './missingParts';
import { imagesOf } from './media/motif';
import type { OutputSettings } from './media/outputSettings';
import { DOWNLOADS_AT_ONCE } from './media/sharedDownloads';
import { createOrders, type Order } from './orders';
import { failureIn, resultOf, type Result } from './result';
import { keptRequest, keptParts, type SuspendedItem } from './suspend/suspension';
import { createTask } from './tasks/createTask';
import { createTaskWatcher } from './tasks/poller';
import { askForOne } from './tasks/taskAnswers';
import { createTaskPoll, type TaskPoll } from './tasks/taskPoll';
import { hasEnded, openTask } from './tasks/taskState';

/** How often a create may repeat a failed earlier one before its failure is final. */
const MAX_ATTEMPTS = 5;

export interface ImageRun {
	connection: Connection<IExecuteFunctions>;
	/**
	 * Checks the request, brings its files where they must be, starts its task and answers it as it stands.
	 * Several tasks, where one makes fewer images than are wanted.
	 */
	submit(work: ItemWork, request: LocalRequest): Promise<ImageTask[]>;
	/** Does the same for an execution that is suspended meanwhile: answers what the item then waits for. */
	submitSuspended(
		work: ItemWork,
		request: LocalRequest,
		output: OutputSettings,
	): Promise<SuspendedItem>;
	/** Submits and waits until the tasks have ended. */
	submitAndWait(work: ItemWork, request: LocalRequest): Promise<ImageTask[]>;
	/** Waits until an item's task has ended. The request tells what answers about it may leave out. */
	wait(work: ItemWork, taskId: string, request?: ImageRequest): Promise<ImageTask>;
	/** How a task stands now. */
	poll: TaskPoll;
	/** The images of ended tasks, joined. Throws the failure of a task that has none. */
	collect(
		work: ItemWork,
		tasks: ImageTask[],
		output: OutputSettings,
	): Promise<INodeExecutionData[]>;
}

/** What to do with each task that has been created for a part of an order. */
type Follow = (task: ImageTask, request: ImageRequest) => Promise<ImageTask>;

export function createImageRun(
	connection: Connection<IExecuteFunctions>,
	{ creates, signal, spending }: Pick<Execution, 'creates' | 'signal' | 'spending'>,
): ImageRun {
	const { provider } = connection;
	const patient = { ...connection, signal };
	const watcher = createTaskWatcher(patient);
	const download = createLimiter(DOWNLOADS_AT_ONCE);

	/** When another item has failed for good, nothing more is started and paid for. */
	const turn: Limiter = async (job) =>
		await creates(async () => {
			throwIfCancelled(signal);
			return await job();
		});

	const orderOf = createOrders(connection, { turn, signal, spending });

	async function create(order: Order, part: number, attempt: number): Promise<ImageTask> {
		const { work, drafts } = order;
		const draft = drafts[part]!;
		const { request } = draft;
		const place = work.placeOf({
			wish: request,
			part,
			attempt,
			orderReference: provider.honoursKeys ? request.orderReference : undefined,
			order: { provider, parts: drafts },
		});
		const created = await resultOf(createTask(order.connection, draft, place));
		// One of an earlier try that can't be looked up now has been started all the same.
		const id = created.ok ? created.value.id : failureIn(created.error)?.details.taskId;
		if (id) work.noteTask(id);
		if (created.ok) return created.value;
		throw created.error;
	}

	/**
	 * A part's task as `follow` finds it. Where one of an earlier try has failed and surely costs nothing, a new one is
	 * made, unless it was refused, as the next one would be. One that failed otherwise stays `replayed`.
	 */
	async function followOne(
		order: Order,
		part: number,
		created: ImageTask,
		follow: Follow,
	): Promise<ImageTask> {
		const { request } = order.drafts[part]!;
		let task = created;
		for (let attempt = 1; ; attempt++) {
			const seen = await follow(task, request);
			noteIfFree(order.work, seen);
			if (!task.replayed || !hasFailed(seen)) return seen;
			if (!mayMakeAnother(seen) || attempt === MAX_ATTEMPTS) return { ...seen, replayed: true };
			forgetRepeat(connection.context, order.work.itemIndex);
			task = await create(order, part, attempt + 1);
		}
	}

	/**
	 * Makes each part, those that are made from an image of the first format when that is there. What is made comes out
	 * whatever becomes of the others: it is paid for.
	 */
	async function makeParts(order: Order, follow?: Follow): Promise<ImageTask[]> {
		const { drafts, motifs, work } = order;
		const outcomes: Array<Result<ImageTask>> = [];
		const makeOne = async (part: number): Promise<ImageTask> => {
			const task = await create(order, part, 1);
			return follow ? await followOne(order, part, task, follow) : task;
		};
		const make = async (parts: number[]): Promise<void> => {
			await Promise.all(
				parts.map(async (part) => (outcomes[part] = await resultOf(makeOne(part)))),
			);
		};
		const all = [...drafts.keys()];
		const ofFirst = all.filter((part) => drafts[part]!.motif === undefined);
		await make(ofFirst);
		motifs.push(
			...ofFirst.flatMap((part) => inPlaces(outcomes[part]!, drafts[part]!.request.count)),
		);
		if (motifs.some(Boolean)) await make(all.filter((part) => !ofFirst.includes(part)));
		const missing = outcomes.flatMap((outcome, part) => {
			const { format, count } = drafts[part]!.request;
			return outcome.ok ? [] : [{ format, count, error: outcome.error }];
		});
		const made = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
		goOnWithout(order.connection, missing, made, work.itemIndex);
		return made;
	}

	function noteIfFree({ noteFree }: ItemWork, task: ImageTask): void {
		if (hasFailed(task) && provider.readTaskFailure(task).details.mayBeCharged === false) {
			noteFree(task.id);
		}
	}

	function mayMakeAnother(task: ImageTask): boolean {
		const { kind, mayBeCharged } = provider.readTaskFailure(task).details;
		return kind !== 'moderation' && mayBeCharged === false;
	}

	/** Each part's task, as it stands. */
	async function startAll(order: Order): Promise<ImageTask[]> {
		const { deadline } = order.work;
		const follow: Follow = async (task, part) => await pollOnce(task, part, deadline);
		return await makeParts(order, follow);
	}

	/** How a task stands that an earlier try has started. It may have ended since. */
	async function pollOnce(
		task: ImageTask,
		request: ImageRequest,
		deadline: Deadline,
	): Promise<ImageTask> {
		if (!task.replayed || hasEnded(task)) return task;
		const asked = askForOne({ ...patient, deadline }, task.id, request, { retry: false });
		const seen = await resultOf(asked);
		return seen.ok ? { ...seen.value, replayed: true } : task;
	}

	return {
		connection,
		submit: async (work, request) => await startAll(orderOf(work, request)),
		submitSuspended: async (work, request, output) => {
			const order = orderOf(work, request);
			const tasks = await startAll(order);
			const taskIds = tasks.map(({ id }) => id);
			return {
				taskIds,
				request: keptRequest(request),
				parts: order.drafts.length > 1 || request.formats ? keptParts(tasks) : undefined,
				...connection.redact.value(output),
				callsBack: request.callbackUrl !== undefined && callBack(tasks),
			};
		},
		submitAndWait: async (work, request) => {
			const order = orderOf(work, request);
			const follow: Follow = async (task, part) => await watcher.wait(task, work.deadline, part);
			return await makeParts(order, provider.poll && follow);
		},
		wait: async ({ deadline }, taskId, request) =>
			await watcher.wait({ ...openTask(taskId), replayed: true }, deadline, request),
		poll: createTaskPoll(patient),
		collect: async (work, tasks, output) => {
			const { itemIndex, deadline } = work;
			for (const task of tasks) noteIfFree(work, task);
			const options = { ...output, itemIndex, download };
			const kept = withoutFailed(connection, tasks, itemIndex);
			return await imageItemsOfAll({ ...connection, deadline }, kept, options);
		},
	};
}

function hasFailed(task: ImageTask): boolean {
	return hasEnded(task) && task.status !== 'succeeded';
}

/**
 * Whether a callback tells when all of them have ended. A task of an earlier try was given that one's address, perhaps of
 * another execution: it may only be among them where it has ended already.
 */
function callBack(tasks: ImageTask[]): boolean {
	const open = tasks.filter((task) => !hasEnded(task));
	return open.length > 0 && !open.some(({ replayed }) => replayed);
}

/** The images of a part, of which there were to be so many. */
function inPlaces(made: Result<ImageTask>, count: number): Order['motifs'] {
	const images = made.ok && made.value.status === 'succeeded' ? imagesOf(made.value) : [];
	return Array.from({ length: count }, (_, place) => images[place]);
}
