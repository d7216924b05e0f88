// The field that names a batch, and how a batch is shown.
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { badInput } from '../../../../providers/failure';
import { referenceOf, type Batch } from '../../../../providers/openai/batches';
import { readTime } from '../../../../providers/answers/times';
import { readText } from '../../../shared/parameters/readParameters';

export const batchIdField: INodeProperties = {
	displayName: 'Batch ID',
	name: 'batchId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. batch_67e2f7f8a1c88190b5a0d5a1d3b4c9e2',
	description: 'The ID from the output of Batch: Create',
};

export function readBatchId(context: IExecuteFunctions, itemIndex: number): string {
	const batchId = readText(context, 'batchId', 'Batch ID', itemIndex).trim();
	if (batchId !== '') return batchId;
	throw badInput('The Batch ID is empty.', 'Enter the ID from the output of Batch: Create.');
}

/** One that the server calls otherwise keeps the ID that it was asked for by. */
export function askedFor(batch: Batch, id: string): Batch {
	return { ...batch, id };
}

/** A batch as an item's json. Times are in ISO 8601. */
export function batchJson(batch: Batch): IDataObject {
	const { id, status, endpoint, model, request_counts: counts } = batch;
	const createdAt = readTime(batch.created_at);
	const expiresAt = readTime(batch.expires_at);
	const reference = referenceOf(batch);
	return {
		batchId: id,
		provider: 'openai',
		...(reference !== undefined && { reference }),
		status,
		...(model && { model }),
		...(endpoint && { endpoint }),
		...(counts && { requests: counts.total, done: counts.completed, failed: counts.failed }),
		...(createdAt && { createdAt: createdAt.toISOString() }),
		...(expiresAt && { expiresAt: expiresAt.toISOString() }),
		...(batch.errors?.data?.length && { errors: batch.errors.data as unknown as IDataObject[] }),
	};
}
