// The creates that an execution has sent to a provider that knows no idempotency keys: kept in n8n's memory of the node,
// so that n8n's Retry On Fail takes a started task up again, and sends none a second time that may have been done.
import type { IExecuteFunctions } from 'n8n-workflow';

interface NodeMemory {
	startedTasks?: Record<string, string>;
	unknownCreates?: string[];
}

/** The id of the task that an earlier try has started under this key. */
export function recallTask(context: IExecuteFunctions, key: string): string | undefined {
	return memoryOf(context).startedTasks?.[key];
}

export function keepTask(context: IExecuteFunctions, key: string, taskId: string): void {
	(memoryOf(context).startedTasks ??= {})[key] = taskId;
}

/** Whether an earlier try's create under this key got no answer, so that it may have been done and charged. */
export function wasUnknown(context: IExecuteFunctions, key: string): boolean {
	return memoryOf(context).unknownCreates?.includes(key) === true;
}

export function keepUnknown(context: IExecuteFunctions, key: string): void {
	(memoryOf(context).unknownCreates ??= []).push(key);
}

/** It lasts as long as the execution. */
function memoryOf(context: IExecuteFunctions): NodeMemory {
	return context.getContext('node') as NodeMemory;
}
