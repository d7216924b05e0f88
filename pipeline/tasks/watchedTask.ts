// One task that somebody waits for: what is known of it, and when the wait for it ends without it.
import type { ImageRequest, ImageTask } from '../../providers/contract';
import { ImageFailure } from '../../providers/failure';
import { inWords, type Deadline } from '../deadline';
import { failureIn } from '../result';
import type { PollFacts } from './pollSchedule';
import { isPassing, isUnknown } from './taskAnswers';
import { UNKNOWN_AT_FIRST_MILLISECONDS } from './taskState';

/** A picture that arrives damaged is asked for so often. */
const MAX_DAMAGED = 5;
/** So long after the deadline the answer to the last poll is still awaited. */
export const MOMENT_MILLISECONDS = 1000;

export interface WatchedTask {
	id: string;
	request?: ImageRequest;
	/** Of a task whose beginning was seen: tasks of the same kind take about as long. */
	kind?: string;
	deadline: Deadline;
	facts: PollFacts;
	/** When an answer last said that it goes on; at first when it began. */
	seenOpenAt: number;
	/** Polls in a row that got no answer. */
	unanswered: number;
	/** Answers in a row whose picture was damaged. */
	damaged: number;
	/** Whether the provider has told of it. */
	isKnown: boolean;
	/** Whether a poll of it waits for its turn or for its answer. */
	isPolled: boolean;
	lastPoll?: { sentAt: number; isAnswered: boolean };
	/** Why the latest poll told nothing. */
	trouble?: Error;
	finish(task: ImageTask): void;
	fail(error: Error): void;
}

/** The wait ends at its deadline, or a moment later while a poll is still on its way. */
export function isOver({ deadline, lastPoll, isPolled }: WatchedTask, now: number): boolean {
	const isAwaited = lastPoll ? !lastPoll.isAnswered : isPolled;
	const latest = Math.max(deadline.at, lastPoll?.sentAt ?? 0) + MOMENT_MILLISECONDS;
	return now >= (isAwaited ? latest : deadline.at);
}

/** Whether a later poll may tell what this one didn't. */
export function mayPass(watched: WatchedTask, error: Error, now: number): boolean {
	if (isPassing(error)) return true;
	if (isUnknown(error)) {
		const isNew = watched.request !== undefined && !watched.isKnown;
		return isNew && now - watched.facts.begunAt < UNKNOWN_AT_FIRST_MILLISECONDS;
	}
	const details = failureIn(error)?.details;
	// The poll came too late to be sent: the wait is about to end by itself.
	if (details?.kind === 'timeLimit') return true;
	if (details?.kind !== 'download' || details.status !== undefined) return false;
	watched.damaged += 1;
	return watched.damaged < MAX_DAMAGED;
}

export function timeLimitFailure(
	provider: string,
	{ id, deadline, trouble }: WatchedTask,
): ImageFailure {
	const latest = trouble ? ` The latest question about it failed: ${trouble.message}` : '';
	return new ImageFailure({
		kind: 'timeLimit',
		message: `The images were not ready within ${inWords(deadline)}.`,
		advice: `The task goes on at ${provider} and nothing is lost. Fetch its images later with Task: Get or Task: Wait and this task ID, or set a longer Time Limit in the Options.${latest}`,
		taskId: id,
	});
}
