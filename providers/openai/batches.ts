// OpenAI's batches: many requests in one file, done within 24 hours at half the price.
import { parseAnswer, unreadable } from '../answer';
import type { HttpAnswer, HttpRequest, ImageRequest, ImageTask } from '../contract';
import { badInput, type FailureDetails } from '../failure';
import { pathSegment } from '../url';
import { wholeFields } from '../cutJson';
import { fieldsOf, idOf, listOf } from '../loose';
import {
	errorIn,
	failureWithoutStatus,
	lineFailure,
	lineWithoutImage,
	unreadableLine,
} from './failures';
import { openAiRoutes, placeOf } from './http';
import { imageParameters, imagesTask } from './images';
import { costOfUsage } from './prices';
import { batchSchema, usageOf, type BatchAnswer } from './schemas';

const NAME = 'OpenAI';
const GENERATIONS = '/v1/images/generations';
const EDITS = '/v1/images/edits';
/** Most requests of one batch. */
const MOST_LINES = 50_000;

export interface BatchEntry {
	customId: string;
	request: ImageRequest;
}

/** One line of the results: its images as a task, or why there are none or not all. */
export interface BatchResult {
	customId: string;
	task?: ImageTask;
	failure?: FailureDetails;
}

export function createOpenAiBatches(baseUrl: string) {
	const routes = openAiRoutes(baseUrl);
	const pathOf = (batchId: string) => `/batches/${pathSegment(batchId)}`;
	const contentOf = (fileId: string) => routes.get(`/files/${pathSegment(fileId)}/content`);
	return {
		/** Uploads the batch's lines. Input images must have been uploaded before. */
		uploadLines: (entries: BatchEntry[]): HttpRequest => ({
			...routes.post('/files'),
			form: [
				{ name: 'purpose', value: 'batch' },
				{ name: 'file', value: linesOf(entries), fileName: 'batch.jsonl' },
			],
			repeatable: true,
		}),
		create: (inputFileId: string, endpoint: string): HttpRequest => ({
			...routes.post('/batches', {
				input_file_id: inputFileId,
				endpoint,
				completion_window: '24h',
			}),
			answerForm: 'any',
		}),
		readCreated,
		get: (batchId: string) => routes.get(pathOf(batchId)),
		cancel: (batchId: string) => ({
			...routes.post(`${pathOf(batchId)}/cancel`),
			repeatable: true,
		}),
		read: (answer: HttpAnswer) => parseAnswer(batchSchema, answer, NAME),
		/** A results file; its pictures go straight into n8n's store. */
		results: (fileId: string): HttpRequest => ({
			...contentOf(fileId),
			base64Fields: ['b64_json'],
			answerForm: 'lines',
		}),
		readResults: (answer: HttpAnswer, model: string | undefined) =>
			readResults(answer, model, baseUrl),
		/** The file that the batch was made of. */
		input: (fileId: string): HttpRequest => ({ ...contentOf(fileId), answerForm: 'lines' }),
		readCustomIds,
	};
}

export type Batch = BatchAnswer;

/** The endpoint that serves all entries. Throws a badInput failure when they can't be in one batch. */
export function endpointOf(entries: BatchEntry[]): string {
	if (entries.length > MOST_LINES) {
		throw badInput(
			`A batch takes at most ${MOST_LINES.toLocaleString('en')} items, these are ${entries.length.toLocaleString('en')}.`,
			'Split the items, for instance with the Loop Over Items node.',
		);
	}
	const models = [...new Set(entries.map(({ request }) => request.model))];
	if (models.length > 1) {
		throw badInput(
			`A batch takes one model, these items have ${models.map((model) => `"${model}"`).join(' and ')}.`,
			'Make a batch for each model, for instance behind an If node.',
		);
	}
	const edits = entries.filter(({ request }) => request.references.length > 0).length;
	if (edits !== 0 && edits !== entries.length) {
		throw badInput(
			'Some items of this batch have input images and some have none.',
			'Make two batches, for instance behind an If node: one with input images, one without.',
		);
	}
	return edits > 0 ? EDITS : GENERATIONS;
}

function linesOf(entries: BatchEntry[]): string {
	const url = endpointOf(entries);
	return entries
		.map(({ customId, request }) =>
			JSON.stringify({ custom_id: customId, method: 'POST', url, body: bodyOf(request) }),
		)
		.join('\n');
}

