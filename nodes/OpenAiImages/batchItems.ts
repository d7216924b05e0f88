// The results of a batch as items: one for each image, and one for each line that failed.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../../pipeline/connection';
import { imageItems, type OutputOptions } from '../../pipeline/media/imageItems';
import { withoutLost } from '../../pipeline/media/lostImages';
import { send } from '../../pipeline/http/send';
import type { ImageTask } from '../../providers/contract';
import { badInput, type FailureDetails } from '../../providers/failure';
import { createOpenAiBatches, type Batch, type BatchResult } from '../../providers/openai/batches';

const ENDS: ReadonlySet<string> = new Set(['failed', 'completed', 'expired', 'cancelled']);
/** Every line may have its own, and the first ones tell enough. */
const MOST_REASONS = 3;
const FETCH_AGAIN =
	'Run Batch: Get Results again. If the picture is damaged then too, have it made anew.';

interface BatchItemsOptions extends OutputOptions {
	/** Told of every line that has images. */
	onTask?(task: ImageTask): void;
}

/** Throws a badInput failure when the batch has no results, or none yet. */
export async function batchItems(
	connection: Connection,
	baseUrl: string,
	batch: Batch,
	options: BatchItemsOptions,
): Promise<INodeExecutionData[]> {
	const batches = createOpenAiBatches(baseUrl);
	const items: INodeExecutionData[] = [];
	for (const fileId of resultFiles(batch)) {
		const answer = await send(connection, batches.results(fileId));
		for (const result of batches.readResults(answer, batch.model ?? undefined)) {
			items.push(...(await lineItems(connection, result, options)));
		}
	}
	return items.map(({ json, ...item }) => ({ ...item, json: { batchId: batch.id, ...json } }));
}

function resultFiles(batch: Batch): string[] {
	const fileIds = [batch.output_file_id, batch.error_file_id].filter(
		(id) => typeof id === 'string',
	);
	if (fileIds.length > 0) return fileIds;
	const counts = batch.request_counts;
	const done = counts ? `, ${counts.completed} of ${counts.total} done` : '';
	const reasons = (batch.errors?.data ?? []).slice(0, MOST_REASONS).map(({ message }) => message);
	throw badInput(
		[`The batch ${batch.id} has no results: it is "${batch.status}"${done}.`, ...reasons].join(' '),
		ENDS.has(batch.status)
			? 'It has ended, and nothing more comes of it. Create a new batch.'
			: 'Fetch them when its status is "completed". An OpenAI Images Trigger can start a workflow at that moment.',
	);
}

async function lineItems(
	connection: Connection,
	{ customId, task: ended, failure }: BatchResult,
	options: BatchItemsOptions,
): Promise<INodeExecutionData[]> {
	if (!ended) return [failedItem(customId, failure!, options)];
	options.onTask?.(ended);
	const { task, lost } = withoutLost(connection, ended);
	const items =
		lost.length > 0 && task.images.length === 0 ? [] : await imageItems(connection, task, options);
	return [
		...items.map(({ json, ...item }) => ({ ...item, json: { customId, ...json } })),
		...lost.map(({ details }) =>
			failedItem(customId, { ...details, advice: FETCH_AGAIN }, options),
		),
	];
}

function failedItem(
	customId: string,
	{ message, kind, advice, code, status }: FailureDetails,
	{ itemIndex }: BatchItemsOptions,
): INodeExecutionData {
	const json: IDataObject = { customId, status: 'failed', error: message, kind, advice };
	if (code !== undefined) json.code = code;
	if (status !== undefined) json.httpStatus = status;
	return { json, pairedItem: { item: itemIndex } };
}
