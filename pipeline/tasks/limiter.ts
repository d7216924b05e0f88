// Runs a few jobs at a time and the others when their turn comes, in the order in which they were given.

/** Answers what the job answers, or throws what it throws. */
export type Limiter = <Value>(job: () => Promise<Value>) => Promise<Value>;

export function createLimiter(max: number): Limiter {
	const waiting: Array<() => void> = [];
	let running = 0;

	/** Hands the place on, so that nobody who comes meanwhile takes it. */
	function leave(): void {
		const next = waiting.shift();
		if (next) next();
		else running -= 1;
	}

	return async (job) => {
		if (running < max) running += 1;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		// Within a promise, so that a job which throws at once leaves its place too.
		return await Promise.resolve().then(job).finally(leave);
	};
}
