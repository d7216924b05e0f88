// Why a task ended without images, and what a refusal means, said the same way for every provider.
import type { HttpAnswer, ImageTask } from '../../../../providers/contract';
import type { FailureDetails } from '../../../../providers/failure';
import {
	BAD_KEY,
	failureByRules,
	KEY_LIMIT,
	NO_BALANCE,
	NO_CHANNEL,
	NO_SUCH_MODEL,
	RATE_LIMIT,
	type FailureRule,
	taskFailure,
	usualRules,
} from '../../../../providers/answers/failureRules';
import { toldErrorIn, type ToldError } from '../../../../providers/answers/toldError';
import { answerWith } from '../support';

const REFUSED_AGAIN =
	'Change the Prompt or the input images: sent again unchanged, they will be refused again.';
const END: Parameters<typeof taskFailure>[2] = { isRefused: false, ifFailed: 'Run this again.' };

const ended = (parts: Partial<ImageTask>): ImageTask => ({
	id: 'task-1',
	status: 'failed',
	images: [],
	raw: {},
	...parts,
});

test.each<[string, Partial<ImageTask>, Partial<typeof END>, Partial<FailureDetails>]>([
	[
		'it failed, with a code and a reason',
		{ failure: { code: 'busy', message: 'Too busy.' } },
		{},
		{
			kind: 'taskFailed',
			message: 'EvoLink: Too busy.',
			advice: 'Run this again.',
			code: 'busy',
			taskId: 'task-1',
		},
	],
	[
		'it failed, and no code was told',
		{ failure: { code: 'unknown', message: 'Too busy.' } },
		{},
		{ message: 'EvoLink: Too busy.', code: undefined },
	],
	[
		'it failed, in words that name the provider already',
		{ failure: { code: 'busy', message: 'EvoLink is too busy.' } },
		{},
		{ message: 'EvoLink is too busy.' },
	],
	['it failed without a word', {}, {}, { message: 'EvoLink: no image was made.', code: undefined }],
	[
		'its content was refused',
		{ failure: { code: 'safety', message: 'Not this.' } },
		{ isRefused: true },
		{ kind: 'moderation', message: 'EvoLink: Not this.', advice: REFUSED_AGAIN, code: 'safety' },
	],
	[
		'it was cancelled',
		{ status: 'cancelled' },
		{},
		{
			kind: 'taskFailed',
			message: 'EvoLink: the task was cancelled before any image was made.',
			advice: 'Run this again to start a new one.',
			taskId: 'task-1',
		},
	],
	[
		'its content was refused, as its code says',
		{ failure: { code: 'content_filter', message: 'No.' } },
		{ isRefused: undefined },
		{ kind: 'moderation', advice: REFUSED_AGAIN },
	],
	[
		'it failed, with a code that is no refusal',
		{ failure: { code: 'busy', message: 'No.' } },
		{ isRefused: undefined },
		{ kind: 'taskFailed', advice: 'Run this again.' },
	],
	[
		'it failed without a word, and nobody knows more',
		{},
		{ isRefused: undefined },
		{ kind: 'taskFailed' },
	],
	[
		'it failed, with a code of any length',
		{ failure: { code: 'c'.repeat(201), message: 'No.' } },
		{},
		{ code: 'c'.repeat(200) },
	],
	[
		'it failed, with a message of any length',
		{ failure: { code: 'busy', message: 'm'.repeat(600) } },
		{},
		{ message: `EvoLink: ${'m'.repeat(490)}…` },
	],
	[
		'it was cancelled, with a code',
		{ status: 'cancelled', failure: { code: 'x', message: 'y' } },
		{},
		{ message: 'EvoLink: the task was cancelled before any image was made.' },
	],
	['it has no id', { id: '' }, {}, { taskId: undefined }],
	['it was cancelled and has no id', { id: '', status: 'cancelled' }, {}, { taskId: undefined }],
])('%s', (_rule, task, end, expected) => {
	expect(taskFailure('EvoLink', ended(task), { ...END, ...end }).details).toMatchObject(expected);
});

