// Leaves out of an object what wasn't given.

/** Without undefined. */
export function omitUndefined<Value>(values: Record<string, Value>): Record<string, Value> {
	return entriesOf(values, (value) => value !== undefined);
}

/** Without undefined and without empty texts, for protocols that refuse empty values. */
export function omitEmpty<Value>(values: Record<string, Value>): Record<string, Value> {
	return entriesOf(values, (value) => value !== undefined && value !== '');
}

function entriesOf<Value>(
	values: Record<string, Value>,
	isWanted: (value: Value) => boolean,
): Record<string, Value> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => isWanted(value)));
}
