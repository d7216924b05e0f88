// Lets the pipeline's time run faster, so that a wait of minutes ends in seconds. Only the clock that it is handed is
// another one: requests, answers and n8n's engine take the time that they take.
import { realClock, type Clock } from '../../pipeline/clock';

/** So many seconds of the pipeline pass in one of ours. */
export const HURRY = 10;

export function hurry(clock: Clock = realClock): void {
	const { now, pause } = clock;
	const begun = now();
	Object.assign(clock, {
		now: () => begun + (now() - begun) * HURRY,
		pause: async (milliseconds: number, signal?: AbortSignal) =>
			await pause(milliseconds / HURRY, signal),
	} satisfies Partial<Clock>);
}
