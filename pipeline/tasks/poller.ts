// Waits for many tasks at once with few requests. A request that gets no answer holds up nobody, and every wait ends in time.
import type { ImageRequest, ImageTask } from '../../providers/contract';
import { steady } from '../clock';
import type { Connection } from '../connection';
import { timeLeft, type Deadline } from '../deadline';
import type { SendOptions } from '../http/send';
import { failureIn, resultOf, type Result } from '../result';
import { isJustInCase, lastPollAt, mayJoin, nextPollAt, patience, type Pace } from './pollSchedule';
import { standIns } from './standIns';
import { isUnanswered } from './taskAnswers';
import { createTaskAsker, type Lane } from './taskAsker';
import { kindOf, lengthsInThisProcess, type TaskLengths } from './taskLengths';
import { hasEnded } from './taskState';
import {
	isOver,
	mayPass,
	MOMENT_MILLISECONDS,
	timeLimitFailure,
	type WatchedTask,
} from './watchedTask';

/** How often at least the loop looks at its own plan, so that a task that joins late isn't overlooked. */
const TICK_MILLISECONDS = 250;
/** And while an answer is on its way, which may change the plan. */
const SHORT_TICK_MILLISECONDS = 50;
/** How often at most. */
const SHORTEST_TICK_MILLISECONDS = 20;
/** An answer without pictures is short: this ends one that trickles. */
const LONGEST_ANSWER_MILLISECONDS = 30_000;

export interface TaskWatcher {
	/**
	 * The task once it has ended, however it ended. The request is given for a task that this execution has started: it
	 * tells what answers about it may leave out, and for a moment the provider needn't know the task yet. A `replayed` one
	 * has begun who knows when, so nothing is learnt of how long it takes.
	 * Throws a `timeLimit` failure, with the task's id, when it is still open at the deadline.
	 */
	wait(task: ImageTask, deadline: Deadline, request?: ImageRequest): Promise<ImageTask>;
}

