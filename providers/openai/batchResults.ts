// The lines that come back of a batch, and what each of them had asked for: read one by one, so that none takes others with it.
import { wholeFields } from '../answers/cutJson';
import { fieldsOf, idOf, itemsOf, textOf } from '../answers/loose';
import type { ErrorDetails } from '../answers/openAiShapes';
import { ownDollars } from '../answers/ownDollars';
import type { HttpAnswer, ImageTask } from '../contract';
import type { FailureDetails } from '../failure';
import { neverRunOr } from './batchFailures';
import { namesIn, type LineNames } from './batchLines';
import {
	errorIn,
	failureWithoutStatus,
	lineFailure,
	lineWithoutImage,
	readFailure,
	unreadableLine,
	wordsIn,
} from './failures';
import { imagesTask } from './images';
import { costOfUsage } from './prices';
import { usageOf } from './schemas';

/** One line of the results: its images as a task, or why there are none or not all. */
export interface BatchResult extends LineNames {
	task?: ImageTask;
	failure?: FailureDetails;
}

/** What a line asks for. */
export type AskedLine = NonNullable<ImageTask['asked']> & Pick<LineNames, 'orderReference'>;

/** The lines of a results file or an error file. A line that can't be read is a failure of its own. */
export function readResults(
	answer: HttpAnswer,
	model: string | undefined,
	reference: string | undefined,
	baseUrl: string,
): BatchResult[] {
	if (!Array.isArray(answer.body)) throw readFailure(answer);
	return answer.body.map((given: unknown, index): BatchResult => {
		const line = typeof given === 'string' ? parsedLine(given) : given;
		const name = customIdOf(line) ?? `line ${index + 1}`;
		return { ...namesIn(name, reference), ...readLine(answer, line, model, baseUrl) };
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
	const { task, errors, hasPlace } = taskOf(answer, body, model, baseUrl);
	if (task.images.length > 0) {
		const { unread = 0, ...read } = task;
		if (errors[0]) return { task: read, failure: lineFailure(errors[0], undefined) };
		const isPartly = unread > 0 || typeof line === 'string';
		return { task: read, ...(isPartly && { failure: unreadableLine(line, true) }) };
	}
	const error = errorIn(line);
	if (error) return { failure: neverRunOr(lineFailure(error, undefined)) };
	const status = Number(response.status_code ?? Number.NaN);
	const told = wordsIn(body) ?? errors[0];
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
): { task: ImageTask; errors: ErrorDetails[]; hasPlace: boolean } {
	const { task, errors, hasPlace } = imagesTask({ ...answer, body }, undefined, baseUrl);
	const usage = usageOf(task.usage);
	const cost = costOfUsage(model, usage, true) ?? ownDollars(task.usage);
	return { task: { ...task, model, cost }, errors, hasPlace };
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

/** The names of so many rows without a line: undefined where it can't be told which of the batch's rows they are. */
export function missingNames(
	missing: number,
	wanted: string[],
	results: BatchResult[],
): string[] | undefined {
	const arrived = new Set(results.map(({ customId }) => customId));
	const names = wanted.filter((name) => !arrived.has(name));
	return names.length === missing ? names : undefined;
}

/** What is needed of a line of the file that a batch was made of: there may be 50,000. Undefined where it has no name. */
export function keptOfInput(line: unknown): object | undefined {
	const name = customIdOf(line);
	const { count, size, prompt } = askedIn(fieldsOf(line).body);
	return name === undefined ? undefined : { custom_id: name, body: { n: count, size, prompt } };
}

/** What the lines of a batch ask for, by their names, from the file that it was made of. */
export function readInput({ body }: HttpAnswer, reference?: string): Map<string, AskedLine> {
	const lines = itemsOf(body).flatMap((line): Array<[string, AskedLine]> => {
		const name = customIdOf(line);
		if (name === undefined) return [];
		const { customId, orderReference } = namesIn(name, reference);
		return [[customId, { ...askedIn(fieldsOf(line).body), orderReference }]];
	});
	return new Map(lines);
}

function askedIn(body: unknown): AskedLine {
	const { n, size, prompt } = fieldsOf(body);
	return {
		count: typeof n === 'number' ? n : undefined,
		size: textOf(size),
		prompt: textOf(prompt),
	};
}
