// What an answer without what was asked for is said to be, by a table of rules or by its status.
import type { HttpAnswer } from '../../../../providers/contract';
import type { FailureDetails } from '../../../../providers/failure';
import { failureByRules } from '../../../../providers/answers/answerFailure';
import { type FailureRule, usualRules } from '../../../../providers/answers/failureRules';
import type { ToldError } from '../../../../providers/answers/toldError';
import { answerWith } from '../support';

/** What a refused request is said to be, by these rules. */
const failed = (
	error: ToldError | undefined,
	{ status = 400, rules = [], ...parts }: Partial<HttpAnswer> & { rules?: FailureRule[] } = {},
): FailureDetails => failureByRules('X', rules, answerWith({ status, ...parts }), error).details;

describe('where no rule fits, the status decides', () => {
	const DOWN = 'The service has a problem right now. Try again in a few minutes.';
	const CHECK = 'Check the settings and the Base URL in the credential.';

	test.each([
		[200, 'unreadableAnswer', CHECK],
		[299, 'unreadableAnswer', CHECK],
		[300, 'badRequest', CHECK],
		[404, 'badRequest', CHECK],
		[407, 'badRequest', CHECK],
		[408, 'providerDown', DOWN],
		[425, 'providerDown', DOWN],
		[498, 'badRequest', CHECK],
		[499, 'providerDown', DOWN],
		[500, 'providerDown', DOWN],
		[524, 'providerDown', DOWN],
	])('%i is %s', (status, kind, advice) => {
		expect(failed({ message: 'No.' }, { status })).toMatchObject({ kind, advice, status });
	});
});

describe('an error under 2xx has the status that it names', () => {
	test.each<[number, ToldError, number]>([
		[200, { status: 503 }, 503],
		[200, { status: 503, code: 'rate_limit' }, 503],
		[200, { code: 'rate_limit_exceeded' }, 429],
		[200, { code: 'RateLimit' }, 429],
		[200, { code: 'too_many_requests' }, 429],
		[200, { type: 'TooManyRequests' }, 429],
		[200, { type: 'insufficient_quota' }, 429],
		[200, { type: 'RESOURCE_EXHAUSTED' }, 429],
		[200, { type: 'ResourceExhausted' }, 429],
		[200, { type: 'image_generation_user_error' }, 400],
		[200, { type: 'invalid_request_error' }, 400],
		[299, { type: 'invalid_request_error' }, 400],
		[202, { code: 'busy' }, 202],
		[200, {}, 200],
		[300, { status: 503, code: 'rate_limit' }, 300],
		[500, { status: 400, type: 'invalid_request_error' }, 500],
	])('%i with %j is %i', (answered, error, status) => {
		expect(failed(error, { status: answered }).status).toBe(status);
	});
});

