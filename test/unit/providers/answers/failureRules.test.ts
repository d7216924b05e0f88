// What refusals mean, said the same way for every provider.
import { failureByRules } from '../../../../providers/answers/answerFailure';
import {
	BAD_KEY,
	KEY_LIMIT,
	MODERATION_ADVICE,
	NO_BALANCE,
	NO_CHANNEL,
	NO_SUCH_MODEL,
	RATE_LIMIT,
	usualRules,
} from '../../../../providers/answers/failureRules';
import { toldErrorIn } from '../../../../providers/answers/toldError';
import { answerWith } from '../support';

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

test('the usual rules say the same advice everywhere where no provider has its own', () => {
	const rules = usualRules({ auth: '', balance: '', forbidden: '', modelGone: '', notFound: '' });
	const failed = (status: number, code: string) =>
		failureByRules('X', rules, answerWith({ status }), { code }).details;
	const adviceOf = (status: number, code = '') => failed(status, code).advice;
	expect(adviceOf(400, 'no_such_size')).toBe('Change the named setting and run this again.');
	expect(adviceOf(400)).toMatch(/^No reason was given\. /);
	expect(adviceOf(400, 'content_filter')).toBe(MODERATION_ADVICE);
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
	expect(failed(503, 'NO_AVAILABLE_CHANNEL').notTaken).toBe(true);
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
