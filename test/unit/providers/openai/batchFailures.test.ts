// What is told of rows that were never run, and of files of results that can't be had.
import type { FailureDetails } from '../../../../providers/failure';
import { isLasting, neverRunRows, unfetchedFile } from '../../../../providers/openai/batchFailures';

const busy: FailureDetails = {
	kind: 'providerDown',
	status: 503,
	message: 'OpenAI answered with an error without a message (HTTP 503).',
	advice: 'Try again in a few minutes.',
};
const gone: FailureDetails = {
	kind: 'notFound',
	status: 404,
	message: 'OpenAI: No such File object: file-1',
	advice: 'Check the ID, and the Base URL in the credential.',
};

test.each([
	['cancelled', 1, 'This row was never run: the batch was cancelled.'],
	['expired', 1, 'This row was never run: the batch expired.'],
	['cancelled', 3, '3 rows were never run: the batch was cancelled.'],
	['expired', 3, '3 rows were never run: the batch expired.'],
])('rows that were never run, in a batch that is %s: %i', (status, count, message) => {
	const failure = neverRunRows(status, count);
	expect(failure).toMatchObject({ kind: 'taskFailed', message });
	expect(failure.advice).toMatch(/in a new batch\. Nothing was charged/);
});

test.each<[string, FailureDetails, boolean]>([
	['a server that is busy', busy, false],
	['a connection that broke off', { ...busy, kind: 'network', status: undefined }, false],
	['too many requests', { ...busy, kind: 'rateLimit', status: 429 }, false],
	['a key that was changed meanwhile', { ...busy, kind: 'auth', status: 401 }, false],
	['a full disk of n8n', { ...busy, kind: 'download', status: 507 }, false],
	['a file that was deleted', gone, true],
	['one that is gone', { ...gone, kind: 'badRequest', status: 410 }, true],
	['one that may not be downloaded', { ...gone, kind: 'badRequest', status: 400 }, true],
	['a key that may not read it', { ...gone, kind: 'forbidden', status: 403 }, true],
	['an answer that is too large', { ...busy, kind: 'unreadableAnswer', status: 200 }, true],
])('whether %s is for good', (_rule, failure, lasts) => {
	expect(isLasting(failure)).toBe(lasts);
});

describe('a file that could not be fetched', () => {
	const file = { id: 'file-1', holds: 'results' as const, count: 499 };

	test('is named by what it has, and that it can be fetched without paying again', () => {
		expect(unfetchedFile(file, busy)).toEqual({
			kind: 'providerDown',
			status: 503,
			message: `The file with 499 results of this batch could not be fetched: ${busy.message}`,
			advice:
				'Try again in a few minutes. Batch: Get Results with this batch ID then fetches the 499 results, and nothing is paid again.',
		});
	});

	test('is told where to look at it when it can not be had by this key', () => {
		const failure = unfetchedFile(file, { ...gone, kind: 'forbidden', status: 403 });
		expect(failure.advice).toMatch(/^Look at the file under platform\.openai\.com > Storage/);
	});

	test.each([
		['results', 2, 'The batch is there, but its file with 2 results no longer is.', /paid again/],
		['results', 1, 'The batch is there, but its file with 1 result no longer is.', /paid again/],
		['errors', 1, 'The batch is there, but its file with 1 error no longer is.', /Order them/],
		[
			'errors',
			undefined,
			'The batch is there, but its file with errors no longer is.',
			/Order them/,
		],
	] as const)('for good, with %s: %p', (holds, count, message, advice) => {
		expect(unfetchedFile({ id: 'file-1', holds, count }, gone)).toEqual({
			kind: 'notFound',
			status: 404,
			message,
			advice: expect.stringMatching(advice),
		});
	});
});