test.each<[string, Partial<typeof END>, Partial<FailureDetails>]>([
	[
		'what it suggests',
		{ suggestion: 'Use 1:1.' },
		{ advice: 'Run this again. EvoLink suggests: Use 1:1.' },
	],
	[
		'what it suggests about a refusal',
		{ isRefused: true, suggestion: 'Use 1:1.' },
		{ advice: `${REFUSED_AGAIN} EvoLink suggests: Use 1:1.` },
	],
	['that it takes nothing for it', { isFree: true }, { mayBeCharged: false }],
])('a provider may say of a failed task %s', (_what, end, expected) => {
	const task = ended({ failure: { code: 'busy', message: 'Too busy.' } });
	expect(taskFailure('EvoLink', task, { ...END, ...end }).details).toMatchObject(expected);
	expect(taskFailure('EvoLink', task, END).details).not.toHaveProperty('mayBeCharged');
});

test('a provider may say more about the charge of a cancelled task', () => {
	const end = { ...END, ifCancelled: 'See whether it was charged.' };
	const { details } = taskFailure('EvoLink', ended({ status: 'cancelled' }), end);
	expect(details.advice).toBe('See whether it was charged.');
});

describe('the usual rules', () => {
	const kinds = ['auth', 'balance', 'forbidden', 'modelGone', 'notFound', 'badRequest'] as const;
	const advice = Object.fromEntries(kinds.map((kind) => [kind, `Mend ${kind}.`]));
	const rules = usualRules(advice as Record<(typeof kinds)[number], string>, [
		{ kind: 'outcomeUnknown', status: 404, code: /lost/, advice: 'Look.' },
		{ kind: 'forbidden', code: /lost|token_quota/, advice: 'Ask.' },
	]);
	const detailsOf = (status: number, error: object) => {
		const answer = answerWith({ status, body: { error } });
		return failureByRules('X', rules, answer, toldErrorIn(answer.body)).details;
	};

	test.each([
		['auth', 401, {}],
		['balance', 402, {}],
		['balance', 400, { code: 'insufficient_credit' }],
		['forbidden', 403, {}],
		['modelGone', 404, { message: 'The model x does not exist' }],
		['modelGone', 400, { message: 'The model x does not exist' }],
		['badRequest', 415, {}],
		['badRequest', 422, {}],
	])('say what to do about %s under %i', (kind, status, error) => {
		const told = detailsOf(status, { message: 'No.', ...error });
		expect(told).toMatchObject({ kind, advice: `Mend ${kind}.` });
	});

	it('tell an ID that is unknown from an order that led nowhere', () => {
		const told = (namesModel?: true) =>
			failureByRules('X', rules, answerWith({ status: 404, namesModel }), {}).details;
		expect(told()).toMatchObject({ kind: 'notFound', advice: 'Mend notFound.' });
		const advice = 'Check the Base URL in the credential, and the Model.';
		expect(told(true)).toMatchObject({ kind: 'notFound', advice });
	});

	it("have a provider's own before what fits the same status, and behind what says it of a key", () => {
		expect(detailsOf(404, { message: 'No.', code: 'lost' }).kind).toBe('outcomeUnknown');
		expect(detailsOf(401, { message: 'No.', code: 'lost' }).kind).toBe('forbidden');
		expect(detailsOf(403, { message: 'No.', code: 'token_quota' }).kind).toBe('balance');
	});
});

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

