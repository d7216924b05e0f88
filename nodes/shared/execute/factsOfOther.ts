// What in a row tells of another image, task, batch or failure that came from a node of ours: of the next image nothing of
// it is true. A row may have columns of the same names: they are known apart by their values, and stay in case of doubt.
import type { IDataObject } from 'n8n-workflow';

type Test = (row: IDataObject) => boolean;

const isText = (value: unknown) => typeof value === 'string';
const isNumber = (value: unknown) => typeof value === 'number';
const has = (value: unknown, name: string) =>
	typeof value === 'object' && value !== null && name in value;

const isImage: Test = ({ provider, status, count, index, images }) =>
	isText(provider) && isText(status) && isNumber(count) && (isNumber(index) || isList(images));
const isTask: Test = ({ provider, status, taskId }) =>
	isText(provider) && isText(status) && isText(taskId);
const isBatch: Test = ({ batchId, endpoint }) => isText(batchId) && isText(endpoint);
const isFailure: Test = ({ status, kind, advice }) =>
	status === 'failed' && isText(kind) && isText(advice);
const isList = (value: unknown) =>
	Array.isArray(value) && value.every((each) => has(each, 'index'));
const isAny: Test = (row) => [isImage, isTask, isBatch, isFailure].some((test) => test(row));

/** Which fields, where the row passes the test. */
const FACTS: Array<[Test, string[]]> = [
	[isAny, ['taskId', 'taskIds', 'provider', 'model', 'status']],
	[(row) => isAny(row) && has(row.cost, 'estimated'), ['cost']],
	[(row) => isAny(row) && typeof row.usage === 'object', ['usage']],
	[(row) => isAny(row) && typeof row.orderedBefore === 'boolean', ['orderedBefore']],
	[isImage, ['index', 'count', 'revisedPrompt']],
	[(row) => isImage(row) && isText(row.expiresAt), ['url', 'expiresAt']],
	[(row) => isImage(row) && has(row.format, 'width'), ['format']],
	[(row) => isImage(row) && isList(row.images), ['images']],
	[
		(row) => isImage(row) && isText(row.mimeType) && isNumber(row.fileSize),
		['width', 'height', 'mimeType', 'fileName', 'fileSize'],
	],
	// Neither an image nor tasks that are told together say when they began.
	[(row) => isTask(row) && !isImage(row) && row.taskIds === undefined, ['createdAt']],
	[(row) => isTask(row) && isNumber(row.progress), ['progress']],
	[(row) => isTask(row) && isNumber(row.etaSeconds), ['etaSeconds']],
	[(row) => isTask(row) && has(row.failure, 'message'), ['failure']],
	[(row) => isTask(row) && Array.isArray(row.urls), ['urls', 'expiresAt']],
	[isBatch, ['endpoint', 'requests', 'done', 'failed', 'errors', 'expiresAt']],
	[isFailure, ['kind', 'advice', 'httpStatus', 'code', 'mayBeCharged']],
];

export function factsOfOther(row: IDataObject): string[] {
	return FACTS.flatMap(([test, names]) => (test(row) ? names : []));
}
