// What is told of a batch without results, of rows that it never ran, and of files of results that can't be had.
import { badInput, type FailureDetails, type ImageFailure } from '../failure';
import { hasEnded, type ResultFile } from './batchFiles';
import type { BatchAnswer } from './schemas';

/** What stands on the line of a row that a batch didn't come to. */
const NEVER_RUN_CODES: ReadonlySet<string | undefined> = new Set([
	'batch_expired',
	'batch_cancelled',
]);
const ORDER_IT_ANEW = 'Order this row in a new batch. Nothing was charged for it.';
const GONE: ReadonlySet<number | undefined> = new Set([404, 410]);
/** To be asked again makes no difference, as far as anybody can tell. */
const REFUSED: ReadonlySet<number | undefined> = new Set([400, 403]);
/** Every line may have its own, and the first ones tell enough. */
const MAX_REASONS = 3;

/** The failure of a batch of which nothing can be told of single rows. */
export function withoutResults(batch: BatchAnswer): ImageFailure {
	const counts = batch.request_counts;
	const done = counts ? `, ${counts.completed} of ${counts.total} done` : '';
	const reasons = (batch.errors?.data ?? []).slice(0, MAX_REASONS).map(({ message }) => message);
	return badInput(
		[`The batch ${batch.id} has no results: it is "${batch.status}"${done}.`, ...reasons].join(' '),
		hasEnded(batch)
			? 'It has ended, and nothing more comes of it. Create a new batch.'
			: 'Fetch them when its status is "completed". An OpenAI Images Trigger can start a workflow at that moment.',
	);
}

/** The failure of a line. Where its row was never run, nothing about it has to be changed. */
export function neverRunOr(failure: FailureDetails): FailureDetails {
	return NEVER_RUN_CODES.has(failure.code)
		? { ...failure, kind: 'taskFailed', advice: ORDER_IT_ANEW }
		: failure;
}

/** The failure of rows that stand in none of the files, as the batch ended before they were run. */
export function neverRunRows(status: string, count: number): FailureDetails {
	const end = status === 'expired' ? 'the batch expired' : 'the batch was cancelled';
	const [message, advice] =
		count === 1
			? [`This row was never run: ${end}.`, ORDER_IT_ANEW]
			: [
					`${count} rows were never run: ${end}.`,
					'Order these rows in a new batch. Nothing was charged for them.',
				];
	return { kind: 'taskFailed', message, advice };
}

/** Whether a file of results can't be had later either: then it keeps nobody waiting for the others. */
export function isLasting({ kind, status }: FailureDetails): boolean {
	return kind === 'unreadableAnswer' || GONE.has(status) || REFUSED.has(status);
}

/** The failure of a file of results that could not be fetched. */
export function unfetchedFile(file: ResultFile, failure: FailureDetails): FailureDetails {
	if (GONE.has(failure.status)) return goneFile(file, failure);
	const held = heldBy(file);
	return {
		...failure,
		message: `The file with ${held} of this batch could not be fetched: ${failure.message}`,
		advice: isLasting(failure)
			? 'Look at the file under platform.openai.com > Storage, or run Batch: Get Results again: nothing is paid again.'
			: `${failure.advice} Batch: Get Results with this batch ID then fetches the ${held}, and nothing is paid again.`,
	};
}

function goneFile(file: ResultFile, failure: FailureDetails): FailureDetails {
	return {
		...failure,
		message: `The batch is there, but its file with ${heldBy(file)} no longer is.`,
		advice:
			file.holds === 'errors'
				? 'OpenAI deletes files after some time, or somebody has deleted it. Why these rows failed can no longer be told. Order them in a new batch.'
				: 'OpenAI deletes files after some time, or somebody has deleted it. Look for the images where an earlier run has put them. To have them made anew, which is paid again, order these rows in a new batch.',
	};
}

/** `499 results`, or `results` where nobody counts them. */
function heldBy({ holds, count }: ResultFile): string {
	if (count === 1) return holds === 'errors' ? '1 error' : '1 result';
	return count ? `${count} ${holds}` : holds;
}
