// Notices that a provider is down, whichever task it is asked for, so that one request stands for all until it is back.
import { ImageFailure } from '../../providers/failure';
import type { Clock } from '../clock';
import { failureIn, type Result } from '../result';
import { createRest } from './rest';
import { isPassing } from './taskAnswers';

/** After so many tasks in a row that were told nothing, it is no single task's own trouble. */
const TASKS_IN_VAIN = 5;
/** Between two tasks that stand for all: this the first time, then longer. Nobody waits longer once the provider is back. */
const FIRST_PAUSE_MILLISECONDS = 1500;
const LONGEST_PAUSE_MILLISECONDS = 5000;
/** The place of a task that was told of unasked: before all others. */
const FIRST = -1;

export interface OutageWatch {
	isDown(): boolean;
	/** How many tasks have been asked for in vain so far. */
	inVain(): number;
	/**
	 * Whether it is down, and need not be asked: another task has been asked for in vain since there were `inVainAtFirst`,
	 * or it is too soon for the next one. A last poll can't wait for that, only for what the provider itself has said.
	 */
	speaksFor(inVainAtFirst: number, isLast: boolean): boolean;
	/** Why a task that isn't asked for is told nothing, and when it may be asked for. */
	told(id: string): { error: Error; askAgainAt: number };
	/** What a task was told that has been asked for. */
	note(id: string, answer: Result<unknown>): void;
	/** First whoever was told of unasked, last whoever was asked in vain: so each has its turn, also to stand for all. */
	inTurn<Asked>(tasks: ReadonlyMap<string, Asked>): Array<[string, Asked]>;
}

export function createOutageWatch(clock: Clock): OutageWatch {
	const pause = createRest(clock, FIRST_PAUSE_MILLISECONDS, LONGEST_PAUSE_MILLISECONDS);
	const places = new Map<string, number>();
	/** All that were asked for in vain, and those in a row. */
	let [inVain, inARow] = [0, 0];
	let latest: Error | undefined;
	/** Until when the provider wants to be left alone. */
	let busyUntil = 0;

	const isDown = () => inARow >= TASKS_IN_VAIN;

	function noteTrouble(id: string, error: Error): void {
		inARow += 1;
		inVain += 1;
		places.set(id, inVain);
		latest = error;
		const seconds = failureIn(error)?.details.retryAfterSeconds ?? 0;
		busyUntil = Math.max(busyUntil, clock.now() + seconds * 1000);
		if (isDown()) pause.failed();
	}

	return {
		isDown,
		inVain: () => inVain,
		speaksFor: (inVainAtFirst, isLast) => {
			const isTooSoon = busyUntil > clock.now() || (!isLast && !pause.isOver());
			return isDown() && (inVain > inVainAtFirst || isTooSoon);
		},
		told: (id) => {
			if (!places.has(id)) places.set(id, FIRST);
			const left = busyUntil - clock.now();
			const { details } = failureIn(latest!)!;
			return {
				error: new ImageFailure({
					...details,
					retryAfterSeconds: left > 0 ? left / 1000 : undefined,
				}),
				askAgainAt: Math.max(busyUntil, pause.endsAt()),
			};
		},
		note: (id, answer) => {
			if (!answer.ok && isPassing(answer.error)) return noteTrouble(id, answer.error);
			places.delete(id);
			inARow = 0;
			busyUntil = 0;
			pause.worked();
		},
		inTurn: (tasks) => {
			const placeOf = (id: string) => places.get(id) ?? 0;
			return [...tasks].sort(([one], [other]) => placeOf(one) - placeOf(other));
		},
	};
}
