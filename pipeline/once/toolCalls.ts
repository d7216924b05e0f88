// The node as an AI agent's tool: which call goes on with an earlier one that failed.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { InputFile } from '../../providers/contract';
import { digestOf } from '../../providers/digest';
import { isToolRun, runIndexOf } from '../context';
import { memoryOf } from './nodeMemory';

/** One item's work, as far as its idempotency key is concerned. */
export interface Call {
	itemIndex: number;
	/** n8n's count of the node's runs within the execution, from 0. */
	runIndex: number;
	/** What is wanted, as a digest. Only for a tool: an agent calls it many times, each time for another image. */
	wanted?: string;
}

/** Everything that a call asks for. Files in it go by their labels, as each upload has another address. */
export type Wish = object;

/**
 * The call that an item's create belongs to. Each try of a tool is a run of its own to n8n, and an agent calls a
 * tool that failed again as it likes: such a call takes the place of the failed one, so that it finds its task.
 */
export function beginCall(context: IExecuteFunctions, itemIndex: number, wish: Wish): Call {
	const runIndex = runIndexOf(context);
	if (!isToolRun(context)) return { itemIndex, runIndex };
	const wanted = digestOfWish(wish);
	return {
		itemIndex,
		runIndex: memoryOf(context).failedToolRuns[wanted]?.shift() ?? runIndex,
		wanted,
	};
}

/** To be told when a call has failed, whatever the reason. */
export function leaveCall(context: IExecuteFunctions, { wanted, runIndex }: Call): void {
	if (wanted === undefined) return;
	(memoryOf(context).failedToolRuns[wanted] ??= []).push(runIndex);
}

export function digestOfWish(wish: Wish): string {
	const text = JSON.stringify(wish, (_, value: unknown) => (isFile(value) ? value.label : value));
	return digestOf(text);
}

function isFile(value: unknown): value is InputFile {
	const { label } = (value ?? {}) as Partial<InputFile>;
	return typeof label === 'string';
}