test('the usual rules say the same advice everywhere where no provider has its own', () => {
	const rules = usualRules({ auth: '', balance: '', forbidden: '', modelGone: '', notFound: '' });
	const adviceOf = (status: number, code = '') => failed({ code }, { status, rules }).advice;
	expect(adviceOf(400, 'no_such_size')).toBe('Change the named setting and run this again.');
	expect(adviceOf(400)).toMatch(/^No reason was given\. /);
	expect(adviceOf(400, 'content_filter')).toBe(REFUSED_AGAIN);
	expect(adviceOf(413)).toBe('Use smaller files.');
	expect(adviceOf(429)).toBe(
		'Too many requests in a short time. Lower Concurrency in the Options, or run this again a little later.',
	);
	expect(adviceOf(503, 'no_available_channel')).toBe(
		'Nobody serves this model there at this moment. Try again in a minute, or choose another model.',
	);
	expect(adviceOf(403, 'key_quota_exhausted')).toBe(
		"This API Key has used up its own limit, whatever your balance is. Raise the key's limit in your account, wait until it begins anew, or use another key in the credential.",
	);
	expect(RATE_LIMIT.kind).toBe('rateLimit');
	expect(failed({ code: 'NO_AVAILABLE_CHANNEL' }, { status: 503, rules }).notTaken).toBe(true);
});

test.each<[string, RegExp | undefined, string, boolean]>([
	["a key's own limit", KEY_LIMIT.code, 'KEY_QUOTA', true],
	["a key's own limit of tokens", KEY_LIMIT.code, 'token_quota_used', true],
	["a key's own limit of a day", KEY_LIMIT.code, 'token_daily_quota', true],
	["no key's limit", KEY_LIMIT.code, 'insufficient_quota', false],
	['an empty account', NO_BALANCE, 'INSUFFICIENT_CREDITS', true],
	["a user's empty account", NO_BALANCE, 'insufficient_user_quota', true],
	['an empty balance', NO_BALANCE, 'insufficient_balance', true],
	['no empty account', NO_BALANCE, 'insufficient_permissions', false],
	['a model that nobody serves', NO_CHANNEL.code, 'no_available_channel', true],
	['a wrong key', BAD_KEY, 'API key not valid. Pass a valid one.', true],
	['a wrong key, in other words', BAD_KEY, 'Your api key is invalid', true],
	['a key that has expired', BAD_KEY, 'API key expired.', true],
	['no wrong key', BAD_KEY, 'API key is not allowed here', false],
	['a model that is not there', NO_SUCH_MODEL, 'The model `x` does not exist', true],
	["a model that isn't there", NO_SUCH_MODEL, "Model x doesn't exist", true],
	[
		'a model that this key may not use',
		NO_SUCH_MODEL,
		'You do not have access to the model x or the model x is not found',
		true,
	],
	[
		'a model without access',
		NO_SUCH_MODEL,
		'Project a does not have access to model; the model does not have access',
		true,
	],
	[
		'a model that this project can not use',
		NO_SUCH_MODEL,
		'The model x: you do not have access to it',
		true,
	],
	['a model that was shut down', NO_SUCH_MODEL, 'This model has been shut down', true],
	['a model that was deprecated', NO_SUCH_MODEL, 'This model has been deprecated', true],
	['a model that was retired', NO_SUCH_MODEL, 'The model x has been retired.', true],
	['a model that was removed', NO_SUCH_MODEL, 'the model\nx\nhas been removed', true],
	['a model that is deprecated', NO_SUCH_MODEL, 'Model x is deprecated', true],
	['a model that is gone', NO_SUCH_MODEL, 'Model x is no longer available', true],
	['several models', NO_SUCH_MODEL, 'Models were not found', false],
	['a task of a model', NO_SUCH_MODEL, 'The task of this model was not found', false],
	["a model's task", NO_SUCH_MODEL, "The model's task does not exist", false],
	["a model's file", NO_SUCH_MODEL, 'The model has no such file: not found', false],
	['a batch', NO_SUCH_MODEL, 'The batch for the model does not exist', false],
	['a prediction', NO_SUCH_MODEL, 'Prediction of the model not found', false],
	['a response', NO_SUCH_MODEL, 'Response by the model not found', false],
	['a job', NO_SUCH_MODEL, 'Job for the model not found', false],
	['a model that is busy', NO_SUCH_MODEL, 'The model x is overloaded', false],
])('its words tell %s', (_what, pattern, text, expected) => {
	expect(pattern?.test(text)).toBe(expected);
});
