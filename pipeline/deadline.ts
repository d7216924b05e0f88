// The one point in time by which an item's work ends: create, retries, waits, polling and download share it.

/** Milliseconds since 1970. */
export interface Deadline {
	at: number;
	/** The person's Time Limit, for messages. */
	seconds: number;
}

export function deadlineIn(seconds: number, now: number): Deadline {
	return { at: now + seconds * 1000, seconds };
}

/** Milliseconds until the deadline, at least 0. Without a deadline there is no end. */
export function timeLeft(deadline: Deadline | undefined, now: number): number {
	return deadline === undefined ? Infinity : Math.max(0, deadline.at - now);
}

/** The Time Limit in words, such as `5 seconds` or `15 minutes`. */
export function inWords({ seconds }: Deadline): string {
	if (seconds >= 120) return `${Math.round(seconds / 60)} minutes`;
	return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
}
