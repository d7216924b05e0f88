// Watches over suspended executions: a callback leads to a poll of all tasks, and for each execution one polls at a time.
import { steady } from '../clock';
import type { Connection } from '../connection';
import { isOver, pollOpenTasks, outcomesOf } from './openTasks';
import { resultOf } from '../result';
import type { Suspension } from './suspension';

/** Between two polls of the same tasks, so that a burst of callbacks leads to few requests. */
const PAUSE_SECONDS = 1;
/**
 * Pauses before further polls that no callback has asked for. n8n takes in some callbacks a second only, and providers
 * give up soon: of those that come together, some are lost.
 */
const PAUSES_WITHOUT_CALL_SECONDS = [2, 4, 8, 15, 15, 15];
/** Callbacks that may stay for such polls at the same time: n8n holds about 11 MB for each. */
const MAX_STAYING = 5;
/** The same while the provider can't be asked, when a callback that doesn't stay has come in vain. */
const MAX_STAYING_IN_TROUBLE = 20;
/** Tasks that this process remembers: by their ids, so that all of them are a few megabytes. */
const MAX_REMEMBERED = 20_000;

/** What n8n has loaded for a callback may be out of date after that: another process may have gone on meanwhile. */
const FRESH_MILLISECONDS = 900;

/** `overByNow`: it is over, but for this callback it is too late to go on from what n8n has loaded. */
export type Verdict = 'open' | 'over' | 'overByNow';

/** What this process knows of a suspension. It saves requests only: a process that knows nothing asks for every task. */
interface Watch {
	/** By task that has ended: whether it has made its images. */
	outcomes: Map<string, boolean>;
	isBusy: boolean;
	isStaying: boolean;
	wasCalled: boolean;
}

/** The one called last at the end. */
const watches = new Map<string, Watch>();

/**
 * To be called for every callback. `open` while callbacks are still to come, and for a callback that comes while
 * another is being worked on, since that one polls again.
 */
export async function pollOnCallback(
	connection: Connection,
	suspension: Suspension,
): Promise<Verdict> {
	const watch = watchOf(suspension.id);
	watch.wasCalled = true;
	if (watch.isBusy) return 'open';
	watch.isBusy = true;
	const outcome = await resultOf(
		pollUntilOver({ ...connection, clock: steady(connection.clock) }, suspension, watch),
	);
	watch.isBusy = false;
	watch.isStaying = false;
	if (!outcome.ok) throw outcome.error;
	if (outcome.value === 'over') watches.delete(suspension.id);
	return outcome.value;
}

async function pollUntilOver(
	connection: Connection,
	suspension: Suspension,
	watch: Watch,
): Promise<Verdict> {
	const pauses = [...PAUSES_WITHOUT_CALL_SECONDS];
	const { clock } = connection;
	const calledAt = clock.now();
	for (;;) {
		watch.wasCalled = false;
		const { ended, isReliable } = await pollOpenTasks(connection, suspension, watch.outcomes);
		for (const [id, hasImages] of outcomesOf(ended)) watch.outcomes.set(id, hasImages);
		if (isOver(suspension, watch.outcomes)) {
			return clock.now() - calledAt < FRESH_MILLISECONDS ? 'over' : 'overByNow';
		}
		watch.isStaying ||= mayStay(isReliable);
		const seconds = watch.wasCalled ? PAUSE_SECONDS : watch.isStaying ? pauses.shift() : undefined;
		if (seconds === undefined) return 'open';
		await pauseUntilCalled(connection, watch, seconds);
	}
}

function mayStay(isReliable: boolean): boolean {
	const staying = [...watches.values()].filter(({ isStaying }) => isStaying).length;
	return staying < (isReliable ? MAX_STAYING : MAX_STAYING_IN_TROUBLE);
}

/** Ends early when a callback comes. */
async function pauseUntilCalled(
	{ clock, signal }: Connection,
	watch: Watch,
	seconds: number,
): Promise<void> {
	for (let second = 0; second < seconds; second += PAUSE_SECONDS) {
		await clock.pause(PAUSE_SECONDS * 1000, signal);
		if (watch.wasCalled) return;
	}
}

function watchOf(id: string): Watch {
	const known = watches.get(id);
	const watch = known ?? { outcomes: new Map(), isBusy: false, isStaying: false, wasCalled: false };
	watches.delete(id);
	forgetOldest();
	watches.set(id, watch);
	return watch;
}

function forgetOldest(): void {
	let remembered = [...watches.values()].reduce((sum, { outcomes }) => sum + 1 + outcomes.size, 0);
	for (const [id, { isBusy, outcomes }] of watches) {
		if (remembered < MAX_REMEMBERED) return;
		if (isBusy) continue;
		watches.delete(id);
		remembered -= 1 + outcomes.size;
	}
}
