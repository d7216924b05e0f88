// Random numbers that are always the same for the same text, so that an image can be drawn again.
export interface Random {
	/** From 0 up to, but not including, 1. */
	next(): number;
	between(low: number, high: number): number;
	whole(limit: number): number;
}

/** FNV-1a. */
export function hashText(text: string): number {
	let hash = 0x811c9dc5;
	for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
	return hash;
}

/** A xorshift generator; the seed must not be zero. */
export function seededRandom(seed: number): Random {
	let state = seed >>> 0 || 1;
	const next = () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		state >>>= 0;
		return state / 4_294_967_296;
	};
	// The first numbers of similar seeds are alike.
	for (let round = 0; round < 8; round++) next();
	return {
		next,
		between: (low, high) => low + next() * (high - low),
		whole: (limit) => Math.floor(next() * limit),
	};
}
