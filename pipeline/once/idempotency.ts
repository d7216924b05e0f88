// The idempotency key of one create: the same for every retry of an item, another for every item, loop turn and execution.
import { createHash, randomUUID } from 'crypto';

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { memoryOf } from './nodeMemory';
import type { Call } from './toolCalls';

/** Options that say how to wait, and what to put out: the images are the same. */
const NOT_ORDERED = new Set(['binaryPropertyOutput', 'concurrency', 'output', 'timeLimitSeconds']);

/**
 * A key of 16–96 of `[A-Za-z0-9-]`. n8n's own Retry On Fail runs the node again within one execution:
 * with the same key the provider answers with the task it already has, and nothing is paid twice.
 * `part` counts the tasks of an item that needs several. `attempt` is raised only after the provider has said that the earlier task failed and cost nothing.
 */
export function idempotencyKey(
	context: IExecuteFunctions,
	call: Call,
	part: number,
	attempt: number,
): string {
	const origin = [
		context.getInstanceId(),
		context.getWorkflow().id,
		firstExecution(context, call.itemIndex),
		context.getNode().id,
		orderedParameters(context),
		call.runIndex,
		call.itemIndex,
		part,
		attempt,
		call.wanted,
	];
	const hash = createHash('sha256').update(JSON.stringify(origin)).digest('hex');
	return `imagegen-${hash.slice(0, 48)}`;
}

/**
 * A failed execution that a person retries is another execution to n8n, but has the memory of the first. What that one
 * has started is taken up.
 */
function firstExecution(context: IExecuteFunctions, itemIndex: number): string {
	const memory = memoryOf(context);
	const { $execution } = context.getWorkflowDataProxy(itemIndex) as {
		$execution?: { id?: string };
	};
	return (memory.firstExecution ??= context.getExecutionId() || $execution?.id || randomUUID());
}

/** A person may also change the node before retrying: then another image is wanted. */
function orderedParameters(context: IExecuteFunctions): unknown {
	const { options, ...parameters } = context.getNode().parameters;
	const chosen = Object.entries((options ?? {}) as IDataObject);
	return [parameters, chosen.filter(([name]) => !NOT_ORDERED.has(name))];
}
