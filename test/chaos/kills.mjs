// When an n8n is killed: with a request of one of its wishes, so that it is at the same point of the work each time.
import { dice } from './random.mjs';

/** How likely it is in each life of an n8n. Later it lives in peace, so that everything comes to an end. */
const SHARES = [0.7, 0.5, 0.3];
const MOMENTS = ['before', 'after', 'answered'];
const KINDS = {
	ordering: [
		['create', 5],
		['poll', 3],
		['download', 2],
	],
	fetching: [
		['poll', 5],
		['download', 5],
	],
};

/** The request that this life ends with, or undefined. `people` are those who have something done in it. */
export function planKill(seed, n8n, life, people) {
	const chance = dice(seed, 'kill', n8n, life);
	if (!chance.isBelow(SHARES[life - 1] ?? 0)) return undefined;
	const person = chance.oneOf(people);
	const kinds = KINDS[person.stage()];
	if (!kinds) return undefined;
	const { marker } = chance.oneOf(person.batch.wishes);
	return { marker, kind: chance.oneOfWeighted(kinds), moment: chance.oneOf(MOMENTS) };
}
