// What an event has told the end of, once OpenAI's own answers tell it, too: these may lag behind for moments.
import type { Connection } from '../../pipeline/session';
import { ImageFailure } from '../../providers/failure';

/** Between one look and the next: seven seconds in all. */
const PAUSES_MILLISECONDS = [1000, 2000, 4000];

/** Of a task or a batch. */
const OPEN: ReadonlySet<string> = new Set([
	'queued',
	'running',
	'validating',
	'in_progress',
	'finalizing',
	'cancelling',
]);

/** Looks again as long as it is still at work. Throws where it stays so. */
export async function onceEnded<Thing extends { status: string }>(
	{ clock, signal }: Connection,
	what: 'batch' | 'task',
	look: () => Promise<Thing>,
): Promise<Thing> {
	let seen = await look();
	for (const pause of PAUSES_MILLISECONDS) {
		if (!OPEN.has(seen.status)) return seen;
		await clock.pause(pause, signal);
		seen = await look();
	}
	if (!OPEN.has(seen.status)) return seen;
	throw new ImageFailure({
		kind: 'providerDown',
		message: `OpenAI has reported the end of the ${what}, but still says that it is "${seen.status}".`,
		advice: 'It may take some minutes more.',
	});
}
