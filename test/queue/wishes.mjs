// Wished images: each has a marker in its prompt, by which the sandbox's ledger and n8n's executions are held against each other.

const MARKER = /wish-[a-z]+(?:-[a-z]+)*(?:-\d+)+/;

/**
 * `count` wishes of a row in a phase. `directive` tells the sandbox how to treat them; the last one of them fails
 * when `oneFails` is set.
 */
export function makeWishes({ row, phase, start, count, directive, oneFails = false }) {
	return Array.from({ length: count }, (_, index) => {
		const fails = oneFails && index === count - 1;
		const words = [directive, fails && 'fail=content_policy_violation'].filter(Boolean);
		const marker = `wish-${row.id}-${phase.id}-${start}-${index + 1}`;
		const told = words.length > 0 ? ` [sandbox: ${words.join(', ')}]` : '';
		return {
			marker,
			fails,
			row,
			phase,
			prompt: `A kite over the sea, ${marker}${told}`,
		};
	});
}

/** The marker in a prompt or another text, or undefined. */
export function markerIn(text) {
	return MARKER.exec(text)?.[0];
}
