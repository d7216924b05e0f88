// The tasks that an execution has started at a provider that knows no idempotency keys: kept in n8n's memory of the
// node, so that n8n's Retry On Fail takes a started task up again instead of paying for another one.
import type { IExecuteFunctions } from 'n8n-workflow';

/** The id of the task that an earlier try has started under this key. */
export function recallTask(context: IExecuteFunctions, key: string): string | undefined {
	return memoryOf(context)[key];
}

export function keepTask(context: IExecuteFunctions, key: string, taskId: string): void {
	memoryOf(context)[key] = taskId;
}

/** It lasts as long as the execution. */
function memoryOf(context: IExecuteFunctions): Record<string, string> {
	const memory = context.getContext('node') as { startedTasks?: Record<string, string> };
	return (memory.startedTasks ??= {});
}
