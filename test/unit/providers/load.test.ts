// Every reader of what EvoLink and Core.Today answer finishes on eight megabytes of anything.
import {
	excerptOf,
	isWebPage,
	requestIdOf,
	retryAfterOf,
	unreadable,
} from '../../../providers/answers/parseAnswer';
import type { HttpAnswer, ImageTask } from '../../../providers/contract';
import { createCoreToday } from '../../../providers/coretoday';
import { wholeFields } from '../../../providers/answers/cutJson';
import { createEvoLink } from '../../../providers/evolink';
import { ImageFailure } from '../../../providers/failure';
import { errorSchema, modelListSchema } from '../../../providers/answers/openAiShapes';
import { omitPictures } from '../../../providers/answers/rawData';
import { resolveUrl } from '../../../providers/requests/url';
import { answerWith, imageWith } from './support';

const SIZE = 8_000_000;
const API = 'https://api.test';
const evoLink = createEvoLink({ baseUrl: API, filesBaseUrl: API });
const coreToday = createCoreToday(API, 'storage');

const filled = (piece: string) => piece.repeat(Math.ceil(SIZE / piece.length));
function nested(levels: number): unknown {
	let value: unknown = 'deep';
	for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { url: value };
	return value;
}

/** Texts that make a careless pattern go over them again and again. */
const TEXTS: Array<[string, string]> = [
	['one letter', filled('a')],
	['spaces', filled(' ')],
	['insufficient', filled('insufficient ')],
	['model', filled('model ')],
	['model prediction', filled('model prediction ')],
	['prediction model', filled('prediction models ')],
	['quotes', filled('"')],
	['backslashes', filled('\\')],
	['an open text', `{"${filled('a\\"')}`],
	['brackets', filled('[')],
	['braces', filled('{"a":')],
	['slashes', filled('/')],
	['data URIs', filled('data:image/png;base64,AAAA ')],
	['a data URI', `data:image/png;base64,${filled('AAAA')}`],
	['data: without a comma', `data:${filled('AAAA')}`],
	['tags', filled('<')],
	['lone surrogates', filled('\ud800')],
];

/** Data of about so many bytes. */
const dataOf = (bytes: number): Array<[string, unknown]> => [
	['a list of numbers', Array.from({ length: bytes / 2 }, (_, index) => index % 10)],
	['a list of nothing', Array.from({ length: bytes / 5 }, () => null)],
	['a list of objects', Array.from({ length: bytes / 25 }, () => ({ url: 5, msg: 5, id: {} }))],
	['a list of links', Array.from({ length: bytes / 30 }, (_, i) => `https://a.test/${i}`)],
	['many fields', Object.fromEntries(Array.from({ length: bytes / 15 }, (_, i) => [`f${i}`, {}]))],
	['a deep value', nested(bytes / 10)],
];

/** The same value wherever one of the readers looks, but where it says what the answer is. */
function everywhere(value: unknown): Record<string, unknown> {
	const names = [
		...['results', 'result_data', 'output', 'result', 'public_url', 'model', 'usage', 'metrics'],
		...['error', 'detail', 'message', 'msg', 'code', 'created', 'created_at', 'input', 'total'],
		...['data', 'tasks', 'upload_fields'],
	];
	return Object.fromEntries(names.map((name) => [name, value]));
}

/** Every reader, on one answer. */
function readAll(answer: HttpAnswer): void {
	const tasks: ImageTask[] = [];
	const readers: Array<() => unknown> = [
		() => tasks.push(evoLink.readTask(answer)),
		() => evoLink.pollMany.read(answer),
		() => evoLink.readTaskPage(answer),
		() => evoLink.readCallback(answer.body),
		() => evoLink.readFailure(answer),
		() => evoLink.readUpload(answer),
		() => evoLink.readBalance(answer),
		() => evoLink.readModels(answer),
		() => tasks.push(coreToday.readTask(answer)),
		() => coreToday.readFailure(answer),
		() => coreToday.readCallback(answer.body),
		() => coreToday.upload.follow(answer, imageWith('data')),
		() => coreToday.upload.read(answer),
		() => errorSchema.safeParse(answer.body),
		() => modelListSchema.safeParse(answer.body),
		() => unreadable(answer, 'EvoLink'),
		() => excerptOf(answer.body),
		() => isWebPage(answer.body),
		() => requestIdOf(answer),
		() => retryAfterOf(answer),
		() => tasks.flatMap((task) => [evoLink.readTaskFailure(task), coreToday.readTaskFailure(task)]),
	];
	for (const read of readers) {
		try {
			read();
		} catch (error) {
			// A failure that says what was met; nothing else may come out of a reader.
			if (!(error instanceof ImageFailure)) throw error;
			expect(error.message.length).toBeLessThan(1000);
			expect(error.details.advice.length).toBeLessThan(1500);
		}
	}
}

test.each(TEXTS)('as a body: %s', (_text, body) => {
	for (const status of [200, 404, 500]) readAll(answerWith({ status, body }));
	wholeFields(body);
	resolveUrl(API, body);
});

test.each([...TEXTS, ...dataOf(SIZE / 20)])('in every field: %s', (_value, value) => {
	const id = { id: 'task-1', job_id: 'job-1' };
	readAll(answerWith({ status: 404, body: everywhere(value) }));
	readAll(answerWith({ body: { ...everywhere(value), ...id, status: 'completed' } }));
	readAll(answerWith({ body: { ...everywhere(value), ...id, status: 'failed' } }));
	readAll(answerWith({ body: { id: value, job_id: value, status: value } }));
});

test.each([...TEXTS, ...dataOf(SIZE / 6)])('within an error: %s', (_value, value) => {
	const names = ['message', 'code', 'param', 'suggestion', 'msg', 'moderation_details'];
	const error = Object.fromEntries(names.map((name) => [name, value]));
	readAll(answerWith({ status: 400, body: { error, detail: [error] } }));
	readAll(answerWith({ body: { success: false, ...error } }));
});

test.each(dataOf(SIZE))('as a whole body: %s', (_value, body) => {
	readAll(answerWith({ body }));
	omitPictures(body);
});
