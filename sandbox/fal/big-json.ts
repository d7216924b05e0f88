// JSON in which whole numbers may be larger than a double holds, as fal's seeds are.
import { randomUUID } from 'node:crypto';

/** Numbers that would lose digits become bigint. */
export function parseJson(text: string): unknown {
	// The third parameter has the number's own text; TypeScript's library doesn't know it yet.
	const keepDigits = (_name: string, value: unknown, context?: { source?: string }) => {
		const { source = '' } = context ?? {};
		const isUnsafe = typeof value === 'number' && !Number.isSafeInteger(value);
		return isUnsafe && /^-?\d+$/.test(source) ? BigInt(source) : value;
	};
	return JSON.parse(text, keepDigits as (name: string, value: unknown) => unknown);
}

/** Nothing that a caller sends can look like it. */
const mark = randomUUID();
const marked = new RegExp(`"${mark}(-?\\d+)"`, 'g');

/** Bigint is written as a number. */
export function writeJson(value: unknown): string {
	const text = JSON.stringify(value, function (this: Record<string, unknown>, name, each: unknown) {
		// Looked up again: n8n, in the same process in tests, makes texts of bigints before they get here.
		const given = this[name];
		return typeof given === 'bigint' ? `${mark}${given}` : each;
	});
	return text.replace(marked, '$1');
}
