// Ends a request that takes too long or no longer moves. n8n's own time limit ends with the answer's head, or counts
// from the last byte only.
import { steady, type Clock } from '../clock';
import { resultOf } from '../result';

/** How often it looks: what moves meanwhile puts the end off. */
const TICK_MILLISECONDS = 1000;

/** Why a request that is over goes no further. Without a reason, each would have its stack written down. */
const OVER = 'over';

export interface Patience {
	/** Milliseconds that the whole request may take. */
	total: number;
	/** Milliseconds in which nothing may move. */
	silence: number;
	/** Aborted when nobody wants the answer any more. */
	cancelled?: AbortSignal;
	/** Milliseconds that the request may go on after that. */
	grace: number;
}

export interface Watchdog {
	/** Aborted when the request must end. */
	signal: AbortSignal;
	/** To be told of every byte that comes or goes. */
	moved(): void;
	/** Does this as well when the request must end. */
	onEnd(end: (reason: Error) => void): void;
	/** To be called when the request is over. */
	stop(): void;
	/** Ends the request now, whatever it is doing. */
	abandon(): void;
}

export function watchOver(clock: Clock, { total, silence, cancelled, grace }: Patience): Watchdog {
	const { now } = steady(clock);
	const request = new AbortController();
	// Of its own: more than ten listeners on the execution's signal make older versions of Node warn.
	const cancel = cancelled && AbortSignal.any([cancelled]);
	const startedAt = now();
	let endsAt = startedAt + total;
	let movedAt = startedAt;
	let end: ((reason: Error) => void) | undefined;
	/** Nobody wakes the loop for it: it ends with its tick, as waking it costs as much as the request does. */
	let isOver = false;

	async function watch(): Promise<void> {
		let isAwaited = true;
		while (!isOver) {
			if (isAwaited && cancel?.aborted) {
				isAwaited = false;
				endsAt = Math.min(endsAt, now() + grace);
			}
			const left = Math.min(endsAt, movedAt + silence) - now();
			if (left <= 0) {
				const reason = Object.assign(new Error('It took too long.'), { code: 'ETIMEDOUT' });
				end?.(reason);
				request.abort(reason);
				return;
			}
			const tick = Math.min(left, TICK_MILLISECONDS);
			await resultOf(clock.pause(tick, isAwaited ? cancel : undefined));
		}
	}
	void watch();

	const stop = () => {
		isOver = true;
		end = undefined;
	};

	return {
		signal: request.signal,
		moved: () => {
			movedAt = now();
		},
		onEnd: (given) => {
			end = given;
		},
		stop,
		abandon: () => {
			stop();
			request.abort(OVER);
		},
	};
}
