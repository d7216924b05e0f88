// The results of a batch as items: one for each image, and one for each line that failed or is missing.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../../pipeline/connection';
import { addHint } from '../../pipeline/hints';
import { send } from '../../pipeline/http/send';
import { imageItems, type OutputOptions } from '../../pipeline/media/imageItems';
import { withoutLost } from '../../pipeline/media/lostImages';
import { failureIn, settle } from '../../pipeline/settle';
import type { ImageTask } from '../../providers/contract';
import { badInput, type FailureDetails } from '../../providers/failure';
import {
	createOpenAiBatches,
	missingNames,
	missingOf,
	type Batch,
	type BatchResult,
} from '../../providers/openai/batches';
import { missingLines } from '../../providers/openai/failures';

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
	const { results, unread } = await readFiles(connection, baseUrl, batch, resultFiles(batch));
	const items: INodeExecutionData[] = [];
	for (const result of results) {
		const lines = await lineItems(connection, result, { ...options, missingAsItems: true });
		items.push(...lines);
	}
	for (const failure of unread) items.push(failedItem(undefined, failure, options));
	// What is missing stands in the file that could not be fetched.
	if (unread.length === 0) {
		items.push(...(await missingItems(connection, baseUrl, batch, results, options)));
	}
	return items.map(({ json, ...item }) => ({ ...item, json: { batchId: batch.id, ...json } }));
}

/** Whether there are results to fetch. A batch that has ended and names no file may still count some. */
export function hasResults(batch: Batch): boolean {
	return filesOf(batch).length > 0 || (ENDS.has(batch.status) && missingOf(batch, []) > 0);
}

function filesOf({ output_file_id, error_file_id }: Batch): string[] {
	return [output_file_id, error_file_id].flatMap((id) => id || []);
}

function resultFiles(batch: Batch): string[] {
	if (hasResults(batch)) return filesOf(batch);
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

/** The lines of all files that can be read. Throws only when none can. */
async function readFiles(
	connection: Connection,
	baseUrl: string,
	batch: Batch,
	fileIds: string[],
): Promise<{ results: BatchResult[]; unread: FailureDetails[] }> {
	const batches = createOpenAiBatches(baseUrl);
	const results: BatchResult[] = [];
	const unread: Error[] = [];
	for (const fileId of fileIds) {
		const read = await settle(
			(async () => {
				const answer = await send(connection, batches.results(fileId));
				return batches.readResults(answer, batch.model ?? undefined);
			})(),
		);
		if (read.ok) results.push(...read.value);
		else unread.push(read.error);
	}
	const [first] = unread;
	const isNone = unread.length > 0 && unread.length === fileIds.length;
	if (first && (isNone || !unread.every(failureIn))) throw first;
	return { results, unread: unread.flatMap((error) => failureIn(error)?.details ?? []) };
}

async function lineItems(
	connection: Connection,
	{ customId, task: ended, failure }: BatchResult,
	options: BatchItemsOptions,
): Promise<INodeExecutionData[]> {
	if (!ended) return [failedItem(customId, failure!, options)];
	options.onTask?.(ended);
	const { task, lost } = withoutLost(connection, ended);
	const failures = lost.map(({ details }) => ({ ...details, advice: FETCH_AGAIN }));
	// A picture that is cut tells already that its line is.
	if (failure && lost.length === 0) failures.push(failure);
	const made = task.images.length > 0 ? imageItems(connection, task, options) : Promise.resolve([]);
	const found = await settle(made);
	const details = found.ok ? undefined : failureIn(found.error)?.details;
	// A line whose links are dead takes none of the others with it.
	if (!found.ok && (!details || details.kind === 'cancelled')) throw found.error;
	if (details) failures.push(details);
	const items = found.ok ? found.value : [];
	return [
		...items.map(({ json, ...item }) => ({ ...item, json: { customId, ...json } })),
		...failures.map((details) => failedItem(customId, details, options)),
	];
}

/** An item for each line that the batch counts and that stands in no file; one for all where their names aren't known. */
async function missingItems(
	connection: Connection,
	baseUrl: string,
	batch: Batch,
	results: BatchResult[],
	options: BatchItemsOptions,
): Promise<INodeExecutionData[]> {
	const missing = missingOf(batch, results);
	if (missing === 0) return [];
	const batches = createOpenAiBatches(baseUrl);
	const { input_file_id: fileId } = batch;
	const wanted = fileId
		? await settle(send(connection, batches.input(fileId)).then(batches.readCustomIds))
		: undefined;
	const names = wanted?.ok ? missingNames(missing, wanted.value, results) : undefined;
	const counted = `${missing} of ${missing + results.length} results`;
	addHint(
		connection,
		`Of the batch ${batch.id}, ${counted} are missing in its files. They may have been charged.`,
	);
	if (!names) return [failedItem(undefined, missingLines(missing), options)];
	return names.map((name) => failedItem(name, missingLines(1), options));
}

function failedItem(
	customId: string | undefined,
	{ message, kind, advice, code, status }: FailureDetails,
	{ itemIndex }: BatchItemsOptions,
): INodeExecutionData {
	const json: IDataObject = { status: 'failed', error: message, kind, advice };
	if (code !== undefined) json.code = code;
	if (status !== undefined) json.httpStatus = status;
	const named = customId === undefined ? json : { customId, ...json };
	return { json: named, pairedItem: { item: itemIndex } };
}
