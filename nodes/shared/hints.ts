// Hints: what a person should know although nothing failed.
import type { IExecuteFunctions } from 'n8n-workflow';

/** Shows a hint under the node's output, on versions of n8n that have them. */
export function addHint(context: IExecuteFunctions, message: string): void {
	if ('addExecutionHints' in context) {
		context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
	}
}