/** One watcher serves all items of an execution. What it learns of how long tasks take, others may use. */
export function createTaskWatcher(
	connection: Connection,
	lengths: TaskLengths = lengthsInThisProcess,
): TaskWatcher {
	const { provider, signal } = connection;
	const clock = steady(connection.clock);
	const asker = createTaskAsker({ ...connection, clock });
	const open = new Set<WatchedTask>();
	let isRunning = false;

	async function watch(): Promise<void> {
		isRunning = true;
		const ended = await resultOf(pollUntilNoneIsOpen());
		if (ended.ok) return;
		isRunning = false;
		for (const watched of [...open]) watched.fail(ended.error);
	}

	async function pollUntilNoneIsOpen(): Promise<void> {
		while (open.size > 0) {
			await clock.pause(untilNext(), signal);
			const now = clock.now();
			const all = [...open];
			poll(
				'last',
				all.filter((watched) => isLastPollDue(watched, now)),
			);
			for (const watched of all) {
				if (isOver(watched, now)) watched.fail(timeLimitFailure(provider.name, watched));
			}
			const round = roundAt(now);
			poll(
				'usual',
				round.filter(({ unanswered }) => unanswered === 0),
			);
			poll(
				'slow',
				round.filter(({ unanswered }) => unanswered > 0),
			);
		}
		// In the same step as the check: whoever begins to wait after it begins anew.
		isRunning = false;
	}

	function idleTasks(): WatchedTask[] {
		return [...open].filter(({ isPolled, lastPoll }) => !isPolled && !lastPoll);
	}

	/** How long the loop may sleep. */
	function untilNext(): number {
		const idle = idleTasks();
		const now = clock.now();
		const longest = idle.length < open.size ? SHORT_TICK_MILLISECONDS : TICK_MILLISECONDS;
		const next = idle.reduce(
			(earliest, { facts, kind }) => Math.min(earliest, nextPollAt(facts, paceOf(kind))),
			now + longest,
		);
		return Math.max(next - now, SHORTEST_TICK_MILLISECONDS);
	}

	function paceOf(kind: string | undefined): Pace {
		const perRequest = asker.perRequest();
		return {
			...(kind === undefined ? {} : lengths.expected(kind)),
			requests: Math.ceil(open.size / perRequest),
			isTogether: perRequest > 1,
		};
	}

	/** Who is asked for now. */
	function roundAt(now: number): WatchedTask[] {
		const idle = idleTasks();
		const due = idle.filter(({ facts, kind }) => nextPollAt(facts, paceOf(kind)) <= now);
		if (due.length === 0) return [];
		const joining = idle.filter(({ facts, kind }) => mayJoin(facts, paceOf(kind), now));
		if (asker.perRequest() > 1) return joining;
		const isShared = ({ facts, kind }: WatchedTask) =>
			kind !== undefined && isJustInCase(facts, paceOf(kind), now);
		const kinds = new Set(due.filter(isShared).map(({ kind }) => kind));
		const shared = joining.filter(isShared);
		return [
			...due.filter((watched) => !isShared(watched)),
			...[...kinds].flatMap((one) =>
				standIns(
					shared.filter(({ kind }) => kind === one),
					now,
				),
			),
		];
	}

	/** What was thought of others of its kind may hold no longer: then none has answered for another. */
	function learnFrom({ kind, facts, seenOpenAt }: WatchedTask, now: number): void {
		if (kind === undefined) return;
		const { begunAt } = facts;
		const ending = { openAt: seenOpenAt - begunAt, endedAt: now - begunAt };
		if (!lengths.learn(kind, ending)) return;
		for (const other of open) if (other.kind === kind) other.facts.excusedAt = undefined;
	}

	function isLastPollDue(watched: WatchedTask, now: number): boolean {
		const { facts, deadline, lastPoll, isPolled, id } = watched;
		if (lastPoll || now < lastPollAt(facts.begunAt, deadline.at)) return false;
		if (facts.notBefore !== undefined && facts.notBefore > now) return false;
		// One that was answered after the deadline was the last.
		if (facts.askedAt >= deadline.at) return false;
		// Pictures that are on their way aren't asked for a second time.
		return !(isPolled && carriesPictures(id));
	}

	function carriesPictures(id: string): boolean {
		return provider.poll?.(id).base64Fields !== undefined;
	}

	/** Doesn't wait for the answers. */
	function poll(lane: Lane, round: WatchedTask[]): void {
		const byId = new Map<string, WatchedTask[]>();
		for (const watched of round) {
			byId.set(watched.id, [...(byId.get(watched.id) ?? []), watched]);
			if (lane === 'last') watched.lastPoll = { sentAt: clock.now(), isAnswered: false };
			watched.isPolled = true;
		}
		const asked = new Map([...byId].map(([id, [first]]) => [id, first!.request]));
		const openOf = (id: string) => byId.get(id)!.filter((watched) => open.has(watched));
		void asker.ask(
			asked,
			(id, answer) => {
				for (const watched of openOf(id)) note(watched, lane, answer);
			},
			{
				lane,
				isWanted: (id) => openOf(id).length > 0,
				sendOptions: (ids) => sendOptions(ids.flatMap(openOf)),
			},
		);
	}

	/** No retry: the next poll is one. */
	function sendOptions(asked: WatchedTask[]): SendOptions {
		const unanswered = Math.max(...asked.map((watched) => watched.unanswered));
		const end = Math.max(...asked.map(({ deadline }) => deadline.at)) + MOMENT_MILLISECONDS;
		const left = Math.max(MOMENT_MILLISECONDS, end - clock.now());
		return {
			retry: false,
			silenceMilliseconds: patience(unanswered),
			timeoutMilliseconds: asked.some(({ id }) => carriesPictures(id))
				? left
				: Math.min(left, LONGEST_ANSWER_MILLISECONDS),
		};
	}

	function note(watched: WatchedTask, lane: Lane, answer: Result<ImageTask>): void {
		const now = clock.now();
		watched.isPolled = false;
		if (lane === 'last' && watched.lastPoll) watched.lastPoll.isAnswered = true;
		const retryAfter = answer.ok ? undefined : failureIn(answer.error)?.details.retryAfterSeconds;
		if (answer.ok && answer.value.status === 'succeeded') learnFrom(watched, now);
		Object.assign(watched.facts, {
			askedAt: now,
			troubles: answer.ok ? 0 : watched.facts.troubles + 1,
			notBefore: retryAfter === undefined ? undefined : now + retryAfter * 1000,
			chance: clock.chance(),
		});
		if (answer.ok) {
			Object.assign(watched, { isKnown: true, unanswered: 0, damaged: 0, trouble: undefined });
			if (hasEnded(answer.value)) watched.finish(answer.value);
			else watched.seenOpenAt = now;
			return;
		}
		const { error } = answer;
		watched.trouble = error;
		watched.unanswered = isUnanswered(error) ? watched.unanswered + 1 : 0;
		if (!mayPass(watched, error, now)) watched.fail(error);
	}

	return {
		wait: async (task, deadline, request) => {
			if (hasEnded(task)) return task;
			return await new Promise<ImageTask>((resolve, reject) => {
				const begunAt = clock.now();
				const watched: WatchedTask = {
					id: task.id,
					request,
					deadline: { ...deadline, at: begunAt + timeLeft(deadline, connection.clock.now()) },
					kind: request && !task.replayed ? kindOf(provider, request) : undefined,
					facts: {
						begunAt,
						askedAt: begunAt,
						etaSeconds: task.etaSeconds,
						troubles: 0,
						chance: clock.chance(),
					},
					seenOpenAt: begunAt,
					unanswered: 0,
					damaged: 0,
					isKnown: false,
					isPolled: false,
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
				if (!isRunning) void watch();
			});
		},
	};
}