describe('what a failure tells', () => {
	it('is all that the answer tells beside the error', () => {
		const headers = { 'x-request-id': 'r-1', 'retry-after': '7', 'x-should-retry': 'false' };
		const rules: FailureRule[] = [
			{ kind: 'conflict', status: 409, advice: 'Wait.', notTaken: true, keyTaken: false },
		];
		const error = { message: 'Busy.', code: 'busy', suggestion: 'Wait a minute.' };
		expect(failed(error, { status: 409, headers, rules, body: { error } })).toEqual({
			kind: 'conflict',
			message: 'X: Busy.',
			advice: 'Wait. X suggests: Wait a minute.',
			status: 409,
			code: 'busy',
			requestId: 'r-1',
			retryAfterSeconds: 7,
			shouldRetry: false,
			notTaken: true,
			keyTaken: false,
			excerpt: undefined,
		});
	});

	test.each<[string, unknown, string, string]>([
		['data', { id: 5 }, 'X answered with an error without a message (HTTP 502).', '{"id":5}'],
		['a web page', '<html>', 'X answered with a web page instead of data (HTTP 502).', '<html>'],
		['nothing', '', 'X answered with an error without a message (HTTP 502).', ''],
	])(
		'is how the answer begins where it is %s without an error',
		(_what, body, message, excerpt) => {
			expect(failed(undefined, { status: 502, body })).toMatchObject({ message, excerpt });
		},
	);

	it('is that there was no message where there is only a code', () => {
		expect(failed({ code: 'busy' }, { body: { id: 5 } })).toMatchObject({
			message: 'X answered with an error without a message (HTTP 400).',
			code: 'busy',
			excerpt: undefined,
		});
	});

	test.each<[string, ToldError, string]>([
		['a field', { message: 'Not this.', param: 'n' }, 'X: Not this. (setting: Number of Images)'],
		['a setting without a field', { message: 'No.', param: 'seed' }, 'X: No. (setting: seed)'],
		['a setting that the message names', { message: 'No size.', param: 'size' }, 'X: No size.'],
		['no setting in the tool', { message: 'No.', param: 'tools[0]' }, 'X: No.'],
		['no setting', { message: 'No.' }, 'X: No.'],
		[
			'a setting of any length',
			{ message: 'No.', param: 'p'.repeat(201) },
			`X: No. (setting: ${'p'.repeat(199)}…)`,
		],
		['a message of any length', { message: 'm'.repeat(2000) }, `X: ${'m'.repeat(499)}…`],
	])('names %s', (_what, error, message) => {
		expect(failed(error).message).toBe(message);
	});

	it('has codes and suggestions of any length as far as anybody reads them', () => {
		const error = { code: 'c'.repeat(201), suggestion: 's'.repeat(501) };
		expect(failed(error)).toMatchObject({
			code: `${'c'.repeat(199)}…`,
			advice: `Check the settings and the Base URL in the credential. X suggests: ${'s'.repeat(499)}…`,
		});
	});
});

describe('whether a rule fits', () => {
	const rule = (parts: Partial<FailureRule>): FailureRule => ({
		kind: 'conflict',
		advice: 'Wait.',
		...parts,
	});

	test.each<[boolean, string, Partial<FailureRule>, ToldError | undefined]>([
		[true, 'anything', {}, undefined],
		[true, 'its status', { status: 400 }, {}],
		[true, 'one of its statuses', { status: [400, 404] }, {}],
		[false, 'no other status', { status: [404, 409] }, {}],
		[true, 'its code', { code: /busy/ }, { code: 'busy' }],
		[true, 'a type, where the code is a number', { code: /busy/ }, { code: '17', type: 'busy' }],
		[false, 'no type beside another code', { code: /busy/ }, { code: 'x', type: 'busy' }],
		[false, 'no code', { code: /busy/ }, undefined],
		[true, 'its words', { message: /busy/ }, { message: 'Too busy.' }],
		[true, 'words that it judges', { message: (text) => text.length > 3 }, { message: 'Busy' }],
		[false, 'no words that it judges', { message: (text) => text.length > 3 }, { message: 'No.' }],
		[false, 'no words far behind', { message: /busy/ }, { message: `${' '.repeat(1000)}busy` }],
		[false, 'no words', { message: /busy/ }, undefined],
		[false, 'no other words', { status: 400, message: /busy/ }, { message: 'No.' }],
		[true, 'a refusal', { isRefusal: true }, { code: 'content_filter' }],
		[false, 'no refusal', { isRefusal: true }, { code: 'busy' }],
	])('is %s for %s', (expected, _what, parts, error) => {
		expect(failed(error, { rules: [rule(parts)] }).kind === 'conflict').toBe(expected);
	});

	it('counts only for the first that does', () => {
		const rules = [rule({ advice: 'First.' }), rule({ advice: 'Second.' })];
		expect(failed({}, { rules }).advice).toBe('First.');
	});
});

test.each([
	[200, true],
	[400, true],
	[403, true],
	[422, true],
	[451, true],
	[404, false],
	[429, false],
	[500, false],
])('whether words alone tell a refusal under %i: %s', (status, expected) => {
	const rules = usualRules({ auth: '', balance: '', forbidden: '', modelGone: '', notFound: '' });
	const inWords = failed({ message: 'Blocked by our safety system.' }, { status, rules });
	expect(inWords.kind === 'moderation').toBe(expected);
	expect(failed({ code: 'content_filter' }, { status, rules }).kind).toBe('moderation');
});
