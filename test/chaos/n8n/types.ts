// What the chaos test tells a process of n8n to do, and what it finds in n8n's database afterwards.
import type { IDataObject } from 'n8n-workflow';

import type { Credentials } from '../../engine/support/types';
import type { SavedRow } from '../../engine/support/saved-execution';

/** The nodes by which images are ordered, as n8n names them. */
export type NodeName = 'evoLink' | 'coreToday' | 'fal' | 'openAiImages' | 'imageChat';

export interface ExecutionOrder {
	id: string;
	node: NodeName;
	parameters: IDataObject;
	/** One for each image. */
	items: IDataObject[];
	/** Whether each comes with a picture to edit, which bears its wish's name. */
	hasPictures?: boolean;
	onError: 'stopWorkflow' | 'continueRegularOutput';
	retryOnFail: boolean;
	/** The failed execution that a person retries. */
	retryOf?: string;
	/** Whether it waits in the database since an earlier life of the process. */
	isWaiting?: boolean;
}

export interface Job {
	/** Holds n8n's files and its executions. */
	folder: string;
	/** Where this n8n is called back: the same in each of its lives. */
	port: number;
	credentials: Credentials;
	executions: ExecutionOrder[];
}

/** One item that a node has put out, as far as the test asks. */
export interface PutOut {
	/** Which of the items that came in it belongs to. */
	item?: number;
	taskId?: string;
	taskIds?: string[];
	/** Of a batch, and of a line of its results. */
	batchId?: string;
	customId?: string;
	error?: string;
	kind?: string;
	mayBeCharged?: boolean;
	advice?: string;
	/** A digest of its picture. */
	picture?: string;
}

/** An execution in n8n's database. */
export interface ExecutionRow extends SavedRow {
	id: string;
	/** Once it has ended well. */
	output?: PutOut[];
	/** Once it has failed. */
	error?: { message: string; description?: string };
}
