// n8n's memory of the node: the only place that reads and writes what a later try of it must know. It lasts as long as
// the execution, is saved with it, and goes on to the execution that a person makes of it with Retry.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ImageRequest, ImageTask } from '../../providers/contract';
import type { FailureDetails } from '../../providers/failure';
import type { StoredImage } from '../media/storedImage';
import { readUnversioned, UNVERSIONED_FIELDS } from './unversionedMemory';

/** Raised when what stands below gets another meaning: a record of another version is then not taken for one of ours. */
const VERSION = 1;
const FIELD = 'imagegen';

/** What the output needs of a finished task that can't be looked up. n8n saves it as JSON, so its times are text. */
export interface FinishedTask
	extends Pick<ImageTask, 'model' | 'images' | 'unread' | 'failure' | 'usage' | 'cost'> {
	expiresAt?: string;
}

/** What became of a request that is paid for, as far as it is known. */
export type CreateState =
	/** It is on its way, or was when n8n ended. Sent again in the same words where the provider then knows it again. */
	| { state: 'sent'; request?: ImageRequest }
	/** Nothing was done. What was brought to the provider for it serves the next try, for a while. */
	| { state: 'prepared'; request: ImageRequest; at: number }
	/** It may have been done. */
	| { state: 'unknown'; failure?: Pick<FailureDetails, 'kind' | 'message'> }
	/** The answer says that it was refused for its content, and would be again. */
	| { state: 'refused'; failure: FailureDetails }
	| { state: 'started'; taskId: string }
	/** Its pictures lie at links, or in n8n's binary store under the references of its images; some may be lost. */
	| {
			state: 'finished';
			task: FinishedTask;
			files: Record<string, StoredImage>;
			lost: Record<string, FailureDetails>;
	  };

/** With the node's run and the item that it belongs to. */
export type KeptCreate = CreateState & { run?: number; itemIndex?: number };

/** Of one run of the node, by item, with a digest of what the item was to become. */
export interface FinishedItems {
	runIndex: number;
	items: Record<string, { wanted: string; output: INodeExecutionData[] }>;
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
}

/** What is changed in it is kept. */
export function memoryOf(context: IExecuteFunctions): NodeMemory {
	const saved = context.getContext('node');
	const found: unknown = saved[FIELD];
	if (isOurs(found)) return found;
	const memory: NodeMemory = { version: VERSION, ...readUnversioned(saved) };
	for (const field of UNVERSIONED_FIELDS) delete saved[field];
	saved[FIELD] = memory;
	return memory;
}

function isOurs(found: unknown): found is NodeMemory {
	return (found as Partial<NodeMemory> | undefined)?.version === VERSION;
}
