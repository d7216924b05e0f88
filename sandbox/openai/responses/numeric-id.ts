/** The number under which a response is known too, for servers that count theirs. */
export function numericIdOf(id: string): number {
	return Number.parseInt(id.replace(/\W|^[a-z]+_/g, '').slice(0, 12), 16);
}
