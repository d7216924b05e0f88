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

/** Longer ones go first, as one may hold another. */
const byLength = (a: string, b: string) => b.length - a.length;

/** Whether a secret is so long that it is none of an ordinary text by chance, however its letters are written. */
export function isLong(secret: string): boolean {
	return secret.length >= 16;
}

export function hiderOf(secrets: readonly string[]): (text: string) => string {
	const wanted = [...new Set(secrets.flatMap(writingsOf))].sort(byLength);
	const inSmallLetters = secrets.filter(isLong).map((secret) => [secret, secret.toLowerCase()]);
	const shortest = wanted.at(-1)?.length ?? Infinity;
	/** Made when the first text has anything that may be an escape. */
	let escaped: RegExp[] | undefined;

	const unbroken = (given: string): string => {
		let left = given;
		for (const writing of wanted) {
			if (left.includes(writing)) left = left.replaceAll(writing, MARK);
		}
		if (inSmallLetters.length > 0) {
			const small = left.toLowerCase();
			for (const [secret, lower] of inSmallLetters) {
				if (small.includes(lower!)) left = left.replace(patternOf(secret!, 'gi'), MARK);
			}
		}
		if (!ESCAPES.test(left)) return left;
		escaped ??= secrets.map((secret) => escapedWritingOf(secret, flagsOf(secret)));
		return escaped.reduce((rest, pattern) => rest.replace(pattern, MARK), left);
	};

	/** Found where nothing breaks it, and hidden where it stands. */
	const broken = (given: string): string => {
		const together = withoutGaps(given);
		if (together.length === given.length || unbroken(together) === together) return given;
		const small = together.toLowerCase();
		const found = [
			...wanted.filter((writing) => together.includes(writing)).map((each) => [each, 'g']),
			...inSmallLetters
				.filter(([, lower]) => small.includes(lower!))
				.map(([secret]) => [secret!, 'gi']),
		];
		return found.reduce(
			(rest, [writing, flags]) => rest.replace(brokenWritingOf(writing!, flags!), MARK),
			given,
		);
	};

	return (text) => (text.length < shortest ? text : broken(unbroken(text)));
}

function flagsOf(secret: string): string {
	return isLong(secret) ? 'gi' : 'g';
}
