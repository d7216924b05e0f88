// Looks after the tasks of suspended executions: a callback leads to a look at all of them, and one looks at a time.
import type { ImageTask } from '../providers/contract';
import type { Connection } from './connection';
import { pause } from './pause';
import { settle, type Settled } from './settle';
import { restoredRequest, type Suspension } from './suspension';
import { askForTasks, inGroups, isPassing, type AskedTasks } from './taskAnswers';
import { hasEnded } from './taskWatcher';

/** Between two looks at the same tasks, so that a burst of callbacks leads to few requests. */
const PAUSE_SECONDS = 1;
/**
 * Pauses before further looks that no callback has asked for. n8n takes in some callbacks a second only, and providers
 * give up soon: of those that come together, some are lost.
 */
const PAUSES_WITHOUT_CALL_SECONDS = [2, 4, 8, 15, 15, 15];
/** Callbacks that may stay for such looks at the same time: n8n holds about 11 MB for each. */
const MOST_STAYING = 5;
/** Suspensions that this process remembers, far fewer than would trouble a small server. */
const MOST_REMEMBERED = 1000;

/** Tasks that have ended, however they did, or that can't be found out any more. */
export type EndedTasks = ReadonlyMap<string, Settled<ImageTask>>;

/** What this process knows of a suspension. It saves requests only: a process that knows nothing asks for every task. */
interface Watch {
	ended: Map<string, Settled<ImageTask>>;
	isBusy: boolean;
	isStaying: boolean;
	wasCalled: boolean;
}

const watches = new Map<string, Watch>();

/**
 * To be called for every callback. True when it is time to go on. False while callbacks are still to come, and for one
 * that comes while another is being worked on, since that one looks again.
 */
export async function lookOnCallback(
	connection: Connection,
	suspension: Suspension,
): Promise<boolean> {
	const watch = watchOf(suspension.id);
	watch.wasCalled = true;
	if (watch.isBusy) return false;
	watch.isBusy = true;
	const outcome = await settle(lookUntilOver(connection, suspension, watch));
	watch.isBusy = false;
	watch.isStaying = false;
	if (!outcome.ok) throw outcome.error;
	if (outcome.value) watches.delete(suspension.id);
	return outcome.value;
}

async function lookUntilOver(
	connection: Connection,
	suspension: Suspension,
	watch: Watch,
): Promise<boolean> {
	const pauses = [...PAUSES_WITHOUT_CALL_SECONDS];
	for (;;) {
		watch.wasCalled = false;
		const { isReliable } = await look(connection, suspension, watch.ended);
		if (isOver(suspension, watch.ended)) return true;
		watch.isStaying ||= !isReliable || mayStay();
		const seconds = watch.wasCalled ? PAUSE_SECONDS : watch.isStaying ? pauses.shift() : undefined;
		if (seconds === undefined) return false;
		await pauseUntilCalled(watch, seconds, connection.signal);
	}
}

function mayStay(): boolean {
	return [...watches.values()].filter(({ isStaying }) => isStaying).length < MOST_STAYING;
}

/** Ends early when a callback comes. */
async function pauseUntilCalled(
	watch: Watch,
	seconds: number,
	signal?: AbortSignal,
): Promise<void> {
	for (let second = 0; second < seconds; second += PAUSE_SECONDS) {
		await pause(PAUSE_SECONDS * 1000, signal);
		if (watch.wasCalled) return;
	}
}

/** Asks for what isn't known to have ended, and adds what has. Not reliable when some of it could not be told. */
export async function look(
	connection: Connection,
	{ items }: Suspension,
	ended = new Map<string, Settled<ImageTask>>(),
): Promise<{ ended: EndedTasks; isReliable: boolean }> {
	let isReliable = true;
	const open = items.flatMap(({ taskIds, request }) =>
		taskIds
			.filter((id) => !ended.has(id))
			.map((id) => [id, request && restoredRequest(request)] as const),
	);
	for (const group of inGroups(connection.provider, open)) {
		const asked: AskedTasks = new Map(group);
		for (const [id, answer] of await askForTasks(connection, asked)) {
			if (!answer.ok && isPassing(answer.error)) isReliable = false;
			else if (!answer.ok || hasEnded(answer.value)) ended.set(id, answer);
		}
	}
	return { ended, isReliable };
}

/** Whether no more callback is needed: few tasks are open then, if any, or one has failed that ends the execution. */
export function isOver(suspension: Suspension, ended: EndedTasks): boolean {
	const calling = suspension.items.filter(({ callsBack }) => callsBack);
	const isOpen = calling.some(({ taskIds }) => taskIds.some((id) => !ended.has(id)));
	return !isOpen || (!suspension.continueOnFail && hasFailedTask(suspension, ended));
}

/** Whether a task has ended without images. */
export function hasFailedTask({ items }: Suspension, ended: EndedTasks): boolean {
	return items.some(({ taskIds }) =>
		taskIds.some((id) => {
			const answer = ended.get(id);
			return answer !== undefined && (!answer.ok || answer.value.status !== 'succeeded');
		}),
	);
}

function watchOf(id: string): Watch {
	const known = watches.get(id);
	if (known) return known;
	if (watches.size >= MOST_REMEMBERED) forgetOldest();
	const watch: Watch = { ended: new Map(), isBusy: false, isStaying: false, wasCalled: false };
	watches.set(id, watch);
	return watch;
}

function forgetOldest(): void {
	for (const [id, { isBusy }] of watches) {
		if (isBusy) continue;
		watches.delete(id);
		return;
	}
}
