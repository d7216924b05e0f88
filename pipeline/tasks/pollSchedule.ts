// When to poll a waiting task again, and how long for an answer: pure arithmetic over milliseconds, no clock.

export interface PollSchedule {
	/** Time of the next poll. */
	at: number;
	/** Length of the wait that leads to it. */
	wait: number;
	/** Until when the provider wants to be left alone. */
	notBefore?: number;
}

const UNKNOWN_ETA_SECONDS = 4;
/** Providers estimate generously, so the first poll comes when half of their estimate has passed. */
const PART_OF_ETA = 0.5;
const SHORTEST_FIRST_WAIT = 500;
const LONGEST_FIRST_WAIT = 60_000;
const SHORTEST_WAIT = 1500;
const GROWTH = 1.4;
const LONGEST_WAIT = 15_000;
/** The part of a wait that chance adds, so that many executions don't ask at the same moment. */
const JITTER = 0.2;
/** A task joins a round that comes this part of its wait too early: one request then serves both. */
const EARLY_PART = 0.5;
const PART_FOR_LAST_POLL = 0.2;
const LONGEST_LAST_POLL = 1000;
const FIRST_PATIENCE = 5000;
const LONGEST_PATIENCE = 30_000;

/** `etaSeconds` is the provider's estimate, `chance` a number from 0 to 1. */
export function firstPoll(
	etaSeconds: number | undefined,
	now: number,
	chance: number,
): PollSchedule {
	const half = (etaSeconds ?? UNKNOWN_ETA_SECONDS) * 1000 * PART_OF_ETA;
	const wait = within(SHORTEST_FIRST_WAIT, half, LONGEST_FIRST_WAIT) * (1 + JITTER * chance);
	return { at: now + wait, wait };
}

/**
 * The poll after one that didn't find the task ended. The first wait was an estimate, so waits start small again.
 * `retryAfterSeconds` is how long the provider asks to be left alone.
 */
export function nextPoll(
	previous: PollSchedule,
	polls: number,
	now: number,
	chance: number,
	retryAfterSeconds = 0,
): PollSchedule {
	const grown = polls === 1 ? SHORTEST_WAIT : previous.wait * GROWTH;
	const wait = Math.min(grown, LONGEST_WAIT);
	const notBefore = now + retryAfterSeconds * 1000;
	return { at: Math.max(now + wait * (1 + JITTER * chance), notBefore), wait, notBefore };
}

export function isDue({ at }: PollSchedule, now: number): boolean {
	return at <= now;
}

/** Whether a task may join a round that takes place anyway. */
export function mayJoin({ at, wait, notBefore = 0 }: PollSchedule, now: number): boolean {
	return notBefore <= now && at - now <= wait * EARLY_PART;
}

/** When the last poll of a wait is sent, so that its answer is there by the deadline. */
export function lastPollAt(begun: number, deadline: number): number {
	return deadline - Math.min((deadline - begun) * PART_FOR_LAST_POLL, LONGEST_LAST_POLL);
}

/** How long a poll's answer may be silent, after so many polls of the same task that got none. */
export function patience(unanswered: number): number {
	return Math.min(FIRST_PATIENCE * 2 ** unanswered, LONGEST_PATIENCE);
}

function within(least: number, value: number, max: number): number {
	return Math.min(Math.max(value, least), max);
}
