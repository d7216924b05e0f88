// What a run leaves behind, wherever a secret could stand in it.
import type { Engine, EngineRun } from './types';

/** The mark that stands in a secret's place. */
export const HIDDEN = '•••';

/** A secret in the ways in which a server may quote it. A word before it keeps each apart from the others. */
export function quotedInEveryWay(secret: string): string {
	const inSmallLetters = encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase());
	const [first = '', ...rest] = JSON.stringify(secret).slice(1, -1);
	const unit = first.charCodeAt(0).toString(16).padStart(4, '0');
	const hex = Buffer.from(secret).toString('hex');
	return [
		secret,
		encodeURIComponent(secret),
		inSmallLetters,
		`\\u${unit}${rest.join('')}`,
		hex,
		hex.toUpperCase(),
		secret.toUpperCase(),
		secret.toLowerCase(),
		[...secret].join('\u200b'),
		`${secret.slice(0, 8)}\n${secret.slice(8)}`,
		...[0, 1, 2].map((before) => Buffer.from('_'.repeat(before) + secret).toString('base64')),
	].join(' and ');
}

/** What of it must be nowhere. In base64, the letters that depend on what stands around the secret tell nothing of it. */
function writingsOf(secret: string): string[] {
	return quotedInEveryWay(secret)
		.split(' and ')
		.map((writing, index, { length }) => (index < length - 3 ? writing : writing.slice(4, -4)));
}

/** So many characters of a secret are no chance any more. */
const PIECE = 12;

/** The first piece of the writing that stands in the text, in whatever letters. */
function pieceIn(text: string, writing: string): string | undefined {
	const [small, wanted] = [text.toLowerCase(), writing.toLowerCase()];
	for (let start = 0; start + PIECE <= wanted.length; start++) {
		if (small.includes(wanted.slice(start, start + PIECE))) return writing.slice(start);
	}
	return undefined;
}

/** Which of the secrets stands where; empty when all of them are hidden. */
export async function leaksOf(
	engine: Engine,
	run: EngineRun,
	secrets: readonly string[],
): Promise<string[]> {
	const { error } = run;
	return leaksIn(
		{
			message: String(error?.message),
			description: String(error?.description),
			stack: String(error?.stack),
			cause: String(error && 'cause' in error ? (error.cause as Error)?.stack : ''),
			error: JSON.stringify(error, Object.getOwnPropertyNames(error ?? {})) ?? '',
			items: JSON.stringify(run.outputs),
			hints: JSON.stringify(run.hints),
			'saved execution': JSON.stringify(run.raw),
			log: await engine.log(),
		},
		secrets,
	);
}

/** The same of texts, by where they stand. Pieces of a secret count, too: messages are cut. */
export function leaksIn(
	places: Readonly<Record<string, string>>,
	secrets: readonly string[],
): string[] {
	const writings = secrets.flatMap((secret) => writingsOf(secret));
	return Object.entries(places).flatMap(([place, text]) =>
		writings.flatMap((writing) => {
			const piece = pieceIn(text, writing);
			return piece === undefined ? [] : [`${piece} in ${place}`];
		}),
	);
}
