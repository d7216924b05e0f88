// Which of its tries n8n's Retry On Fail is at: it runs the node again with the same memory, and doesn't say so.
import type { IExecuteFunctions } from 'n8n-workflow';

import { runIndexOf } from '../context';
import { memoryOf } from './nodeMemory';

/** Unless the node says otherwise; and the most that it takes. */
const USUAL_TRIES = 3;
const MOST_TRIES = 5;

/** To be called when a try begins. `suspension`: it goes on with that one, for which n8n counts its tries anew. */
export function beginTry(context: IExecuteFunctions, suspension = ''): void {
	const memory = memoryOf(context);
	const of = [context.getExecutionId(), runIndexOf(context), suspension].join();
	const before = memory.tries?.of === of ? memory.tries.count : 0;
	memory.tries = { of, count: before + 1 };
}

/** Whether n8n runs the node no more by itself, whatever fails. */
export function isLastTry(context: IExecuteFunctions): boolean {
	const { retryOnFail, maxTries } = context.getNode();
	if (retryOnFail !== true) return true;
	const { count = 1 } = memoryOf(context).tries ?? {};
	return count >= Math.min(MOST_TRIES, maxTries || USUAL_TRIES);
}
