// Which cells a quick run takes: a part of all, drawn by a seed, so that it can be drawn again.

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
