// OpenAI's batches: many requests in one file, done within 24 hours at half the price. Its routes.
import { parseAnswer } from '../answers/parseAnswer';
import type { HttpAnswer, HttpRequest, ImageRequest, ModelLimits } from '../contract';
import { pricesOf, readOwnPrices, repriced } from '../ownPrices';
import { omitEmpty } from '../requests/omit';
import { versionedRoutesAt } from '../requests/routes';
import { pathSegment } from '../requests/url';
import { wholeFields } from '../answers/cutJson';
import { fieldsOf, idOf, textOf } from '../answers/loose';
import { linesOf, type BatchEntry } from './batchLines';
import { keptOfInput, readInput, readResults } from './batchResults';
import { readFailure } from './failures';
import { limitsOf } from './models';
import { BATCH_PART, estimateBatch } from './prices';
import { batchSchema, type BatchAnswer } from './schemas';

/** Own prices are those of an ordinary request, of which a batch costs half. */
export function createOpenAiBatches(baseUrl: string, ownPrices?: string) {
	const own = readOwnPrices(ownPrices);
	const routes = versionedRoutesAt(baseUrl);
	const pathOf = (batchId: string) => `/batches/${pathSegment(batchId)}`;
	const contentOf = (fileId: string) => routes.get(`/files/${pathSegment(fileId)}/content`);
	return {
		estimate: (request: ImageRequest) => estimateBatch(request, pricesOf(own, request.model)),
		/** Uploads the batch's lines. Input images must have been uploaded before. */
		uploadLines: (entries: BatchEntry[]): HttpRequest => ({
			...routes.post('/files'),
			form: [
				{ name: 'purpose', value: 'batch' },
				{ name: 'file', value: linesOf(entries), fileName: 'batch.jsonl' },
			],
			idempotent: true,
		}),
		/** The reference is the one that all lines share. */
		create: (inputFileId: string, endpoint: string, reference?: string): HttpRequest => ({
			...routes.post(
				'/batches',
				omitEmpty({
					input_file_id: inputFileId,
					endpoint,
					completion_window: '24h',
					metadata: reference && { reference },
				}),
			),
			responseType: 'any',
			namesModel: true,
		}),
		readCreated,
		get: (batchId: string) => routes.get(pathOf(batchId)),
		cancel: (batchId: string) => ({
			...routes.post(`${pathOf(batchId)}/cancel`),
			idempotent: true,
		}),
		read: (answer: HttpAnswer) => parseAnswer(batchSchema, answer, readFailure),
		/** A results file; its pictures go straight into n8n's store. */
		results: (fileId: string): HttpRequest => ({
			...contentOf(fileId),
			base64Fields: ['b64_json'],
			responseType: 'lines',
		}),
		/** Of a batch that is all for one order, lines have the batch's reference. */
		readResults: (answer: HttpAnswer, model: string | undefined, reference?: string) =>
			readResults(answer, model, reference, baseUrl).map(({ task, ...result }) => ({
				...result,
				...(task && { task: repriced(task, own, model, BATCH_PART) }),
			})),
		/** The file that the batch was made of. */
		input: (fileId: string): HttpRequest => ({
			...contentOf(fileId),
			responseType: 'lines',
			keptOfLine: keptOfInput,
		}),
		readInput,
	};
}

export type Batch = BatchAnswer;

/**
 * What a line takes. An edit is JSON there, which has a moderation level and, as far as is documented, no markup.
 * A line can't be made into several, as a request for several SVG can.
 */
export function batchLimitsOf(model: string, outputFormat: string | undefined): ModelLimits {
	const limits = limitsOf(model);
	return {
		...limits,
		extraUses: { input_fidelity: 'edit' },
		markup: undefined,
		...(outputFormat === 'svg' && { counts: [1] }),
	};
}

/** What the whole batch was ordered for, where it says so. */
export function referenceOf({ metadata }: Batch): string | undefined {
	return textOf(fieldsOf(metadata).reference);
}

/** The answer to a create. One that was cut off behind its ID is a batch all the same: it can be looked up. */
function readCreated(answer: HttpAnswer): Batch {
	const id = typeof answer.body === 'string' ? idOf(wholeFields(answer.body).id) : undefined;
	const read = id === undefined ? answer : { ...answer, body: { id } };
	return parseAnswer(batchSchema, read, readFailure);
}
