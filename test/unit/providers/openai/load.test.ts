// Megabytes of anything: every reader comes to an end, whatever it makes of them. A row that grows with the square of
// its length would take hours.
import type { HttpAnswer } from '../../../../providers/contract';
import { ImageFailure } from '../../../../providers/failure';
import { createOpenAiAccount } from '../../../../providers/openai/account';
import { createOpenAiBatches } from '../../../../providers/openai/batches';
import { createOpenAiChat } from '../../../../providers/openai/analyze';
import { readFailure } from '../../../../providers/openai/failures';
import { createOpenAiImages } from '../../../../providers/openai/images';
import { createOpenAiTasks, readFile } from '../../../../providers/openai/tasks';
import { refusalOf } from '../../../../providers/openai/webhooks';
import { answerWith, requestWith } from '../support';

const BASE = 'https://api.openai.com/v1';
const BYTES = 8 * 1024 * 1024;

const images = createOpenAiImages(BASE);
const tasks = createOpenAiTasks(BASE);
const batches = createOpenAiBatches(BASE);
const account = createOpenAiAccount(BASE);

/** The text again and again, up to 8 MB. */
function filledWith(text: string): string {
	return text.repeat(Math.ceil(BYTES / text.length));
}

function nested(depth: number): unknown {
	let value: unknown = [];
	for (let level = 0; level < depth; level++) value = [value];
	return value;
}

const TEXTS: ReadonlyArray<readonly [string, string]> = [
	['one letter', filledWith('a')],
	['spaces', filledWith(' ')],
	['line breaks', filledWith('\n')],
	['brackets', filledWith('[')],
	['braces', filledWith('{')],
	['quotes', filledWith('"')],
	['backslashes', filledWith('\\')],
	['digits', filledWith('7')],
	['names without an end', filledWith('"id":"resp_a')],
	['an id without an end', `{"id":"resp_${filledWith('a')}`],
	['names of lines', filledWith('"custom_id":"')],
	['a name without an end', `"custom_id":"${filledWith('\\"')}`],
	['spaces behind a name', filledWith('"id"    ')],
	['a data URI without a comma', `data:${filledWith('A')}`],
	['data URIs', filledWith('data:image/png;base64,')],
	['events', filledWith('data: {"a":1}\n\n')],
	['events without an end', filledWith('data: ')],
	['events in many lines', filledWith('data:\n')],
	['references', filledWith('stored:abc ')],
	['addresses', filledWith('https://a.test/')],
	['policies', filledWith('content policy must be verified ')],
];

/** What a text is put into. */
const BODIES: ReadonlyArray<readonly [string, (text: string) => unknown]> = [
	['as it is', (text) => text],
	[
		'as an entry',
		(text) => ({ id: 'resp_1', data: [{ url: text, b64_json: text }], images: text }),
	],
	['as an error', (text) => ({ error: { message: text, code: text, type: text, param: text } })],
	['as an output', (text) => ({ id: text, status: text, output: [{ result: text, type: text }] })],
	['as a reply', (text) => ({ choices: [{ message: { content: text, refusal: text } }] })],
	['as a line', (text) => [text, { custom_id: text, response: { body: { data: text } } }]],
];

const READERS: ReadonlyArray<readonly [string, (answer: HttpAnswer) => unknown]> = [
	['images', (answer) => images.readTask(answer, requestWith({}))],
	['a task', (answer) => tasks.readTaskFailure(tasks.readTask(answer))],
	['a failure', (answer) => readFailure({ ...answer, status: 503 })],
	['a file', readFile],
	['a batch', batches.read],
	['a new batch', batches.readCreated],
	['results', (answer) => batches.readResults(answer, 'gpt-image-2')],
	['names', batches.readInput],
	['a reply', createOpenAiChat(BASE).readReply],
	['models', account.readModels],
	['an endpoint', account.readWebhookEndpoint],
];

/** Reads it, or throws a failure of ours; anything else is a defect. */
function read(reader: (answer: HttpAnswer) => unknown, body: unknown): void {
	try {
		reader(answerWith({ body }));
	} catch (error) {
		if (!(error instanceof ImageFailure)) throw error;
	}
}

describe.each(READERS)('%s', (_reader, reader) => {
	test.each(TEXTS)('with 8 MB of %s', (_text, text) => {
		for (const [, put] of BODIES) read(reader, put(text));
	});

	test('with a million entries, and with anything in them', () => {
		const entries = Array.from({ length: 1_000_000 }, (_, index) => [null, 5, {}, 'x'][index % 4]);
		for (const name of ['data', 'images', 'output', 'choices', 'tools', 'errors']) {
			read(reader, { id: 'resp_1', status: 'completed', [name]: entries });
		}
		read(reader, entries);
	});

	test('nested a hundred thousand deep', () => {
		const deep = nested(100_000);
		read(reader, { id: 'resp_1', data: deep, output: deep, choices: deep, error: deep });
		read(reader, deep);
	});
});

test.each(TEXTS)('a delivery with 8 MB of %s', (_text, text) => {
	const headers = { 'webhook-id': 'a', 'webhook-timestamp': '1', 'webhook-signature': text };
	expect(refusalOf({ headers, rawBody: Buffer.from(text) }, 'whsec_c2VjcmV0', 1)).toBeDefined();
});
