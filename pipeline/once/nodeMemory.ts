// n8n's memory of the node: the only place that reads and writes what a later try of it must know. It lasts as long as
// the execution, is saved with it, and goes on to the execution that a person makes of it with Retry.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ImageRequest, ImageTask } from '../../providers/contract';
import type { FailureDetails } from '../../providers/failure';
import type { StoredImage } from '../media/store/storedImage';
import type { Told } from '../told/told';

/** Raised when what stands below gets another meaning: a record of another version is then not taken for one of ours. */
const VERSION = 1;
const FIELD = 'imagegen';
/** By itself, since a webhook reads it with an expression; and as text, so that it comes back as it was. */
const SUSPENDED_FIELD = 'suspension';

/** What the output needs of a finished task that can't be looked up. n8n saves it as JSON, so its times are text. */
export interface FinishedTask
	extends Pick<ImageTask, 'model' | 'images' | 'unread' | 'failure' | 'usage' | 'cost'> {
	expiresAt?: string;
}

/** What became of a request that is paid for, as far as it is known. */
export type CreateState =
	/** It is on its way, or was when n8n ended. Sent again in the same words where the provider then knows it again. */
	| { state: 'sent'; request?: ImageRequest; idempotencyKey?: string }
	/**
	 * Nothing was done. What was brought to the provider for it serves the next try, for a while. `isDoubtful` where that
	 * holds of the last try alone, and nobody knows what an earlier one has done.
	 */
	| {
			state: 'prepared';
			request: ImageRequest;
			at: number;
			isDoubtful?: true;
			idempotencyKey?: string;
	  }
	/** It may have been done. */
	| { state: 'unknown'; failure?: Pick<FailureDetails, 'kind' | 'message'> }
	/** The answer says that it was refused for its content, and would be again. */
	| { state: 'refused'; failure: FailureDetails }
	/** `isFree` where the provider has said since that it failed and costs nothing. */
	| { state: 'started'; taskId: string; isFree?: true }
	/** It was answered in words: this is what they came to. */
	| { state: 'answered'; value: unknown }
	/** Its pictures lie at links, or in n8n's binary store under the references of its images; some may be lost. */
	| {
			state: 'finished';
			task: FinishedTask;
			files: Record<string, StoredImage>;
			lost: Record<string, FailureDetails>;
	  };

/**
 * With the node's run and the item that it belongs to, and a digest of what was ordered: a person may change the node
 * before a retry, and want the very same of this item all the same.
 */
export type KeptCreate = CreateState & { run: number; itemIndex: number; ordered?: string };

/** Of one run of the node, by item, with a digest of what the item was to become. */
export interface FinishedItem extends Told {
	wanted: string;
	/** A digest of what came in. */
	input: string;
	output: INodeExecutionData[];
}

export interface FinishedItems {
	runIndex: number;
	items: Record<string, FinishedItem>;
}

/** What an AI agent has ordered in one execution, by idempotency key. */
export interface ToolOrders {
	execution: string;
	byKey: Record<string, { images: number; max: number }>;
}

export interface NodeMemory {
	version: typeof VERSION;
	/** The execution that has begun the work. */
	firstExecution?: string;
	/** By idempotency key. */
	creates: Record<string, KeptCreate>;
	finishedItems?: FinishedItems;
	/** Failed runs of an AI agent's tool, by what was wanted. */
	failedToolRuns: Record<string, number[]>;
	toolOrders?: ToolOrders;
	/** Of one run of the node in one execution. */
	tries?: { of: string; count: number };
}

/** What is changed in it is kept. */
export function memoryOf(context: IExecuteFunctions): NodeMemory {
	const saved = context.getContext('node');
	const found: unknown = saved[FIELD];
	if (isOurs(found)) return found;
	const memory: NodeMemory = { version: VERSION, creates: {}, failedToolRuns: {} };
	saved[FIELD] = memory;
	return memory;
}

function isOurs(found: unknown): found is NodeMemory {
	return (found as Partial<NodeMemory> | undefined)?.version === VERSION;
}

/** What the node waits for while its execution is suspended. Undefined to forget it. */
export function keepSuspended(context: IExecuteFunctions, text: string | undefined): void {
	const saved = context.getContext('node');
	if (text === undefined) delete saved[SUSPENDED_FIELD];
	else saved[SUSPENDED_FIELD] = text;
}

export function recallSuspended(context: IExecuteFunctions): unknown {
	return context.getContext('node')[SUSPENDED_FIELD];
}

/** The expression that recalls it for a webhook. Braces would end it, and a node's name may have some. */
export function suspendedExpression(nodeName: string): string {
	const name = JSON.stringify(nodeName).replace(/[{]/g, '\\u007b').replace(/[}]/g, '\\u007d');
	return `{{ $node[${name}].context.${SUSPENDED_FIELD} }}`;
}
