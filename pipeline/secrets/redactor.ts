// Takes a credential's secrets out of whatever leaves a node: errors, items, hints, log lines, n8n's memory.
import { hiderOf, isLong, MARK } from './hider';

/** What lies deeper can't be saved by n8n, and isn't looked through. */
const MAX_LEVELS = 500;
/** Shorter ones are placeholders such as `none`, and stand in ordinary words. */
const FEWEST_CHARACTERS = 6;

export interface Redactor {
	text(text: string): string;
	/** A copy of JSON-like data in which every text is redacted, names of fields too. What isn't plain data stays as it is. */
	value<Value>(value: Value): Value;
	/**
	 * For a text that is still to be worked with: without the long secrets only. A short one, such as `ollama`, may be in
	 * the address of a picture or in a task's ID by chance, and nothing would be found there any more.
	 */
	long(text: string): string;
}

/** Each secret is found in whatever way it is written. */
export function createRedactor(secrets: readonly string[]): Redactor {
	const hidden = [...new Set(secrets.map((secret) => secret.trim()))].filter(
		(secret) => secret.length >= FEWEST_CHARACTERS,
	);
	const text = hiderOf(hidden);

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
		value: <Value>(given: Value) => (hidden.length === 0 ? given : (value(given) as Value)),
		long: hiderOf(hidden.filter(isLong)),
	};
}

export function isPlain(value: unknown): value is Record<string, unknown> {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}
