// Chance that can be repeated: it follows from a seed and from what it is thrown for, never from when that happens.

/** FNV-1a: 32 bits of a text. */
function hashOf(text) {
	let hash = 0x811c9dc5;
	for (const character of text) {
		hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193);
	}
	return hash >>> 0;
}

/** Mulberry32: numbers from 0 to 1, the same ones for the same words. */
export function dice(...words) {
	let state = hashOf(words.join('\n'));
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	return {
		next,
		isBelow: (share) => next() < share,
		oneOf: (list) => list[Math.floor(next() * list.length)],
		/** `weights` are [value, weight]. */
		oneOfWeighted: (weights) => {
			const sum = weights.reduce((total, [, weight]) => total + weight, 0);
			let left = next() * sum;
			return weights.find(([, weight]) => (left -= weight) < 0)?.[0] ?? weights[0][0];
		},
	};
}
