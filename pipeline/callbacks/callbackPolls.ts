// Fetches tasks for callbacks: each once, a few requests at a time, many tasks in one request, so that a burst troubles nobody.
import type { ImageTask } from '../../providers/contract';
import { ImageFailure } from '../../providers/failure';
import type { Clock } from '../clock';
import type { Connection } from '../connection';
import { resultOf, type Result } from '../result';
import { askForMany, askForOne, tasksPerRequest } from '../tasks/taskAnswers';
import type { SendOptions } from '../http/send';

/** Requests at the same time: for one task each, and for many. With few of those, more tasks gather for the next. */
const SINGLES_AT_ONCE = 10;
const BATCHES_AT_ONCE = 2;
/** Callbacks that wait for their turn keep their bodies in memory. */
const MAX_WAITING = 1000;
/** Providers wait about 10 s for our answer: so long for a turn, and then for the task. */
const LONGEST_WAIT_MILLISECONDS = 5000;
const REQUEST: SendOptions = { retry: false, timeoutMilliseconds: 4000 };
/** How long a batch route that told nothing isn't asked. */
const BATCH_REST_MILLISECONDS = 30_000;

interface Poll {
	connection: Connection;
	taskId: string;
	since: number;
	/** Not together with others. */
	alone: boolean;
	finish(outcome: Result<ImageTask>): void;
}

interface Queue {
	clock: Clock;
	running: number;
	/** From when the batch route may be asked. */
	batchesFrom: number;
	waiting: Poll[];
	/** Every task that is waiting or asked for. */
	open: Map<string, Promise<Result<ImageTask>>>;
}

/** By trigger, and only while it has work. Nothing here needs to outlive the deliveries that wait for it. */
const queues = new Map<string, Queue>();

/** The task as the provider tells it now, or why it could not be told. Never throws, and answers within 9 s. */
export async function pollForCallback(
	connection: Connection,
	trigger: string,
	taskId: string,
): Promise<Result<ImageTask>> {
	const queue: Queue = queues.get(trigger) ?? newQueue(connection.clock);
	const open = queue.open.get(taskId);
	if (open) return await open;
	if (queue.waiting.length >= MAX_WAITING) return overloaded();

	const outcome = new Promise<Result<ImageTask>>((resolve) => {
		const finish = (told: Result<ImageTask>) => {
			queue.open.delete(taskId);
			resolve(told);
		};
		queue.waiting.push({ connection, taskId, since: queue.clock.now(), alone: false, finish });
	});
	queue.open.set(taskId, outcome);
	queues.set(trigger, queue);
	startWork(trigger, queue);
	return await outcome;
}

function startWork(trigger: string, queue: Queue): void {
	dropLate(queue);
	while (queue.waiting[0] && queue.running < maxRequests(queue, queue.waiting[0])) {
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
	const latest = queue.clock.now() - LONGEST_WAIT_MILLISECONDS;
	const late = queue.waiting.filter(({ since }) => since < latest);
	queue.waiting = queue.waiting.filter(({ since }) => since >= latest);
	for (const poll of late) poll.finish(overloaded());
}

function newQueue(clock: Clock): Queue {
	return { clock, running: 0, batchesFrom: 0, waiting: [], open: new Map() };
}

function maxRequests(queue: Queue, poll: Poll): number {
	return maxTogether(queue, poll) > 1 ? BATCHES_AT_ONCE : SINGLES_AT_ONCE;
}

function maxTogether({ clock, batchesFrom }: Queue, { alone, connection }: Poll): number {
	if (alone || batchesFrom > clock.now()) return 1;
	return tasksPerRequest(connection.provider);
}

/** Takes as many out of the queue as one request may ask for. */
function nextGroup(queue: Queue): Poll[] {
	const { waiting } = queue;
	// Those that go alone stand before all others.
	return waiting.splice(0, maxTogether(queue, waiting[0]!));
}

/** Asks for a group with one request. Answers those that must be asked for once more, alone. Never throws. */
async function ask(queue: Queue, group: Poll[]): Promise<Poll[]> {
	const [{ connection, taskId, finish }] = group as [Poll];
	if (group.length === 1) {
		finish(await resultOf(askForOne(connection, taskId, undefined, REQUEST)));
		return [];
	}
	const ids = group.map((poll) => poll.taskId);
	const { tasks, failure, isRouteBroken } = await askForMany(connection, ids, REQUEST);
	if (isRouteBroken) queue.batchesFrom = queue.clock.now() + BATCH_REST_MILLISECONDS;
	const left: Poll[] = [];
	for (const poll of group) {
		const value = tasks.get(poll.taskId);
		if (value) poll.finish({ ok: true, value });
		else if (failure) poll.finish({ ok: false, error: failure });
		else left.push({ ...poll, alone: true });
	}
	return left;
}

function overloaded(): Result<ImageTask> {
	return {
		ok: false,
		error: new ImageFailure({
			kind: 'providerDown',
			message: 'Too many callbacks came at once.',
			advice: 'The provider delivers them again.',
		}),
	};
}
