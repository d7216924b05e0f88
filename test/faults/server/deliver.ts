// Delivers a callback as providers do: again, a few times, until it is taken.
import { setTimeout as sleep } from 'node:timers/promises';

import type { Callback } from './book';

const TRIES = 4;
const PAUSE_MS = 300;

/** Answers the status of each try. */
export async function deliver(
	{ url, body, headers }: Callback,
	nowSeconds: () => number,
): Promise<number[]> {
	const statuses: number[] = [];
	while (statuses.length < TRIES) {
		const answer = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers?.(nowSeconds()) },
			body,
		});
		await answer.arrayBuffer();
		statuses.push(answer.status);
		if (answer.ok) break;
		await sleep(PAUSE_MS);
	}
	return statuses;
}
