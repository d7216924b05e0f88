// Reads single facts out of parsed JSON of any form and any size. Nothing here throws, and nothing looks at a fact twice.

/** Longer ones are no IDs. */
const LONGEST_ID = 1000;

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown): JsonObject | undefined {
	return isObject(value) ? value : undefined;
}

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): JsonObject {
	return objectOf(value) ?? {};
}

export function listOf(value: unknown): unknown[] | undefined {
	return Array.isArray(value) ? value : undefined;
}

/** The entries of a list; none of anything else. */
export function itemsOf(value: unknown): unknown[] {
	return listOf(value) ?? [];
}

/** A text that isn't empty. */
export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A text, or a number as text. */
export function wordOf(value: unknown): string | undefined {
	return typeof value === 'number' ? String(value) : textOf(value);
}

export function idOf(value: unknown): string | undefined {
	const id = wordOf(value);
	return id !== undefined && id.length <= LONGEST_ID ? id : undefined;
}

/** The first of these fields that has an ID in it. */
export function idIn(body: unknown, names: readonly string[]): string | undefined {
	const object = objectOf(body);
	return object && names.map((name) => idOf(object[name])).find((id) => id !== undefined);
}
