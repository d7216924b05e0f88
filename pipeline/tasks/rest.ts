// How long something that failed isn't tried: longer each time, until it works again.
import type { Clock } from '../clock';

interface Rest {
	isOver(): boolean;
	/** When it is over; in the past where there is none. */
	endsAt(): number;
	worked(): void;
	failed(): void;
}

/** `first` and `longest` in milliseconds. */
export function createRest({ now }: Clock, first: number, longest: number): Rest {
	let next = first;
	let endsAt = 0;
	const isOver = () => endsAt <= now();
	return {
		isOver,
		endsAt: () => endsAt,
		worked: () => {
			next = first;
			endsAt = 0;
		},
		failed: () => {
			// Several requests that were under way together fail once.
			if (!isOver()) return;
			endsAt = now() + next;
			next = Math.min(next * 2, longest);
		},
	};
}
