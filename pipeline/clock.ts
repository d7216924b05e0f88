// Time, chance and waiting. All of the pipeline takes them from the clock that it is handed, so that tests hand in another.
import { sleep } from 'n8n-workflow';

import { throwIfCancelled } from './context';
import { resultOf } from './result';

export interface Clock {
	/** Milliseconds since 1970. May jump, as a computer's clock does when it is set, or wakes up. */
	now(): number;
	/** A number from 0 to 1. */
	chance(): number;
	/** Waits for some milliseconds. Throws a `cancelled` failure as soon as the signal is aborted, or soon after. */
	pause(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** An older n8n's sleep can't be woken: there it is asked this often whether the execution was cancelled. */
const TICK_MILLISECONDS = 1000;

export const realClock: Clock = {
	now: () => Date.now(),
	chance: () => Math.random(),
	pause: async (milliseconds, signal) => {
		let left = Math.max(0, milliseconds);
		do {
			const tick = Math.min(left, TICK_MILLISECONDS);
			await resultOf(sleep(tick, signal));
			throwIfCancelled(signal);
			left -= tick;
		} while (left > 0);
	},
};

/** The same clock for one piece of work: where the computer's is set back meanwhile, this one goes on, so that all still ends. */
export function steady(clock: Clock): Clock {
	let latest = clock.now();
	let setBack = 0;
	return {
		...clock,
		now: () => {
			const told = clock.now();
			setBack = Math.max(setBack, latest - told);
			latest = told + setBack;
			return latest;
		},
	};
}
