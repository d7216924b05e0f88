// Whether an order that failed may have been charged, or may still be: then it isn't to be placed a second time, neither
// here nor with another provider, before somebody has looked.
import type { IExecuteFunctions } from 'n8n-workflow';

import { failureIn } from '../result';
import { createsOf, isInDoubt } from './keptCreates';
import type { CreateState } from './nodeMemory';

/** What is known of an item that has failed. */
export interface FailedOrder {
	itemIndex: number;
	error: Error;
	/** The tasks that were started for it. */
	taskIds: readonly string[];
	/** The keys of its requests that are paid for. */
	keys: ReadonlySet<string>;
}

export function mayBeCharged(
	context: IExecuteFunctions,
	{ itemIndex, error, taskIds, keys }: FailedOrder,
): boolean {
	const details = failureIn(error)?.details;
	if (details?.mayBeCharged) return true;
	const ended = details?.taskId;
	const freeTask = details?.mayBeCharged === false ? ended : undefined;
	const tasks = ended === undefined ? taskIds : [...taskIds, ended];
	return (
		tasks.some((id) => id !== freeTask) ||
		createsOf(context, itemIndex, keys).some((create) => isOpen(create, freeTask))
	);
}

/** What was refused in the answer to a request that was done, may have been charged like any other. */
function isOpen(create: CreateState, freeTask: string | undefined): boolean {
	if (create.state === 'prepared') return isInDoubt(create);
	return create.state !== 'started' || !(create.isFree || create.taskId === freeTask);
}