/** In a batch an edit is JSON: its images are named by the ids of uploaded files, or by URL. */
function bodyOf(request: ImageRequest): Record<string, unknown> {
	const body = imageParameters(request);
	if (request.references.length > 0) body.images = request.references.map(placeOf);
	if (request.mask) body.mask = placeOf(request.mask);
	return body;
}

/** The answer to a create. One that was cut off behind its ID is a batch all the same: it can be looked up. */
function readCreated(answer: HttpAnswer): Batch {
	const id = typeof answer.body === 'string' ? idOf(wholeFields(answer.body).id) : undefined;
	return parseAnswer(batchSchema, id === undefined ? answer : { ...answer, body: { id } }, NAME);
}

/** The lines of a results file or an error file. A line that can't be read is a failure of its own. */
function readResults(
	answer: HttpAnswer,
	model: string | undefined,
	baseUrl: string,
): BatchResult[] {
	if (!Array.isArray(answer.body)) throw unreadable(answer, NAME);
	return answer.body.map((given: unknown, index): BatchResult => {
		const line = typeof given === 'string' ? parsedLine(given) : given;
		const customId = customIdOf(line) ?? `line ${index + 1}`;
		return { customId, ...readLine(answer, line, model, baseUrl) };
	});
}

function readLine(
	answer: HttpAnswer,
	line: unknown,
	model: string | undefined,
	baseUrl: string,
): Pick<BatchResult, 'task' | 'failure'> {
	const response = fieldsOf(fieldsOf(line).response);
	// Of a line that was cut off, the pictures before the cut are whole.
	const body = typeof line === 'string' ? line : response.body;
	const { task, hasPlace } = taskOf(answer, body, model, baseUrl);
	if (task.images.length > 0) {
		const { unread = 0, ...read } = task;
		const isPartly = unread > 0 || typeof line === 'string';
		return { task: read, ...(isPartly && { failure: unreadableLine(line, true) }) };
	}
	const error = errorIn(line);
	if (error) return { failure: lineFailure(error, undefined) };
	const status = Number(response.status_code ?? Number.NaN);
	const told = errorIn(body);
	if (status >= 300) {
		return { failure: lineFailure(told ?? { message: 'The image was not made.' }, status) };
	}
	if (told) return { failure: failureWithoutStatus(answer, told, 'noImage').details };
	return { failure: hasPlace ? lineWithoutImage() : unreadableLine(line) };
}

function taskOf(
	answer: HttpAnswer,
	body: unknown,
	model: string | undefined,
	baseUrl: string,
): { task: ImageTask; hasPlace: boolean } {
	const { task, hasPlace } = imagesTask({ ...answer, body }, undefined, baseUrl);
	const usage = usageOf(task.usage);
	return { task: { ...task, model, cost: costOfUsage(model, usage, true) }, hasPlace };
}

/** JSON behind a byte order mark; the text itself where it is cut or no JSON at all. */
function parsedLine(text: string): unknown {
	try {
		return JSON.parse(text.trim()) as unknown;
	} catch {
		return text;
	}
}

/** The name of a line, also of one that was cut behind it. */
function customIdOf(line: unknown): string | undefined {
	return idOf((typeof line === 'string' ? wholeFields(line) : fieldsOf(line)).custom_id);
}

/**
 * How many lines are missing by the batch's own count, among those that have come. Those that were never run, as in a
 * cancelled batch, aren't counted there.
 */
export function missingOf({ request_counts: counts }: Batch, results: BatchResult[]): number {
	return counts ? Math.max(0, counts.completed + counts.failed - results.length) : 0;
}

/** The names of the missing lines: undefined where it can't be told which of the batch's lines they are. */
export function missingNames(
	missing: number,
	wanted: string[],
	results: BatchResult[],
): string[] | undefined {
	const arrived = new Set(results.map(({ customId }) => customId));
	const names = wanted.filter((name) => !arrived.has(name));
	return names.length === missing ? names : undefined;
}

/** The names of all lines of a batch, from the file that it was made of. */
function readCustomIds({ body }: HttpAnswer): string[] {
	return (listOf(body) ?? []).flatMap((line) => customIdOf(line) ?? []);
}
