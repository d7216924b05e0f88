// Reads what is there of an answer, field by field, where a schema would refuse all of it for one odd field.

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Record<string, unknown> {
	return isObject(value) ? value : {};
}

/** A text that says something. */
export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An ID, which some servers write as a number. */
export function idOf(value: unknown): string | undefined {
	return typeof value === 'number' ? String(value) : textOf(value);
}

/** OpenAI's own IDs tell by their beginning what they name. */
const OWN_ID = /"id"\s{0,9}:\s{0,9}"((?:resp|batch)_[\w-]{1,200})"/;
/** Another server's: the first one of all, before anything that could have an ID of its own begins. */
const FIRST_ID =
	/^\s{0,9}\{[^{}[\]]{0,500}?"id"\s{0,9}:\s{0,9}(?:"([^"\\]{1,200})"|(\d{1,20})\s{0,9}[,}])/;

/** The ID in the text of an answer that was cut off behind it. */
export function idInCutText(text: string): string | undefined {
	const [, first, number] = FIRST_ID.exec(text) ?? [];
	return OWN_ID.exec(text)?.[1] ?? first ?? number;
}
