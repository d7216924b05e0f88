// OpenAI's batches: many requests in one file, done within 24 hours at half the price.
import { parseAnswer, unreadable } from '../answer';
import type { HttpAnswer, HttpRequest, ImageRequest, ImageTask } from '../contract';
import { badInput, type FailureDetails } from '../failure';
import { errorSchema } from '../openAiShapes';
import { lineFailure, unreadableLine } from './failures';
import { openAiRoutes, placeOf } from './http';
import { imageParameters, readImages } from './images';
import { costOfUsage } from './prices';
import {
	batchLineSchema,
	batchSchema,
	imagesSchema,
	namedLineSchema,
	type BatchAnswer,
} from './schemas';

const NAME = 'OpenAI';
const GENERATIONS = '/v1/images/generations';
const EDITS = '/v1/images/edits';
/** Most requests of one batch. */
const MOST_LINES = 50_000;

export interface BatchEntry {
	customId: string;
	request: ImageRequest;
}

/** One line of the results: its images as a task, or why there are none. */
export interface BatchResult {
	customId: string;
	task?: ImageTask;
	failure?: FailureDetails;
}

export function createOpenAiBatches(baseUrl: string) {
	const routes = openAiRoutes(baseUrl);
	const pathOf = (batchId: string) => `/batches/${encodeURIComponent(batchId)}`;
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
		create: (inputFileId: string, endpoint: string) =>
			routes.post('/batches', {
				input_file_id: inputFileId,
				endpoint,
				completion_window: '24h',
			}),
		get: (batchId: string) => routes.get(pathOf(batchId)),
		cancel: (batchId: string) => ({
			...routes.post(`${pathOf(batchId)}/cancel`),
			repeatable: true,
		}),
		read: (answer: HttpAnswer) => parseAnswer(batchSchema, answer, NAME),
		/** A results file; its pictures go straight into n8n's store. */
		results: (fileId: string): HttpRequest => ({
			...routes.get(`/files/${encodeURIComponent(fileId)}/content`),
			base64Fields: ['b64_json'],
			answerForm: 'lines',
		}),
		readResults,
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

/** The lines of a results file or an error file. A line that can't be read is a failure of its own. */
function readResults(answer: HttpAnswer, model: string | undefined): BatchResult[] {
	if (!Array.isArray(answer.body)) throw unreadable(answer, NAME);
	return answer.body.map((line: unknown, index): BatchResult => {
		const named = namedLineSchema.safeParse(line);
		const customId = named.success ? named.data.custom_id : `line ${index + 1}`;
		const parsed = batchLineSchema.safeParse(line);
		if (!parsed.success) return { customId, failure: unreadableLine(line) };
		const { response, error } = parsed.data;
		if (error) return { customId, failure: lineFailure(error, undefined) };
		if (!response) return { customId, failure: unreadableLine(line) };
		const { status_code: status, body } = response;
		if (status !== 200) {
			const told = errorSchema.safeParse(body);
			const reason = told.success ? told.data.error : { message: 'The image was not made.' };
			return { customId, failure: lineFailure(reason, status) };
		}
		return imagesSchema.safeParse(body).success
			? { customId, task: taskOf(answer, body, model) }
			: { customId, failure: unreadableLine(line) };
	});
}

function taskOf(answer: HttpAnswer, body: unknown, model: string | undefined): ImageTask {
	const task = readImages({ ...answer, status: 200, body });
	const usage = imagesSchema.parse(body).usage;
	return { ...task, model, cost: costOfUsage(model, usage, true) };
}
