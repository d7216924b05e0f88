// When to look at a waiting task again: pure arithmetic over milliseconds, no clock.

export interface LookSchedule {
	/** Time of the next look. */
	at: number;
	/** Length of the wait that leads to it. */
	wait: number;
}

const UNKNOWN_ETA_SECONDS = 4;
/** Providers estimate generously, so the first look comes when half of their estimate has passed. */
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

/** `etaSeconds` is the provider's estimate, `chance` a number from 0 to 1. */
export function firstLook(
	etaSeconds: number | undefined,
	now: number,
	chance: number,
): LookSchedule {
	const half = (etaSeconds ?? UNKNOWN_ETA_SECONDS) * 1000 * PART_OF_ETA;
	const wait = within(SHORTEST_FIRST_WAIT, half, LONGEST_FIRST_WAIT) * (1 + JITTER * chance);
	return { at: now + wait, wait };
}

/** The look after one that found the task still open. The first wait was an estimate, so waits start small again. */
export function nextLook(
	previous: LookSchedule,
	looks: number,
	now: number,
	chance: number,
): LookSchedule {
	const grown = looks === 1 ? SHORTEST_WAIT : previous.wait * GROWTH;
	const wait = Math.min(grown, LONGEST_WAIT);
	return { at: now + wait * (1 + JITTER * chance), wait };
}

export function isDue({ at }: LookSchedule, now: number): boolean {
	return at <= now;
}

/** Whether a task may join a round that takes place anyway. */
export function mayJoin({ at, wait }: LookSchedule, now: number): boolean {
	return at - now <= wait * EARLY_PART;
}

function within(least: number, value: number, most: number): number {
	return Math.min(Math.max(value, least), most);
}
