// Which mutants are tried when not all of them are.
import { createHash } from 'node:crypto';

/** What tells a mutant from all others, whoever names it. */
export const keyOf = ({ fileName, location: { start, end }, mutatorName, replacement }) =>
	[fileName, start.line, start.column, end.line, end.column, mutatorName, replacement].join(' ');

/** The same of a result: Stryker counts lines and columns from 0 where it makes mutants, and from 1 where it reports them. */
export function keyOfResult({ location: { start, end }, ...result }) {
	const fromZero = ({ line, column }) => ({ line: line - 1, column: column - 1 });
	return keyOf({ ...result, location: { start: fromZero(start), end: fromZero(end) } });
}

/** Each mutant has the same chance, and the same seed draws the same ones. */
export function drawn(mutants, { size, seed }) {
	const rank = (mutant) =>
		createHash('sha1')
			.update(`${seed} ${keyOf(mutant)}`)
			.digest('hex');
	return mutants
		.map((mutant) => ({ mutant, rank: rank(mutant) }))
		.sort((one, other) => (one.rank < other.rank ? -1 : 1))
		.slice(0, size)
		.map(({ mutant }) => mutant);
}
