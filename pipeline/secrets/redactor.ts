// Takes a credential's secrets out of whatever leaves a node: errors, items, hints, log lines, n8n's memory.
import { ESCAPES, escapedWritingOf, writingsOf } from './writings';

const MARK = '•••';
/** What lies deeper can't be saved by n8n, and isn't looked through. */
const MAX_LEVELS = 500;
/** Shorter ones are placeholders such as `none`, and stand in ordinary words. */
const FEWEST_CHARACTERS = 6;

export interface Redactor {
	text(text: string): string;
	/** A copy of JSON-like data in which every text is redacted, names of fields too. What isn't plain data stays as it is. */
	value<Value>(value: Value): Value;
}

/** Each secret is found in whatever way it is written. Longer ones go first, as one may hold another. */
export function createRedactor(secrets: readonly string[]): Redactor {
	const hidden = secrets
		.map((secret) => secret.trim())
		.filter((secret) => secret.length >= FEWEST_CHARACTERS)
		.sort((a, b) => b.length - a.length);
	const forms = hidden.flatMap(writingsOf);
	const wanted = [...new Set(forms)].sort((a, b) => b.length - a.length);
	/** Made when the first text has anything that may be an escape. */
	let escaped: RegExp[] | undefined;

	const text = (given: string): string => {
		const left = wanted.reduce(
			(rest, secret) => (rest.includes(secret) ? rest.replaceAll(secret, MARK) : rest),
			given,
		);
		if (!ESCAPES.test(left)) return left;
		escaped ??= [...new Set(hidden)].map(escapedWritingOf);
		return escaped.reduce((rest, pattern) => rest.replace(pattern, MARK), left);
	};

	const value = (given: unknown, level = 0): unknown => {
		if (typeof given === 'string') return text(given);
		if (level > MAX_LEVELS && typeof given === 'object' && given !== null) return MARK;
		if (Array.isArray(given)) return given.map((each) => value(each, level + 1));
		if (!isPlain(given)) return given;
		return Object.fromEntries(
			Object.entries(given).map(([name, each]) => [text(name), value(each, level + 1)]),
		);
	};

	return {
		text,
		value: <Value>(given: Value) => (wanted.length === 0 ? given : (value(given) as Value)),
	};
}

function isPlain(value: unknown): value is Record<string, unknown> {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}
