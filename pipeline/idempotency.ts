// The idempotency key of one create: the same for every retry of an item, another for every item, loop turn and execution.
import { createHash, randomUUID } from 'crypto';

import type { IExecuteFunctions } from 'n8n-workflow';

import type { Call } from './toolCalls';

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
	const { $execution } = context.getWorkflowDataProxy(call.itemIndex) as {
		$execution?: { id?: string };
	};
	const executionId = context.getExecutionId() || $execution?.id || randomUUID();
	const origin = [
		context.getInstanceId(),
		context.getWorkflow().id,
		executionId,
		context.getNode().id,
		call.runIndex,
		call.itemIndex,
		part,
		attempt,
		call.wanted,
	];
	const hash = createHash('sha256').update(JSON.stringify(origin)).digest('hex');
	return `imagegen-${hash.slice(0, 48)}`;
}
