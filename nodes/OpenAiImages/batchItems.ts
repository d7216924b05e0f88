// The results of a batch as items: one for each image, and one for each line that failed or is missing.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { imageItems, omitLost, type OutputOptions } from '../../pipeline/media';
import { mayHaveStarted } from '../../pipeline/once';
import { failureIn, resultOf } from '../../pipeline/result';
import { addHint, ask, type Connection } from '../../pipeline/session';
import type { ImageTask } from '../../providers/contract';
import { badInput, type FailureDetails } from '../../providers/failure';
import { formatNameIn } from '../../providers/openai/batchLines';
import {
	missingNames,
	missingOf,
	type AskedLine,
	type BatchResult,
} from '../../providers/openai/batchResults';
import { createOpenAiBatches, referenceOf, type Batch } from '../../providers/openai/batches';
import { missingLines } from '../../providers/openai/failures';

import type { OpenAiAccount } from './session';

const ENDS: ReadonlySet<string> = new Set(['failed', 'completed', 'expired', 'cancelled']);
/** Every line may have its own, and the first ones tell enough. */
const MAX_REASONS = 3;
const FETCH_AGAIN =
	'Run Batch: Get Results again. If the picture is damaged then too, have it made anew.';

/** In larger batches, nobody compares what came with what was asked for. */
const MAX_LINES_COMPARED = 1000;

/** By the names of the lines. */
type AskedLines = ReadonlyMap<string, AskedLine>;

/** Undefined where a line can't be told. */
type LineName = Pick<BatchResult, 'customId' | 'orderReference'> | undefined;

interface BatchItemsOptions extends OutputOptions {
	/** Told of every line that has images. */
	onTask?(task: ImageTask): void;
}

type BatchAccount = Pick<OpenAiAccount, 'baseUrl' | 'ownPrices'>;

/** Throws a badInput failure when the batch has no results, or none yet. */
export async function batchItems(
	connection: Connection,
	account: BatchAccount,
	batch: Batch,
	options: BatchItemsOptions,
): Promise<INodeExecutionData[]> {
	const { results, unread } = await readFiles(connection, account, batch, resultFiles(batch));
	const asked = await readInput(connection, account, batch, results);
	const items: INodeExecutionData[] = [];
	for (const result of results) {
		const lines = await lineItems(connection, result, asked?.get(result.customId), options);
		items.push(...lines);
	}
	for (const failure of unread) items.push(failedItem(undefined, failure, options, true));
	// What is missing stands in the file that could not be fetched.
	if (unread.length === 0) {
		items.push(...missingItems(connection, batch, results, asked, options));
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
	const reasons = (batch.errors?.data ?? []).slice(0, MAX_REASONS).map(({ message }) => message);
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
	account: BatchAccount,
	batch: Batch,
	fileIds: string[],
): Promise<{ results: BatchResult[]; unread: FailureDetails[] }> {
	const batches = createOpenAiBatches(account.baseUrl, account.ownPrices);
	const results: BatchResult[] = [];
	const unread: Error[] = [];
	for (const fileId of fileIds) {
		const read = await resultOf(
			(async () => {
				const answer = await ask(connection, batches.results(fileId));
				return batches.readResults(answer, batch.model ?? undefined, referenceOf(batch));
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

/**
 * What each line asks for. Undefined where that can't be told, or where there are so many that knowing it isn't worth
 * the memory.
 */
async function readInput(
	connection: Connection,
	account: BatchAccount,
	batch: Batch,
	results: BatchResult[],
): Promise<AskedLines | undefined> {
	const batches = createOpenAiBatches(account.baseUrl, account.ownPrices);
	const { input_file_id: fileId } = batch;
	const isWorthIt = results.length <= MAX_LINES_COMPARED || missingOf(batch, results) > 0;
	if (!fileId || !isWorthIt) return undefined;
	const answer = await resultOf(ask(connection, batches.input(fileId)));
	return answer.ok ? batches.readInput(answer.value, referenceOf(batch)) : undefined;
}

async function lineItems(
	connection: Connection,
	{ customId, orderReference, task: ended, failure }: BatchResult,
	asked: ImageTask['asked'],
	options: BatchItemsOptions,
): Promise<INodeExecutionData[]> {
	const name = { customId, orderReference };
	if (!ended) return [failedItem(name, failure!, options, mayHaveStarted(failure!))];
	options.onTask?.(ended);
	const { task, lost } = omitLost(connection, { ...ended, orderReference });
	const failures = lost.map(({ details }) => ({ ...details, advice: FETCH_AGAIN }));
	// A picture that is cut tells already that its line is.
	if (failure && lost.length === 0) failures.push(failure);
	const line = { line: customId, formatName: formatNameIn(customId) };
	const output = { ...options, missingAsItems: true, ...line };
	const made =
		task.images.length > 0
			? imageItems(connection, { ...task, asked }, output)
			: Promise.resolve([]);
	const found = await resultOf(made);
	const details = found.ok ? undefined : failureIn(found.error)?.details;
	// A line whose links are dead takes none of the others with it.
	if (!found.ok && (!details || details.kind === 'cancelled')) throw found.error;
	if (details) failures.push(details);
	const items = found.ok ? found.value : [];
	return [
		...items.map(({ json, ...item }) => ({ ...item, json: { customId, ...json } })),
		...failures.map((details) => failedItem(name, details, options, true)),
	];
}

/** An item for each line that the batch counts and that stands in no file; one for all where their names aren't known. */
function missingItems(
	connection: Connection,
	batch: Batch,
	results: BatchResult[],
	asked: AskedLines | undefined,
	options: BatchItemsOptions,
): INodeExecutionData[] {
	const missing = missingOf(batch, results);
	if (missing === 0) return [];
	const names = asked && missingNames(missing, [...asked.keys()], results);
	const counted = `${missing} of ${missing + results.length} results`;
	addHint(
		connection,
		`Of the batch ${batch.id}, ${counted} are missing in its files. They may have been charged.`,
		options.itemIndex,
	);
	if (!names) return [failedItem(undefined, missingLines(missing), options, true)];
	return names.map((customId) => {
		const orderReference = asked.get(customId)?.orderReference;
		return failedItem({ customId, orderReference }, missingLines(1), options, true);
	});
}

function failedItem(
	name: LineName,
	{ message, kind, advice, code, status }: FailureDetails,
	{ itemIndex }: BatchItemsOptions,
	mayBeCharged: boolean,
): INodeExecutionData {
	const json: IDataObject = { status: 'failed', error: message, kind, advice, mayBeCharged };
	if (code !== undefined) json.code = code;
	if (status !== undefined) json.httpStatus = status;
	const { customId, orderReference: reference } = name ?? {};
	const named = {
		...(customId !== undefined && { customId }),
		...(reference !== undefined && { reference }),
		...json,
	};
	return { json: named, pairedItem: { item: itemIndex } };
}
