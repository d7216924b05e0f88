// Which mutants are tried when not all of them are.
import { createHash } from 'node:crypto';

/** What tells a mutant from all others, whoever names it. */
export const keyOf = ({ fileName, location, mutatorName, replacement }) =>
	JSON.stringify([fileName, location.start, location.end, mutatorName, replacement]);

/** Each mutant has the same chance, and the same seed draws the same ones. */
export function drawn(keys, { size, seed }) {
	const rank = (key) => createHash('sha1').update(`${seed} ${key}`).digest('hex');
	return keys
		.map((key) => ({ key, rank: rank(key) }))
		.sort((one, other) => (one.rank < other.rank ? -1 : 1))
		.slice(0, size)
		.map(({ key }) => key);
}
