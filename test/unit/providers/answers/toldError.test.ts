// The error that an answer tells, in every form in which servers have been seen to write one.
import { toldErrorIn, type ToldError } from '../../../../providers/answers/toldError';

const BAD = 'The size is not known.';

describe('the words are found', () => {
	test.each<[string, unknown, string]>([
		["OpenAI's form", { error: { message: BAD, type: 'x', param: null, code: null } }, BAD],
		['a text as error', { error: BAD }, BAD],
		['a message alone', { message: BAD }, BAD],
		['a message that is a list', { message: [BAD, 'n is too large.'] }, `${BAD}; n is too large.`],
		['a list of errors', { errors: [{ message: BAD }] }, BAD],
		['a list of texts', { errors: [BAD, 'n is too large.'] }, `${BAD}; n is too large.`],
		[
			'errors by field',
			{ errors: { n: ['too large'], size: [BAD] } },
			`n: too large; size: ${BAD}`,
		],
		['detail as a text', { detail: BAD }, BAD],
		[
			"FastAPI's list",
			{
				detail: [
					{ loc: ['body', 'n'], msg: 'must be less than 11', type: 'less_than', input: 12 },
					{ loc: ['body', 'images', 0, 'url'], msg: 'field required', type: 'missing' },
				],
			},
			'n: must be less than 11; images.0.url: field required',
		],
		['detail as an object', { detail: { message: BAD } }, BAD],
		['an error within detail', { detail: { error: { message: BAD } } }, BAD],
		[
			'problem details',
			{ type: 'https://gw.test/p', title: 'Invalid request', detail: BAD, status: 422 },
			`Invalid request: ${BAD}`,
		],
		['a title alone', { type: 'about:blank', title: 'Not Found', status: 404 }, 'Not Found'],
		[
			'a title that the detail repeats',
			{ title: 'Gone', detail: 'Gone since May.' },
			'Gone since May.',
		],
		['the files host of EvoLink', { success: false, code: 400, msg: BAD }, BAD],
		[
			"Fastify's form",
			{ statusCode: 400, error: 'Bad Request', message: BAD },
			`Bad Request: ${BAD}`,
		],
		["Google's form", [{ error: { code: 400, message: BAD, status: 'INVALID_ARGUMENT' } }], BAD],
		["vLLM's form", { object: 'error', message: BAD, type: 'NotFoundError', code: 404 }, BAD],
		[
			'the JSON of another server',
			{ error: { message: `{"error":{"message":"${BAD}","code":"x"}}`, code: 'upstream' } },
			BAD,
		],
		['a message beside an empty error', { error: {}, message: BAD }, BAD],
		['a message beside true', { error: true, message: BAD }, BAD],
	])('in %s', (_form, body, message) => {
		expect(toldErrorIn(body)?.message).toBe(message);
	});
});

describe('what is told beside them is kept', () => {
	test.each<[string, unknown, ToldError]>([
		[
			'code, type, setting and suggestion',
			{ error: { message: BAD, code: 7, type: 't', param: 'size', suggestion: 'Use 1:1.' } },
			{ message: BAD, code: '7', type: 't', param: 'size', suggestion: 'Use 1:1.' },
		],
		['a fallback', { error: { message: BAD, fallback_suggestion: 'X.' } }, { suggestion: 'X.' }],
		['a code alone', { error: { code: 'busy' } }, { code: 'busy' }],
		['a status as code', { error: { code: 429, message: BAD } }, { status: 429 }],
		['a status as text', { error: { code: '503', message: BAD } }, { status: 503 }],
		['a status of its own', { error: { status: 403, code: 'x', message: BAD } }, { status: 403 }],
		['the status of a problem', { title: 'Gone', status: 410 }, { status: 410 }],
		['a code beside the message', { code: 'E_1', message: BAD }, { code: 'E_1', message: BAD }],
		['a code beside the error', { code: 'E_1', error: BAD }, { code: 'E_1', message: BAD }],
	])('%s', (_rule, body, told) => {
		expect(toldErrorIn(body)).toMatchObject(told);
	});
});

test.each<[string, unknown]>([
	['an empty object', {}],
	['null as error', { error: null, errors: [], detail: null, message: '' }],
	['numbers', { error: 1, detail: 2 }],
	['that all is well', { success: true, message: 'File uploaded.' }],
	['that all is well, by its code', { code: 200, msg: 'success', data: null }],
	['that all is well, in words', { message: 'success' }],
	['a task', { id: 'task-1', status: 'pending' }],
	['text', 'error'],
	['nothing', undefined],
	['an empty list', []],
])('no error is told by %s', (_rule, body) => {
	expect(toldErrorIn(body)).toBeUndefined();
});

test('an error within errors without end is read as far as any goes', () => {
	const body = { error: {} };
	let place: Record<string, unknown> = body.error;
	for (let level = 0; level < 10_000; level++) {
		const next = {};
		place.error = next;
		place = next;
	}
	place.message = BAD;
	expect(toldErrorIn(body)).toBeUndefined();
});
