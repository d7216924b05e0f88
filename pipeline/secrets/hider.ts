// Puts a mark in the place of every secret in a text, in whatever way it is written there.
import {
	brokenWritingOf,
	ESCAPES,
	escapedWritingOf,
	patternOf,
	withoutGaps,
	writingsOf,
} from './writings';

export const MARK = '•••';

/** Whether a secret is so long that it is none of an ordinary text by chance, however its letters are written. */
export function isLong(secret: string): boolean {
	return secret.length >= 16;
}

/** A text as the secrets are looked for in it. */
interface Seen {
	text: string;
	small: string;
	mayHaveEscapes: boolean;
	/** What it would be if nothing broke it in two, where something may. */
	together?: string;
}

type HideOne = (seen: Seen) => string;

/** Longer ones go first, in whatever way they are written, as one may hold another: of that, the rest would be left. */
export function hiderOf(secrets: readonly string[]): (text: string) => string {
	const byLength = [...secrets].sort((a, b) => b.length - a.length);
	const hideEach = byLength.map(hiderOfOne);
	const shortest = Math.min(...secrets.flatMap(writingsOf).map(({ length }) => length));

	return (given) => {
		if (given.length < shortest) return given;
		let seen = seenIn(given);
		for (const hideOne of hideEach) {
			const left = hideOne(seen);
			if (left !== seen.text) seen = seenIn(left);
		}
		return seen.text;
	};
}

function seenIn(text: string): Seen {
	const together = withoutGaps(text);
	return {
		text,
		small: text.toLowerCase(),
		mayHaveEscapes: ESCAPES.test(text),
		...(together !== text && { together }),
	};
}

function hiderOfOne(secret: string): HideOne {
	const writings = [...new Set(writingsOf(secret))].sort((a, b) => b.length - a.length);
	const small = isLong(secret) ? secret.toLowerCase() : undefined;
	const flags = isLong(secret) ? 'gi' : 'g';
	/** Made when the first text has anything that may be an escape. */
	let escaped: RegExp | undefined;

	return (seen) => {
		let left = seen.text;
		for (const writing of writings) {
			if (left.includes(writing)) left = left.replaceAll(writing, MARK);
		}
		if (small !== undefined && seen.small.includes(small)) {
			left = left.replace(patternOf(secret, 'gi'), MARK);
		}
		if (seen.mayHaveEscapes) {
			escaped ??= escapedWritingOf(secret, flags);
			left = left.replace(escaped, MARK);
		}
		return seen.together === undefined ? left : hideBroken(left, seen.together);
	};

	/** Found where nothing breaks it, and hidden where it stands. */
	function hideBroken(text: string, together: string): string {
		let left = text;
		for (const writing of writings) {
			if (together.includes(writing)) left = left.replace(brokenWritingOf(writing, 'g'), MARK);
		}
		if (small !== undefined && together.toLowerCase().includes(small)) {
			left = left.replace(brokenWritingOf(secret, 'gi'), MARK);
		}
		return left;
	}
}
