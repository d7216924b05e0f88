// Fetches tasks for callbacks: each once, a few requests at a time, many tasks in one request, so that a burst troubles nobody.
import type { ImageTask } from '../../providers/contract';
import { ImageFailure } from '../../providers/failure';
import type { Connection } from '../connection';
import { settle, type Settled } from '../settle';
import { askForMany, askForOne } from '../tasks/taskAnswers';
import type { SendOptions } from '../http/send';

/** Requests at the same time: for one task each, and for many. With few of those, more tasks gather for the next. */
const SINGLES_AT_ONCE = 10;
const BATCHES_AT_ONCE = 2;
/** Callbacks that wait for their turn keep their bodies in memory. */
const MOST_WAITING = 1000;
/** Providers wait about 10 s for our answer: so long for a turn, and then for the task. */
const LONGEST_WAIT_MILLISECONDS = 5000;
const REQUEST: SendOptions = { retry: false, timeoutMilliseconds: 4000 };
/** How long a batch route that told nothing isn't asked. */
const BATCH_REST_MILLISECONDS = 30_000;

interface Look {
	connection: Connection;
	taskId: string;
	since: number;
	/** Not together with others. */
	alone: boolean;
	finish(outcome: Settled<ImageTask>): void;
}

interface Queue {
	running: number;
	/** From when the batch route may be asked. */
	batchesFrom: number;
	waiting: Look[];
	/** Every task that is waiting or asked for. */
	open: Map<string, Promise<Settled<ImageTask>>>;
}

/** By trigger, and only while it has work. Nothing here needs to outlive the deliveries that wait for it. */
const queues = new Map<string, Queue>();

/** The task as the provider tells it now, or why it could not be told. Never throws, and answers within 9 s. */
export async function lookForCallback(
	connection: Connection,
	trigger: string,
	taskId: string,
): Promise<Settled<ImageTask>> {
	const queue: Queue = queues.get(trigger) ?? newQueue();
	const open = queue.open.get(taskId);
	if (open) return await open;
	if (queue.waiting.length >= MOST_WAITING) return overloaded();

	const outcome = new Promise<Settled<ImageTask>>((resolve) => {
		const finish = (told: Settled<ImageTask>) => {
			queue.open.delete(taskId);
			resolve(told);
		};
		queue.waiting.push({ connection, taskId, since: Date.now(), alone: false, finish });
	});
	queue.open.set(taskId, outcome);
	queues.set(trigger, queue);
	startWork(trigger, queue);
	return await outcome;
}

function startWork(trigger: string, queue: Queue): void {
	dropLate(queue);
	while (queue.waiting[0] && queue.running < mostRequests(queue, queue.waiting[0])) {
		queue.running += 1;
		void ask(queue, nextGroup(queue)).then((again) => {
			queue.running -= 1;
			queue.waiting.unshift(...again);
			startWork(trigger, queue);
		});
	}
	if (queue.running === 0) queues.delete(trigger);
}

function dropLate(queue: Queue): void {
	const latest = Date.now() - LONGEST_WAIT_MILLISECONDS;
	const late = queue.waiting.filter(({ since }) => since < latest);
	queue.waiting = queue.waiting.filter(({ since }) => since >= latest);
	for (const look of late) look.finish(overloaded());
}

function newQueue(): Queue {
	return { running: 0, batchesFrom: 0, waiting: [], open: new Map() };
}

function mostRequests(queue: Queue, look: Look): number {
	return mostTogether(queue, look) > 1 ? BATCHES_AT_ONCE : SINGLES_AT_ONCE;
}

function mostTogether({ batchesFrom }: Queue, { alone, connection }: Look): number {
	if (alone || batchesFrom > Date.now()) return 1;
	return connection.provider.pollMany?.most ?? 1;
}

/** Takes as many out of the queue as one request may ask for. */
function nextGroup(queue: Queue): Look[] {
	const { waiting } = queue;
	const [first] = waiting as [Look];
	const most = mostTogether(queue, first);
	const end = waiting.findIndex((look, index) => index >= most || look.alone !== first.alone);
	return waiting.splice(0, end === -1 ? waiting.length : end);
}

/** Asks for a group with one request. Answers those that must be asked for once more, alone. Never throws. */
async function ask(queue: Queue, group: Look[]): Promise<Look[]> {
	const [{ connection, taskId, finish }] = group as [Look];
	if (group.length === 1) {
		finish(await settle(askForOne(connection, taskId, undefined, REQUEST)));
		return [];
	}
	const ids = group.map((look) => look.taskId);
	const { tasks, failure, isRouteBroken } = await askForMany(connection, ids, REQUEST);
	if (isRouteBroken) queue.batchesFrom = Date.now() + BATCH_REST_MILLISECONDS;
	const left: Look[] = [];
	for (const look of group) {
		const value = tasks.get(look.taskId);
		if (value) look.finish({ ok: true, value });
		else if (failure) look.finish({ ok: false, error: failure });
		else left.push({ ...look, alone: true });
	}
	return left;
}

function overloaded(): Settled<ImageTask> {
	return {
		ok: false,
		error: new ImageFailure({
			kind: 'providerDown',
			message: 'Too many callbacks came at once.',
			advice: 'The provider delivers them again.',
		}),
	};
}
