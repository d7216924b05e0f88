// Fetches what a batch has come to, from both of its files, and what its lines had asked for.
import { failureIn, resultOf } from '../../pipeline/result';
import { ask, type Connection } from '../../pipeline/session';
import { ImageFailure, type FailureDetails } from '../../providers/failure';
import { isLasting, unfetchedFile, withoutResults } from '../../providers/openai/batchFailures';
import {
	absentRows,
	hasResults,
	resultFilesOf,
	type AbsentRows,
	type ResultFile,
} from '../../providers/openai/batchFiles';
import type { AskedLine, BatchResult } from '../../providers/openai/batchResults';
import { createOpenAiBatches, referenceOf, type Batch } from '../../providers/openai/batches';
import type { OpenAiAccount } from './session';

/** In larger batches, nobody compares what came with what was asked for. */
const MAX_LINES_COMPARED = 1000;

export type BatchAccount = Pick<OpenAiAccount, 'baseUrl' | 'ownPrices'>;

export interface BatchContents {
	results: BatchResult[];
	/** Why a file could not be read. */
	unread: FailureDetails[];
	absent: AbsentRows;
	/** By the names of the lines. Undefined where that can't be told, or isn't worth the memory. */
	asked: ReadonlyMap<string, AskedLine> | undefined;
}

/**
 * Throws a badInput failure when the batch has no results, or none yet, and the failure of a file that may be had later,
 * or where nothing else is to be told. `isLastTry`: nothing tries it again by itself, so that it is answered all the same.
 */
export async function batchContents(
	connection: Connection,
	account: BatchAccount,
	batch: Batch,
	isLastTry: boolean,
): Promise<BatchContents> {
	if (!hasResults(batch)) throw withoutResults(batch);
	const read: Array<ResultFile & { results: BatchResult[] }> = [];
	const unread: Array<ResultFile & { failure: FailureDetails }> = [];
	// The errors come first: where they can't be had, gigabytes of results are not fetched in vain.
	for (const file of resultFilesOf(batch).reverse()) {
		const found = await resultOf(readFile(connection, account, batch, file.id));
		if (found.ok) {
			read.unshift({ ...file, results: found.value });
			continue;
		}
		const details = failureIn(found.error)?.details;
		if (!details || details.kind === 'cancelled') throw found.error;
		const failure = unfetchedFile(file, details);
		if (!isLastTry && !isLasting(details)) throw new ImageFailure(failure);
		unread.unshift({ ...file, failure });
	}

	const results = read.flatMap((file) => file.results);
	const lines = read.map((file) => ({ ...file, lines: file.results.length }));
	const absent = absentRows(batch, lines, unread);
	const hasAbsent = absent.missing + absent.neverRun > 0;
	const [first] = unread;
	if (first && read.length === 0 && !hasAbsent && !isLastTry) {
		throw new ImageFailure(first.failure);
	}
	const isWorthIt = hasAbsent || results.length <= MAX_LINES_COMPARED;
	const asked = isWorthIt ? await readInput(connection, account, batch) : undefined;
	return { results, unread: unread.map(({ failure }) => failure), absent, asked };
}

async function readFile(
	connection: Connection,
	account: BatchAccount,
	batch: Batch,
	fileId: string,
): Promise<BatchResult[]> {
	const batches = createOpenAiBatches(account.baseUrl, account.ownPrices);
	const answer = await ask(connection, batches.results(fileId));
	return batches.readResults(answer, batch.model ?? undefined, referenceOf(batch));
}

async function readInput(
	connection: Connection,
	{ baseUrl }: BatchAccount,
	batch: Batch,
): Promise<BatchContents['asked']> {
	const { input_file_id: fileId } = batch;
	if (!fileId) return undefined;
	const batches = createOpenAiBatches(baseUrl);
	const answer = await resultOf(ask(connection, batches.input(fileId)));
	return answer.ok ? batches.readInput(answer.value, referenceOf(batch)) : undefined;
}
