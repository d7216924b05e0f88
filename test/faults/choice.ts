// Which cells a run takes: those that are meant, and of a quick run a part, drawn by a seed, so that it can be drawn again.
import type { Cell } from './cells';
import type { Options } from './options';

/**
 * The cells whose names begin with one of `only`, and of these the ones in the mode. A whole name means its cell alone,
 * as the name of one mode begins with another's.
 */
export function meantBy(
	{ only, mode }: Pick<Options, 'only' | 'mode'>,
	cells: readonly Cell[],
): Cell[] {
	const names = new Set(cells.map(({ id }) => id));
	const isMeant = (id: string, each: string) =>
		id === each || (!names.has(each) && id.startsWith(each));
	return cells.filter(
		(cell) =>
			(only.length === 0 || only.some((each) => isMeant(cell.id, each))) &&
			(mode === undefined || cell.mode === mode),
	);
}

/** The numbers that follow from a seed, from 0 to 1 (mulberry32). */
export function numbersFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** All of them in another order. */
export function shuffled<Value>(values: readonly Value[], seed: number): Value[] {
	const next = numbersFrom(seed);
	const drawn = [...values];
	for (let last = drawn.length - 1; last > 0; last--) {
		const other = Math.floor(next() * (last + 1));
		[drawn[last], drawn[other]] = [drawn[other]!, drawn[last]!];
	}
	return drawn;
}

/** A part of them, at least one. */
export function drawn<Value>(values: readonly Value[], part: number, seed: number): Value[] {
	return shuffled(values, seed).slice(0, Math.max(1, Math.round(values.length * part)));
}
