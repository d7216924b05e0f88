// When an n8n is killed: at a request of one of its wishes, so that it is at the same point of the work each time.
import { dice } from './random.mjs';

/** How likely it is in each life of an n8n. Later it lives in peace, so that everything comes to an end. */
const SHARES = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3];
/**
 * The request may have gone no further than to us, or have been done without an answer, or with half of one, or have been
 * answered; or n8n may be at work on the answer, or on what comes behind it.
 */
const MOMENTS = ['before', 'after', 'half', 'answered', 'later'];
const LATEST_MS = 400;
/** The how many-th request of the wish in this life it is: the first one mostly orders, the others poll and fetch. */
const REQUESTS = [
	[1, 4],
	[2, 4],
	[3, 2],
	[4, 1],
	[5, 1],
];

/** Not each of the requests comes in this life: the first of so many that does is its last. */
const CHANCES = 4;

/** The requests of which one ends this life, or none. `people` are those who have something done in it. */
export function planKills(seed, n8n, life, people) {
	const chance = dice(seed, 'kill', n8n, life);
	if (!chance.isBelow(SHARES[life - 1] ?? 0)) return [];
	const open = people.flatMap((person) => person.openMarkers());
	return Array.from({ length: CHANCES }, () => ({
		marker: chance.oneOf(open),
		request: chance.oneOfWeighted(REQUESTS),
		moment: chance.oneOf(MOMENTS),
		delayMs: Math.floor(chance.next() * LATEST_MS),
	}));
}
