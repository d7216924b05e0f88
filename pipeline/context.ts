// The places that n8n runs our code in.
import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { ImageFailure } from '../providers/failure';

/** The places that n8n runs our code in. */
export type PipelineContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IWebhookFunctions;

/** The signal that n8n aborts when the execution is cancelled, on versions that have it. */
export function cancelSignalOf(context: PipelineContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

export function throwIfCancelled(signal?: AbortSignal): void {
	if (!signal?.aborted) return;
	throw new ImageFailure({
		kind: 'cancelled',
		// n8n knows by this word that the execution was canceled and has not failed.
		message: 'The execution was canceled.',
		advice: 'Tasks that were already started go on at the provider.',
	});
}

/**
 * Whether an AI agent runs the node. Of a call inside an agent n8n says so. Newer agents have n8n run the tool
 * like any node, and then only its type's name tells, which n8n makes by adding "Tool" to ours.
 */
export function isToolRun(context: PipelineContext): boolean {
	const isTold = 'isToolExecution' in context && context.isToolExecution();
	return isTold || context.getNode().type.endsWith('Tool');
}

/** To n8n it is one of a hundred values that it makes ready for expressions, so it is asked for once in a run. */
const runIndexes = new WeakMap<IExecuteFunctions, number>();

/** n8n's count of the node's runs within the execution, from 0: a loop runs it several times. */
export function runIndexOf(context: IExecuteFunctions): number {
	const known = runIndexes.get(context);
	if (known !== undefined) return known;
	const { $runIndex = 0 } = context.getWorkflowDataProxy(0) as { $runIndex?: number };
	runIndexes.set(context, $runIndex);
	return $runIndex;
}
