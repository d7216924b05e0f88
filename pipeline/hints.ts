// Hints: what a person should know although nothing failed.
import type { Connection } from './connection';

/** Shows a hint under the node's output, where n8n runs the node and has hints. */
export function addHint(
	{ context, redact }: Pick<Connection, 'context' | 'redact'>,
	message: string,
): void {
	if (!('addExecutionHints' in context)) return;
	context.addExecutionHints({
		message: redact.text(message),
		location: 'outputPane',
		type: 'warning',
	});
}
