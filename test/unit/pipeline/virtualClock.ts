// Time for tests: it passes only when everything waits for it, so that hours take milliseconds and always go the same way.
import type { Clock } from '../../../pipeline/clock';
import { throwIfCancelled } from '../../../pipeline/context';
import { resultOf, type Result } from '../../../pipeline/result';

/** What is read from a stream in memory, and what follows from it, is through after so many turns of Node's loop. */
const TURNS = 10;

export interface VirtualClock extends Clock {
	/** Milliseconds since it began, however it has been set meanwhile. */
	passed(): number;
	/** Sets it, as somebody does with a computer's clock: forwards, or backwards by less than nothing. */
	jump(milliseconds: number): void;
	/** Lets time pass until the work has ended. Throws when it waits for something that never comes. */
	until<Value>(work: Promise<Value>): Promise<Result<Value>>;
	/** Lets so much time pass. */
	pass(milliseconds: number): Promise<void>;
}

interface Wait {
	at: number;
	end(): void;
}

export function createVirtualClock(startsAt = Date.UTC(2026, 10, 28, 12)): VirtualClock {
	const waits = new Set<Wait>();
	let passed = 0;
	let set = 0;

	/** On to the next moment that somebody waits for. Who waits for the same one goes on together, and races. */
	function goOn(): boolean {
		if (waits.size === 0) return false;
		passed = Math.max(passed, Math.min(...[...waits].map(({ at }) => at)));
		for (const wait of [...waits]) if (wait.at <= passed) wait.end();
		return true;
	}

	const clock: VirtualClock = {
		now: () => startsAt + set + passed,
		chance: () => 0,
		pause: async (milliseconds, signal) => {
			throwIfCancelled(signal);
			await new Promise<void>((resolve) => {
				const end = () => {
					waits.delete(wait);
					signal?.removeEventListener('abort', end);
					resolve();
				};
				const wait = { at: passed + Math.max(0, milliseconds), end };
				waits.add(wait);
				signal?.addEventListener('abort', end);
			});
			throwIfCancelled(signal);
		},
		passed: () => passed,
		jump: (milliseconds) => {
			set += milliseconds;
		},
		until: async (work) => {
			const ended = resultOf(work);
			let hasEnded = false;
			void ended.then(() => (hasEnded = true));
			for (;;) {
				await turns();
				if (hasEnded) return await ended;
				if (!goOn()) throw new Error('It waits for something that never comes.');
			}
		},
		pass: async (milliseconds) => {
			await clock.until(clock.pause(milliseconds));
		},
	};
	return clock;
}

/** Until nothing goes on any more without time. */
export async function turns(): Promise<void> {
	for (let turn = 0; turn < TURNS; turn++) await new Promise(setImmediate);
}
