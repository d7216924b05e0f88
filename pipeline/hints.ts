// Hints: what a person should know although nothing failed.
import type { PipelineContext } from './context';

/** Shows a hint under the node's output, where n8n runs the node and has hints. */
export function addHint(context: PipelineContext, message: string): void {
	if ('addExecutionHints' in context) {
		context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
	}
}
