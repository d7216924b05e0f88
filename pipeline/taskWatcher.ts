// Waits for many tasks at once with few requests: one loop, rounds that get further apart, a batch route where there is one.
import pLimit from 'p-limit';

import type { ImageRequest, ImageTask } from '../providers/contract';
import { ImageFailure, type FailureKind } from '../providers/failure';
import type { Connection } from './connection';
import { firstLook, isDue, mayJoin, nextLook, type LookSchedule } from './lookSchedule';
import { pause } from './pause';
import { failureIn, settle, type Settled } from './settle';
import { send } from './transport';

/** How often the loop looks at its own plan, so that a task that joins late isn't overlooked. */
const TICK_MILLISECONDS = 250;
/** Requests at the same time, where each task is asked for by itself. */
const SINGLES_AT_ONCE = 5;
/** Troubles that may pass: the task goes on meanwhile, so we look again instead of giving it up. */
const PASSING_TROUBLES = new Set<FailureKind>([
	'network',
	'providerDown',
	'rateLimit',
	'unreadableAnswer',
]);

interface WatchedTask {
	id: string;
	request?: ImageRequest;
	schedule: LookSchedule;
	looks: number;
	deadline: number;
	finish(task: ImageTask): void;
	fail(error: Error): void;
}

export interface TaskWatcher {
	/**
	 * The task once it has ended, however it ended. The request tells what answers about it may leave out.
	 * Throws a `timeLimit` failure, with the task's id, when it is still open after the time limit.
	 */
	wait(task: ImageTask, request?: ImageRequest): Promise<ImageTask>;
}

/** One watcher serves all items of an execution. The time limit runs for each task from when its wait begins. */
export function createTaskWatcher(connection: Connection, timeLimitSeconds: number): TaskWatcher {
	const open = new Set<WatchedTask>();
	let running = false;

	async function watch(): Promise<void> {
		running = true;
		const ended = await settle(lookUntilNoneIsOpen(connection, open, timeLimitSeconds));
		running = false;
		if (!ended.ok) for (const watched of [...open]) watched.fail(ended.error);
	}

	return {
		wait: async (task, request) => {
			if (hasEnded(task)) return task;
			return await new Promise<ImageTask>((resolve, reject) => {
				const watched: WatchedTask = {
					id: task.id,
					request,
					schedule: firstLook(task.etaSeconds, Date.now(), Math.random()),
					looks: 0,
					deadline: Date.now() + timeLimitSeconds * 1000,
					finish: (ended) => {
						open.delete(watched);
						resolve(ended);
					},
					fail: (error) => {
						open.delete(watched);
						reject(failureIn(error)?.withTask(task.id) ?? error);
					},
				};
				open.add(watched);
				if (!running) void watch();
			});
		},
	};
}

export function hasEnded({ status }: ImageTask): boolean {
	return status !== 'queued' && status !== 'running';
}

async function lookUntilNoneIsOpen(
	connection: Connection,
	open: Set<WatchedTask>,
	timeLimitSeconds: number,
): Promise<void> {
	while (open.size > 0) {
		await pause(TICK_MILLISECONDS, connection.signal);
		const now = Date.now();
		const all = [...open];
		// A wait ends with one last look, as the time limit may pass long before the next one is planned.
		const last = all.filter(({ deadline }) => deadline <= now);
		if (last.length === 0 && !all.some(({ schedule }) => isDue(schedule, now))) continue;
		await lookAt(
			connection,
			all.filter((watched) => last.includes(watched) || mayJoin(watched.schedule, now)),
		);
		for (const watched of last.filter((each) => open.has(each))) {
			watched.fail(timeLimitFailure(connection.provider.name, watched.id, timeLimitSeconds));
		}
	}
}

async function lookAt(connection: Connection, round: WatchedTask[]): Promise<void> {
	for (const group of inGroups(round, connection.provider.pollMany?.most ?? SINGLES_AT_ONCE)) {
		const answers = await askFor(connection, group);
		for (const watched of group) {
			watched.looks += 1;
			watched.schedule = nextLook(watched.schedule, watched.looks, Date.now(), Math.random());
			const answer = answers.get(watched.id);
			if (answer?.ok && hasEnded(answer.value)) watched.finish(answer.value);
			if (answer?.ok === false && !mayPass(answer.error)) watched.fail(answer.error);
		}
	}
}

/** How the tasks stand, or why that could not be told. */
async function askFor(
	connection: Connection,
	group: WatchedTask[],
): Promise<Map<string, Settled<ImageTask>>> {
	const { provider } = connection;
	const { pollMany } = provider;
	const requests = new Map(group.map(({ id, request }) => [id, request]));
	const ids = [...requests.keys()];
	const answers = new Map<string, Settled<ImageTask>>();
	if (pollMany && ids.length > 1) {
		const many = await settle(
			send(connection, pollMany.request(ids)).then((answer) => pollMany.read(answer)),
		);
		if (!many.ok && !isUnknownRoute(many.error)) return new Map(ids.map((id) => [id, many]));
		for (const task of many.ok ? many.value : []) answers.set(task.id, { ok: true, value: task });
	}
	// A batch leaves out what it doesn't know. Asked for by itself, such a task is refused by name.
	// A provider or a gateway may have no batch route at all: then each task is asked for by itself.
	const limit = pLimit(SINGLES_AT_ONCE);
	const askForOne = async (id: string): Promise<void> => {
		const answer = send(connection, provider.poll(id));
		const task = answer.then((received) => provider.readTask(received, requests.get(id)));
		answers.set(id, await settle(task));
	};
	const left = ids.filter((id) => !answers.has(id));
	await Promise.all(left.map(async (id) => await limit(askForOne, id)));
	return answers;
}

function isUnknownRoute(error: Error): boolean {
	return [404, 405, 501].includes(failureIn(error)?.details.status ?? 0);
}

function mayPass(error: Error): boolean {
	const kind = failureIn(error)?.details.kind;
	return kind !== undefined && PASSING_TROUBLES.has(kind);
}

function timeLimitFailure(provider: string, taskId: string, seconds: number): ImageFailure {
	const limit =
		seconds >= 120
			? `${Math.round(seconds / 60)} minutes`
			: `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
	return new ImageFailure({
		kind: 'timeLimit',
		message: `The images were not ready within ${limit}.`,
		advice: `The task goes on at ${provider} and nothing is lost. Fetch its images later with Task > Get or Task > Wait and this task ID, or set a longer Time Limit in the Options.`,
		taskId,
	});
}

function inGroups<Entry>(entries: Entry[], size: number): Entry[][] {
	const groups: Entry[][] = [];
	for (let i = 0; i < entries.length; i += size) groups.push(entries.slice(i, i + size));
	return groups;
}
