// Waits for many tasks at once with few requests: one loop, rounds that get further apart, a batch route where there is one.
import type { ImageRequest, ImageTask } from '../../providers/contract';
import { ImageFailure } from '../../providers/failure';
import type { Connection } from '../connection';
import { inWords, type Deadline } from '../deadline';
import { firstLook, isDue, mayJoin, nextLook, type LookSchedule } from './pollSchedule';
import { pause } from '../pause';
import { failureIn, settle } from '../settle';
import { askForTasks, inGroups, isPassing } from './taskAnswers';
import { hasEnded } from './taskState';

/** How often the loop looks at its own plan, so that a task that joins late isn't overlooked. */
const TICK_MILLISECONDS = 250;

interface WatchedTask {
	id: string;
	request?: ImageRequest;
	schedule: LookSchedule;
	looks: number;
	deadline: Deadline;
	finish(task: ImageTask): void;
	fail(error: Error): void;
}

export interface TaskWatcher {
	/**
	 * The task once it has ended, however it ended. The request tells what answers about it may leave out.
	 * Throws a `timeLimit` failure, with the task's id, when it is still open after the time limit.
	 */
	wait(task: ImageTask, deadline: Deadline, request?: ImageRequest): Promise<ImageTask>;
}

/** One watcher serves all items of an execution, each with its own deadline. */
export function createTaskWatcher(connection: Connection): TaskWatcher {
	const open = new Set<WatchedTask>();
	let running = false;

	async function watch(): Promise<void> {
		running = true;
		const ended = await settle(lookUntilNoneIsOpen(connection, open));
		running = false;
		if (!ended.ok) for (const watched of [...open]) watched.fail(ended.error);
	}

	return {
		wait: async (task, deadline, request) => {
			if (hasEnded(task)) return task;
			return await new Promise<ImageTask>((resolve, reject) => {
				const watched: WatchedTask = {
					id: task.id,
					request,
					schedule: firstLook(task.etaSeconds, Date.now(), Math.random()),
					looks: 0,
					deadline,
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

async function lookUntilNoneIsOpen(connection: Connection, open: Set<WatchedTask>): Promise<void> {
	while (open.size > 0) {
		await pause(TICK_MILLISECONDS, connection.signal);
		const now = Date.now();
		const all = [...open];
		// A wait ends with one last look, as the time limit may pass long before the next one is planned.
		const last = all.filter(({ deadline }) => deadline.at <= now);
		if (last.length === 0 && !all.some(({ schedule }) => isDue(schedule, now))) continue;
		await lookAt(
			connection,
			all.filter((watched) => last.includes(watched) || mayJoin(watched.schedule, now)),
		);
		for (const watched of last.filter((each) => open.has(each))) {
			watched.fail(timeLimitFailure(connection.provider.name, watched.id, watched.deadline));
		}
	}
}

async function lookAt(connection: Connection, round: WatchedTask[]): Promise<void> {
	for (const group of inGroups(connection.provider, round)) {
		const answers = await askForTasks(
			connection,
			new Map(group.map(({ id, request }) => [id, request])),
		);
		for (const watched of group) {
			watched.looks += 1;
			watched.schedule = nextLook(watched.schedule, watched.looks, Date.now(), Math.random());
			const answer = answers.get(watched.id);
			if (answer?.ok && hasEnded(answer.value)) watched.finish(answer.value);
			if (answer?.ok === false && !isPassing(answer.error)) watched.fail(answer.error);
		}
	}
}

function timeLimitFailure(provider: string, taskId: string, deadline: Deadline): ImageFailure {
	return new ImageFailure({
		kind: 'timeLimit',
		message: `The images were not ready within ${inWords(deadline)}.`,
		advice: `The task goes on at ${provider} and nothing is lost. Fetch its images later with Task: Get or Task: Wait and this task ID, or set a longer Time Limit in the Options.`,
		taskId,
	});
}
