// The error that an answer tells, in every form in which servers have been seen to write one.
import {
	errorOf,
	nameOfError,
	toldErrorIn,
	type ToldError,
} from '../../../../providers/answers/toldError';

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
		['msg within an error', { error: { msg: BAD } }, BAD],
		['detail within an error', { error: { detail: BAD } }, BAD],
		['a description', { error: { description: BAD } }, BAD],
		['a title within an error', { error: { title: BAD } }, BAD],
		['a reason', { error: { reason: BAD } }, BAD],
		['the first of several', { error: { reason: 'Never.', msg: 'No.', message: BAD } }, BAD],
		['the next where the first has none', { error: { message: '', detail: BAD } }, BAD],
		['error_description', { error_description: BAD }, BAD],
		['a message before msg', { message: BAD, msg: 'No.', error_description: 'Never.' }, BAD],
		['an error before errors', { error: BAD, errors: ['No.'], detail: 'Never.' }, BAD],
		['errors before a detail', { errors: [BAD], detail: 'No.' }, BAD],
		['a list of objects as text and else', { errors: [{ msg: BAD }, 5, {}] }, BAD],
		[
			'the first five of many problems',
			{ errors: ['a', 'b', 'c', 'd', 'e', 'f'] },
			'a; b; c; d; e',
		],
		[
			'the first five of many fields',
			{ errors: Object.fromEntries([...'abcdef'].map((name) => [name, ['bad']])) },
			'a: bad; b: bad; c: bad; d: bad; e: bad',
		],
		['fields until one is none', { errors: { a: ['bad'], b: 5, c: ['bad'] } }, 'a: bad'],
		[
			'a place in a query, a path and a header',
			{
				detail: ['query', 'path', 'header'].map((place) => ({ loc: [place, 'x'], msg: 'bad' })),
			},
			'x: bad; x: bad; x: bad',
		],
		['a place that is all there is', { detail: [{ loc: ['body'], msg: BAD }] }, BAD],
		['a place in what is no list', { detail: [{ loc: 'body', msg: BAD }] }, BAD],
		[
			'a place with what is no name',
			{ detail: [{ loc: ['body', null, 'n'], msg: 'bad' }] },
			'n: bad',
		],
		['three levels', { error: { error: { error: { message: BAD } } } }, BAD],
		[
			'a heading with a colon',
			{ title: 'Invalid request:', detail: BAD },
			`Invalid request: ${BAD}`,
		],
		['a heading with a point', { title: 'Invalid.', detail: BAD }, `Invalid: ${BAD}`],
		['an error beside the same words', { error: BAD, message: BAD }, BAD],
		['an error as object beside other words', { error: { message: BAD }, message: 'No.' }, BAD],
		['a text that only looks like JSON', { error: `{${BAD}` }, `{${BAD}`],
		['the JSON of another server, without a name', { error: `{"message":"${BAD}"}` }, BAD],
		[
			'a message beside the JSON of another server that has only a code',
			{ error: '{"code":"x"}', message: BAD },
			BAD,
		],
		['JSON that tells no error', { error: '{"id":5}' }, '{"id":5}'],
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
		['a status as status_code', { error: { status_code: 418, message: BAD } }, { status: 418 }],
		['a status as statusCode', { error: { statusCode: 418, message: BAD } }, { status: 418 }],
		[
			'the first of several',
			{ error: { code: 404, statusCode: 403, status_code: 402, status: 401 } },
			{ status: 401 },
		],
		['the lowest status', { error: { status: 400, message: BAD } }, { status: 400 }],
		['no lower one', { error: { status: 399, message: BAD } }, { status: undefined }],
		['the highest status', { error: { status: 599, message: BAD } }, { status: 599 }],
		['no higher one', { error: { status: 600, message: BAD } }, { status: undefined }],
		[
			'the status of an inner error',
			{ error: { error: { status: 402, msg: BAD } } },
			{ status: 402 },
		],
		['the status beside an error', { status: 402, error: BAD }, { status: 402, message: BAD }],
		['the status beside a message', { status: 402, message: BAD }, { status: 402, message: BAD }],
		[
			'the status in an error before that beside it',
			{ status: 402, error: { status: 403, message: BAD } },
			{ status: 403 },
		],
		['a type alone', { error: { type: 'busy' } }, { type: 'busy', message: undefined }],
		[
			'code, type and setting of an inner error',
			{ error: { error: { message: BAD, code: 'c', type: 't', param: 'size' } } },
			{ message: BAD, code: 'c', type: 't', param: 'size' },
		],
		[
			'those of the outer one before them',
			{
				error: {
					error: { message: BAD, code: 'c', type: 't', param: 'size' },
					code: 'C',
					type: 'T',
					param: 0,
				},
			},
			{ message: BAD, code: 'C', type: 'T', param: '0' },
		],
		[
			'a suggestion before a fallback',
			{ error: { message: BAD, suggestion: 'Use 1:1.', fallback_suggestion: 'X.' } },
			{ suggestion: 'Use 1:1.' },
		],
		[
			'the error itself',
			{ error: { message: BAD, hint: 7 } },
			{ details: { message: BAD, hint: 7 } },
		],
		[
			'the code of another server',
			{ error: `{"error":{"message":"${BAD}","code":"x"}}` },
			{ message: BAD, code: 'x' },
		],
		['no code that means that all is well', { code: 200, error: BAD }, { code: undefined }],
		[
			'a code of an error before that beside it',
			{ code: 'E', error: { code: 'x' } },
			{ code: 'x' },
		],
		[
			'a code of a problem with a detail as object',
			{ title: 'Gone', detail: { message: BAD, code: 'x' } },
			{ message: `Gone: ${BAD}`, code: 'x' },
		],
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
	...[0, '0', 201, '204', 'success', 'SUCCEEDED', 'ok'].map((code): [string, unknown] => [
		`the code ${code}`,
		{ code, message: 'Uploaded.' },
	]),
	['that all is well, as message, with another code', { code: 'x', message: 'OK' }],
	['a task', { id: 'task-1', status: 'pending' }],
	['text', 'error'],
	['nothing', undefined],
	['an empty list', []],
])('no error is told by %s', (_rule, body) => {
	expect(toldErrorIn(body)).toBeUndefined();
});

