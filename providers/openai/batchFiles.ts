// The files that the results of a batch lie in, whether there are any, and how many of its rows have no line in them.
import type { BatchAnswer } from './schemas';

export interface ResultFile {
	id: string;
	holds: 'results' | 'errors';
	/** How many lines it is to have. Missing where the batch doesn't count them. */
	count?: number;
}

/** How many rows have no line. */
export interface AbsentRows {
	/** Done, by the batch's own count: they may have been charged. */
	missing: number;
	/** Not done when the batch ended. */
	neverRun: number;
}

const ENDS: ReadonlySet<string> = new Set(['failed', 'completed', 'expired', 'cancelled']);
const ENDED_EARLY: ReadonlySet<string> = new Set(['cancelled', 'expired']);

/** Some servers write everything into one file. */
export function resultFilesOf(batch: BatchAnswer): ResultFile[] {
	const { output_file_id: output, error_file_id: errors, request_counts: counts } = batch;
	const done = counts ? counts.completed + counts.failed : undefined;
	return [
		...(output
			? [{ id: output, holds: 'results' as const, count: errors ? counts?.completed : done }]
			: []),
		...(errors
			? [{ id: errors, holds: 'errors' as const, count: output ? counts?.failed : done }]
			: []),
	];
}

export function hasEnded({ status }: BatchAnswer): boolean {
	return ENDS.has(status);
}

/** Whether there is anything to tell of single rows. A batch that has ended and names no file may still count some. */
export function hasResults(batch: BatchAnswer): boolean {
	if (resultFilesOf(batch).length > 0) return true;
	const { missing, neverRun } = absentRows(batch, [], []);
	return hasEnded(batch) && missing + neverRun > 0;
}

/**
 * Rows without a line in the files that were read. Not those of files that weren't. OpenAI writes a line for each row that
 * has expired, and whether it counts that as failed it doesn't say: so each file is held against its own count.
 */
export function absentRows(
	{ status, request_counts: counts }: BatchAnswer,
	read: Array<Pick<ResultFile, 'count'> & { lines: number }>,
	unread: Array<Pick<ResultFile, 'count'>>,
): AbsentRows {
	if (!counts) return { missing: 0, neverRun: 0 };
	const done = counts.completed + counts.failed;
	const arrived = sumOf(read.map(({ lines }) => lines));
	const elsewhere = sumOf(unread.map(({ count = 0 }) => count));
	const absent = Math.max(0, Math.max(counts.total, done) - arrived - elsewhere);
	const hasFiles = read.length + unread.length > 0;
	const short = hasFiles
		? sumOf(read.map(({ count = 0, lines }) => Math.max(0, count - lines)))
		: done;
	const missing = Math.min(short, absent);
	return { missing, neverRun: ENDED_EARLY.has(status) ? absent - missing : 0 };
}

function sumOf(numbers: number[]): number {
	return numbers.reduce((sum, each) => sum + each, 0);
}
