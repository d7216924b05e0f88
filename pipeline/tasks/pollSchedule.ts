// When to poll a waiting task, and how long for an answer: pure arithmetic over milliseconds, no clock.

/** What a task's own past tells of its next poll. */
export interface PollFacts {
	begunAt: number;
	/** When it was last asked for; at first when it began. */
	askedAt: number;
	/** When another task of its kind was asked in its place. */
	excusedAt?: number;
	/** The provider's estimate. */
	etaSeconds?: number;
	/** Polls in a row that didn't tell how it stands. */
	troubles: number;
	/** Until when the provider wants to be left alone. */
	notBefore?: number;
	/** From 0 to 1. */
	chance: number;
}

/** What else the plan follows from. */
export interface Pace {
	/** Milliseconds after which tasks of this kind may be expected to have ended, where that is known. */
	soonest?: number;
	/** By which part of that tasks of this kind differ, where enough of them are known. */
	spread?: number;
	/** Requests that it takes to ask for all tasks. */
	requests: number;
	/** Whether one request asks for many of them. */
	isTogether: boolean;
}

/** Providers estimate generously, so the first poll comes when half of their estimate has passed. */
const PART_OF_ETA = 0.5;
/** Without an estimate. */
const FIRST_WAIT = 1800;
const SHORTEST_FIRST_WAIT = 500;
const LONGEST_FIRST_WAIT = 60_000;
/** No task is asked for just in case before that, where it is known how long its kind takes. */
const SHORTEST_EARLY_WAIT = 5000;
/**
 * A wait is a part of what the task has taken so far: a small one about the time when it is expected to end, and smaller
 * still where one request asks for many.
 */
const NEAR = { alone: { part: 0.11, shortest: 180 }, together: { part: 0.07, shortest: 150 } };
const ELSE = { part: 0.28, shortest: 500 };
/** Tasks that are known to take about as long are asked for as closely as they differ, and no closer than this. */
const PART_OF_SPREAD = 0.5;
const SMALLEST_PART = 0.04;
/** Until this many times the soonest end: one that takes longer isn't like the others. */
const ALIKE_UNTIL = 1.2;
/** A task is expected to end until this many times the soonest end, or the estimate. */
const NEAR_UNTIL = 2;
const LONGEST_WAIT = 15_000;
/** After a poll that told nothing: this the first time, then longer and longer. */
const TROUBLE_WAIT = 1500;
const TROUBLE_GROWTH = 1.4;
/** So that many tasks lead to no more requests in a second than the provider can bear. */
const BETWEEN_REQUESTS = { alone: 30, together: 100 };
/** So few tasks are no burden, even where each costs a request. */
const FEW_TASKS = 24;
/** The part of a wait that chance adds, so that many executions don't ask at the same moment. */
const JITTER = 0.2;
const FIRST_JITTER = 0.05;
/** A task joins a round that comes this part of its wait too early: one request then serves both. */
const EARLY_PART = 0.5;
const PART_FOR_LAST_POLL = 0.2;
const LONGEST_LAST_POLL = 1000;
const FIRST_PATIENCE = 5000;
const LONGEST_PATIENCE = 30_000;

export function nextPollAt(facts: PollFacts, pace: Pace): number {
	const { begunAt, chance, notBefore = 0 } = facts;
	const age = heardAt(facts) - begunAt;
	const first = firstAge(age, facts, pace);
	const wait = waitAt(age, facts, pace);
	const next =
		age === 0
			? first * (1 + FIRST_JITTER * chance)
			: Math.max(first, age + wait) + JITTER * chance * wait;
	return Math.max(notBefore, begunAt + next);
}

/** Whether the task is asked for just in case: nobody expects it to have ended. */
export function isJustInCase({ begunAt }: PollFacts, { soonest }: Pace, now: number): boolean {
	return soonest === undefined || now - begunAt < soonest;
}

/** Whether a task may join a round that takes place anyway. */
export function mayJoin(facts: PollFacts, pace: Pace, now: number): boolean {
	const { notBefore = 0 } = facts;
	const at = nextPollAt(facts, pace);
	return notBefore <= now && at - now <= (at - heardAt(facts)) * EARLY_PART;
}

/** When the last poll of a wait is sent, so that its answer is there by the deadline. */
export function lastPollAt(begun: number, deadline: number): number {
	return deadline - Math.min((deadline - begun) * PART_FOR_LAST_POLL, LONGEST_LAST_POLL);
}

/** How long a poll's answer may be silent, after so many polls of the same task that got none. */
export function patience(unanswered: number): number {
	return Math.min(FIRST_PATIENCE * 2 ** unanswered, LONGEST_PATIENCE);
}

function heardAt({ askedAt, excusedAt = 0 }: PollFacts): number {
	return Math.max(askedAt, excusedAt);
}

/** Before this age there is no poll. */
function firstAge(age: number, { etaSeconds }: PollFacts, { soonest }: Pace): number {
	if (soonest !== undefined) return Math.min(knownFirstAge(age, soonest), age + LONGEST_FIRST_WAIT);
	if (etaSeconds === undefined) return FIRST_WAIT;
	return within(SHORTEST_FIRST_WAIT, etaSeconds * 1000 * PART_OF_ETA, LONGEST_FIRST_WAIT);
}

/** Once what was learnt is wrong: at half of it, before that at a quarter, and so on. */
function knownFirstAge(age: number, soonest: number): number {
	let first = soonest;
	// The poll at a quarter came a little late, and is no reason to leave out the one at half.
	while (first / 2 >= Math.max(SHORTEST_EARLY_WAIT, age * 1.5)) first /= 2;
	return first;
}

/** The wait after a poll at this age. */
function waitAt(age: number, facts: PollFacts, pace: Pace): number {
	const { troubles } = facts;
	const { part, shortest } = closenessAt(age, facts, pace);
	const rest = troubles === 0 ? 0 : TROUBLE_WAIT * TROUBLE_GROWTH ** (troubles - 1);
	const wait = within(shortest, age * part, LONGEST_WAIT);
	return Math.max(wait, shareOfRequests(pace), Math.min(rest, LONGEST_WAIT));
}

/** The part of the age that a wait is, and its least milliseconds. */
function closenessAt(age: number, { etaSeconds = 0 }: PollFacts, pace: Pace) {
	const { soonest, spread, isTogether } = pace;
	if (age >= NEAR_UNTIL * (soonest ?? etaSeconds * 1000)) return ELSE;
	const near = NEAR[isTogether ? 'together' : 'alone'];
	if (soonest === undefined || spread === undefined || age >= ALIKE_UNTIL * soonest) return near;
	const part = within(SMALLEST_PART, spread * PART_OF_SPREAD, near.part);
	return { part, shortest: (near.shortest * part) / near.part };
}

function shareOfRequests({ requests, isTogether }: Pace): number {
	if (isTogether) return requests * BETWEEN_REQUESTS.together;
	return requests > FEW_TASKS ? requests * BETWEEN_REQUESTS.alone : 0;
}

function within(least: number, value: number, max: number): number {
	return Math.min(Math.max(value, least), max);
}
