// Leaves out of an object what wasn't given.

/** Without undefined. */
export function omitUndefined<Value>(values: Record<string, Value | undefined>) {
	return entriesOf(values, (value) => value !== undefined);
}

/** Without undefined and without empty texts, for protocols that refuse empty values. */
export function omitEmpty<Value>(values: Record<string, Value | undefined>) {
	return entriesOf(values, (value) => value !== undefined && value !== '');
}

function entriesOf<Value>(
	values: Record<string, Value | undefined>,
	isWanted: (value: Value | undefined) => boolean,
): Record<string, Value> {
	const wanted = Object.entries(values).filter(([, value]) => isWanted(value));
	return Object.fromEntries(wanted) as Record<string, Value>;
}
