// The results of a batch as items: one for each image, and one for each line that failed or is missing.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { imageItems, omitLost, type OutputOptions } from '../../pipeline/media';
import { mayHaveStarted } from '../../pipeline/once';
import { failureIn, resultOf } from '../../pipeline/result';
import { type Connection } from '../../pipeline/session';
import { addHint } from '../../pipeline/told';
import type { ImageTask } from '../../providers/contract';
import type { FailureDetails } from '../../providers/failure';
import { neverRunRows } from '../../providers/openai/batchFailures';
import { formatNameIn } from '../../providers/openai/batchLines';
import { missingNames, type BatchResult } from '../../providers/openai/batchResults';
import type { Batch } from '../../providers/openai/batches';
import { missingLines } from '../../providers/openai/failures';
import { batchContents, type BatchAccount, type BatchContents } from './batchContents';

const FETCH_AGAIN =
	'Run Batch: Get Results again. If the picture is damaged then too, have it made anew.';

/** Undefined where a line can't be told. */
type LineName = Pick<BatchResult, 'customId' | 'orderReference'> | undefined;

interface BatchItemsOptions extends OutputOptions {
	/** Told of every line that has images. */
	onTask?(task: ImageTask): void;
	/** Whether nothing tries it again by itself, so that what can be had now comes out. */
	isLastTry?: boolean;
}

/** Throws a badInput failure when the batch has no results, or none yet. */
export async function batchItems(
	connection: Connection,
	account: BatchAccount,
	batch: Batch,
	options: BatchItemsOptions,
): Promise<INodeExecutionData[]> {
	const contents = await batchContents(connection, account, batch, options.isLastTry === true);
	const items: INodeExecutionData[] = [];
	for (const result of contents.results) {
		const asked = contents.asked?.get(result.customId);
		items.push(...(await lineItems(connection, result, asked, options)));
	}
	for (const failure of contents.unread) {
		items.push(failedItem(undefined, failure, options, true));
	}
	items.push(...absentItems(connection, batch, contents, options));
	return items.map(({ json, ...item }) => ({ ...item, json: { batchId: batch.id, ...json } }));
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

/** An item for each row without a line; one for all of a kind where it can't be told which they are. */
function absentItems(
	connection: Connection,
	batch: Batch,
	contents: BatchContents,
	options: BatchItemsOptions,
): INodeExecutionData[] {
	const { missing, neverRun } = contents.absent;
	const itemsOf = (
		count: number,
		failureOf: (rows: number) => FailureDetails,
		mayBeCharged: boolean,
	): INodeExecutionData[] =>
		namesOf(count, contents).map((name) =>
			failedItem(name, failureOf(name ? 1 : count), options, mayBeCharged),
		);
	if (missing > 0) {
		const counted = `${missing} of ${missing + contents.results.length} results`;
		addHint(
			connection,
			`Of the batch ${batch.id}, ${counted} are missing in its files. They may have been charged.`,
			options.itemIndex,
		);
	}
	return [
		...itemsOf(missing, missingLines, true),
		...itemsOf(neverRun, (rows) => neverRunRows(batch.status, rows), false),
	];
}

/** Of so many rows without a line; one that is undefined where nobody can tell which these are. */
function namesOf(count: number, { results, asked }: BatchContents): LineName[] {
	if (count === 0) return [];
	const names = asked && missingNames(count, [...asked.keys()], results);
	if (!names) return [undefined];
	return names.map((customId) => {
		const orderReference = asked.get(customId)?.orderReference;
		return { customId, orderReference };
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