test.each<[string, unknown]>([
	['a code that only begins with 2', { code: 2000, message: BAD }],
	['a code that only begins well', { code: 'ok_but', message: BAD }],
	['a code that only ends well', { code: 'not_ok', message: BAD }],
	['success that is false', { success: false, message: BAD }],
	['success as a word', { success: 'yes', message: BAD }],
])('an error is told by a message beside %s', (_rule, body) => {
	expect(toldErrorIn(body)?.message).toBe(BAD);
});

test.each<[string, Parameters<typeof nameOfError>[0], string | undefined]>([
	['its code', { code: 'busy', type: 't' }, 'busy'],
	['its type where the code is a number', { code: '429', type: 't' }, 't'],
	['its type where the code is below zero', { code: '-1', type: 't' }, 't'],
	['its type where there is no code', { code: null, type: 't' }, 't'],
	['a number where there is no type', { code: '429', type: '' }, '429'],
	['a code with a number in it', { code: 'e_17', type: 't' }, 'e_17'],
	['a code that begins with a number', { code: '17_e', type: 't' }, '17_e'],
	['nothing', { code: '', type: null }, undefined],
])('an error is called by %s', (_rule, error, name) => {
	expect(nameOfError(error)).toBe(name);
});

test.each<[string, unknown, ToldError | undefined]>([
	['a text', BAD, { message: BAD }],
	['a list of nothing', [], undefined],
	['a list without words', [5, {}, null], undefined],
	['an empty object', {}, undefined],
	['a number', 5, undefined],
])('the error under a name of its own: %s', (_form, value, told) => {
	expect(errorOf(value)).toEqual(told);
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
