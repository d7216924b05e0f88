// What OpenAI's error answers mean, what is kept of them, and what a person can do about each.
import type { HttpAnswer, ImageTask } from '../../../../providers/contract';
import type { FailureKind } from '../../../../providers/failure';
import { lineFailure, readFailure, readTaskFailure } from '../../../../providers/openai/failures';
import { answerWith } from '../support';

const HTML = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head></html>';

/** OpenAI's error body has these four fields always. */
const errorOf = (code: unknown, message = 'No.', parts: object = {}) => ({
	error: { message, type: 'invalid_request_error', param: null, code, ...parts },
});
const UNVERIFIED =
	'Your organization must be verified to use the model `gpt-image-2`. Please go to the settings.';
const VERIFY = errorOf(null, UNVERIFIED);
const NO_MODEL = 'The model `gpt-image-2.6-flare` does not exist.';
const userError = (message: string) =>
	errorOf(null, message, { type: 'image_generation_user_error' });
const detailsOf = (parts: Partial<HttpAnswer>) => readFailure(answerWith(parts)).details;

describe('the kind of failure', () => {
	test.each<[FailureKind, string, number, unknown]>([
		['auth', 'the key is wrong', 401, errorOf('invalid_api_key')],
		['auth', 'the key belongs to no organization', 401, errorOf(null)],
		['forbidden', 'the organization is not verified', 403, VERIFY],
		[
			'forbidden',
			'the country is not served',
			403,
			errorOf('unsupported_country_region_territory'),
		],
		['modelGone', 'the model is gone', 404, errorOf('model_not_found')],
		['modelGone', 'the model may not be used', 403, errorOf('model_not_found')],
		['modelGone', 'the model is deprecated', 400, errorOf('model_deprecated')],
		['notFound', 'the response is not there', 404, errorOf(null, 'No response found.')],
		['notFound', 'the address is not there', 404, HTML],
		['rateLimit', 'there were too many requests', 429, errorOf('rate_limit_exceeded')],
		['rateLimit', 'there were too many requests, without a body', 429, ''],
		['balance', 'the quota is used up', 429, errorOf('insufficient_quota')],
		[
			'balance',
			'the quota is used up, said by the type',
			429,
			errorOf(null, 'No.', { type: 'insufficient_quota' }),
		],
		['balance', 'the limit of the account is reached', 400, errorOf('billing_hard_limit_reached')],
		['balance', 'billing is not set up', 429, errorOf('billing_not_active')],
		[
			'forbidden',
			'a response has ended and can no longer be cancelled',
			409,
			errorOf(null, 'Cannot cancel a completed response.'),
		],
		['badRequest', 'there was another conflict', 409, errorOf('conflict')],
		['providerDown', 'the request took too long', 408, errorOf(null)],
		['badRequest', 'a setting is unknown', 400, errorOf('unknown_parameter')],
		['badRequest', 'a value is not taken', 400, errorOf('invalid_value')],
		['badRequest', 'a status is one that nobody knows', 418, errorOf('teapot')],
		['moderation', 'the content is refused', 400, errorOf('moderation_blocked')],
		['moderation', 'the content breaks the policy', 400, errorOf('content_policy_violation')],
		[
			'moderation',
			'the content is refused, in words alone',
			400,
			userError('Your request was rejected as a result of our safety system.'),
		],
		['modelGone', 'the model is not there, by a user error', 400, userError(NO_MODEL)],
		['modelGone', 'the model is not there, without a code', 404, errorOf(null, NO_MODEL)],
		['forbidden', 'the organization is not verified, by a user error', 400, userError(UNVERIFIED)],
		['badRequest', 'a user error is of another kind', 400, userError('n is too large.')],
		[
			'badRequest',
			'the setting called moderation is unknown',
			400,
			errorOf('unknown_parameter', "Unknown parameter: 'moderation'.", { param: 'moderation' }),
		],
		[
			'badRequest',
			'the setting called moderation has a wrong value',
			400,
			userError("Invalid value for 'moderation': 'high'. Supported values are: 'auto' and 'low'."),
		],
		[
			'badRequest',
			'streaming is asked for with several images',
			400,
			{
				error: {
					message: 'Streaming is only supported with n=1.',
					type: 'image_generation_user_error',
					param: 'input',
					code: 'unsupported_parameter',
				},
			},
		],
		['tooLarge', 'the file is too large', 413, errorOf(null)],
		['tooLarge', 'a proxy found the file too large', 413, HTML],
		['providerDown', 'the server failed', 500, errorOf('server_error')],
		['providerDown', 'the server failed with a web page', 500, HTML],
		['providerDown', 'a gateway sent a web page', 502, HTML],
		['providerDown', 'the service is overloaded', 503, errorOf(null)],
		['providerDown', 'a gateway waited in vain', 504, 'upstream timed out'],
	])('is %s when %s (%i)', (kind, _rule, status, body) => {
		const details = detailsOf({ status, body });
		expect(details).toMatchObject({ kind, status });
		expect(details.message).toMatch(/^OpenAI/);
		expect(details.advice).not.toBe('');
	});
});

describe('a refusal of the content', () => {
	const ADVICE =
		'Change the Prompt or the input images: sent again unchanged, they will be refused again.';
	const refused = (moderation_details: unknown) =>
		detailsOf({
			status: 400,
			body: errorOf('moderation_blocked', 'Your request was rejected.', {
				type: 'image_generation_user_error',
				moderation_details,
			}),
		});

	test.each<[string, unknown, string]>([
		[
			'of the prompt, with its categories',
			{ moderation_stage: 'input', categories: ['violence', 'self-harm'] },
			"OpenAI's safety check refused the request (violence, self-harm): Your request was rejected.",
		],
		[
			'of the picture, with its categories',
			{ moderation_stage: 'output', categories: ['sexual'] },
			'OpenAI drew the image, but its safety check held it back (sexual): Your request was rejected.',
		],
		[
			'at a stage that is not known',
			{ moderation_stage: 'unknown', categories: [] },
			"OpenAI's safety check refused the request: Your request was rejected.",
		],
		[
			'without details',
			undefined,
			"OpenAI's safety check refused the request: Your request was rejected.",
		],
		[
			'with null as details',
			null,
			"OpenAI's safety check refused the request: Your request was rejected.",
		],
		[
			'with details of another form',
			'violence',
			"OpenAI's safety check refused the request: Your request was rejected.",
		],
		[
			'with categories of another form',
			{ moderation_stage: 'output', categories: { violence: true } },
			'OpenAI drew the image, but its safety check held it back: Your request was rejected.',
		],
	])('%s', (_rule, moderationDetails, message) => {
		expect(refused(moderationDetails)).toMatchObject({
			kind: 'moderation',
			code: 'moderation_blocked',
			message,
			advice: message.startsWith('OpenAI drew') ? `${ADVICE} It may have been charged.` : ADVICE,
		});
	});

	it('in the answer to a request that was taken may have been charged', () => {
		const { advice } = detailsOf({ status: 200, body: errorOf('moderation_blocked', 'Not this.') });
		expect(advice).toBe(`${ADVICE} It may have been charged.`);
	});

	it('says so where no reason is given', () => {
		const { message } = detailsOf({
			status: 400,
			body: { error: { code: 'moderation_blocked', message: null } },
		});
		expect(message).toBe("OpenAI's safety check refused the request: no reason was given.");
	});
});

describe('what is kept of an error', () => {
	it("keeps OpenAI's message, its code and the id of the request", () => {
		const details = detailsOf({
			status: 400,
			headers: { 'x-request-id': 'req_7' },
			body: errorOf('invalid_value', "Invalid value: 'huge'.", { param: 'size' }),
		});
		expect(details).toMatchObject({
			message: "OpenAI: Invalid value: 'huge'. (setting: Size)",
			code: 'invalid_value',
			requestId: 'req_7',
			excerpt: undefined,
		});
	});

	it('names the unknown parameter, once', () => {
		const body = errorOf('unknown_parameter', "Unknown parameter: 'style'.", { param: 'style' });
		expect(detailsOf({ status: 400, body })).toMatchObject({
			kind: 'badRequest',
			code: 'unknown_parameter',
			message: "OpenAI: Unknown parameter: 'style'.",
			advice:
				"Remove the named setting from the Options: this model doesn't have it. Nothing was charged for this request.",
		});
	});

	test.each<[string, number, unknown, string]>([
		['a text as error', 401, { error: 'Invalid token' }, 'OpenAI: Invalid token'],
		['a number as code', 500, errorOf(500, 'Oops.'), 'OpenAI: Oops.'],
		['an object as code', 500, errorOf({}, 'Oops.'), 'OpenAI: Oops.'],
		['a setting that is no text', 400, errorOf(null, 'Oops.', { param: ['n'] }), 'OpenAI: Oops.'],
		['a type that is no text', 400, errorOf(null, 'Oops.', { type: 7 }), 'OpenAI: Oops.'],
		[
			'no message',
			500,
			{ error: {} },
			'OpenAI answered with an error without a message (HTTP 500).',
		],
		['no error', 500, { detail: 1 }, 'OpenAI answered with an error without a message (HTTP 500).'],
		['a web page', 502, HTML, 'OpenAI answered with a web page instead of data (HTTP 502).'],
	])('reads %s', (_rule, status, body, message) => {
		expect(detailsOf({ status, body }).message).toBe(message);
	});

	it('keeps the beginning of a body that is no error of OpenAI', () => {
		expect(detailsOf({ status: 500, body: HTML }).excerpt).toBe(HTML);
	});

	test.each<[string, Record<string, string>, number | undefined]>([
		['milliseconds before seconds', { 'retry-after-ms': '1500', 'retry-after': '7' }, 1.5],
		['seconds', { 'retry-after': '7' }, 7],
		['a date', { 'retry-after': 'Fri, 20 Nov 2026 12:01:00 GMT' }, 60],
		['nothing', {}, undefined],
	])('keeps how long to wait: %s', (_rule, headers, seconds) => {
		const details = detailsOf({ status: 429, headers, body: errorOf('rate_limit_exceeded') });
		expect(details.retryAfterSeconds).toBe(seconds);
	});

	test.each<[string | undefined, boolean | undefined]>([
		['true', true],
		['false', false],
		['perhaps', undefined],
		[undefined, undefined],
	])("keeps OpenAI's own word on trying again: %s", (word, shouldRetry) => {
		const headers: Record<string, string> = word === undefined ? {} : { 'x-should-retry': word };
		expect(detailsOf({ status: 500, headers, body: HTML }).shouldRetry).toBe(shouldRetry);
	});
});

describe('what to do is said', () => {
	test.each<[string, number, unknown, RegExp]>([
		['about the key', 401, errorOf('invalid_api_key'), /credential.*API Key/],
		['about an organization that is not verified', 403, VERIFY, /General and clicks Verify/],
		['about what the key may do', 403, errorOf('no_access'), /this API Key, its project/],
		['about a model that is gone', 404, errorOf('model_not_found'), /Model field/],
		['about a used up quota', 429, errorOf('insufficient_quota'), /Add credit/],
		['about many requests', 429, errorOf('rate_limit_exceeded'), /Lower Concurrency/],
		['about a refused value', 400, errorOf('invalid_value'), /Change the named setting/],
		['about a large file', 413, errorOf(null), /smaller files/],
		['about a missing response', 404, errorOf(null), /Check the ID/],
		['about a service in trouble', 502, HTML, /Try again in a few minutes/],
	])('%s', (_rule, status, body, advice) => {
		expect(detailsOf({ status, body }).advice).toMatch(advice);
	});
});

describe('a task that ended without images', () => {
	const ended = (parts: Partial<ImageTask>): ImageTask => ({
		id: 'resp_1',
		status: 'failed',
		images: [],
		raw: {},
		...parts,
	});

	test.each<[string, FailureKind, string, Partial<ImageTask>]>([
		[
			'failed with a reason',
			'taskFailed',
			'OpenAI: It broke down.',
			{ failure: { code: 'server_error', message: 'It broke down.' } },
		],
		['failed without a reason', 'taskFailed', 'OpenAI: no image was made.', {}],
		[
			'was cancelled',
			'taskFailed',
			'OpenAI: the task was cancelled before any image was made.',
			{ status: 'cancelled' },
		],
	])('%s', (_rule, kind, message, parts) => {
		const { details } = readTaskFailure(ended(parts));
		expect(details).toMatchObject({ kind, message, taskId: 'resp_1' });
		expect(details.advice).not.toBe('');
	});

	it('promises nothing about the charge', () => {
		for (const status of ['failed', 'cancelled'] as const) {
			expect(readTaskFailure(ended({ status })).details.advice).not.toMatch(/charge/i);
		}
	});

	it('names no task where there is none', () => {
		expect(readTaskFailure(ended({ id: '' })).details.taskId).toBeUndefined();
	});
});

test('the failure of a line in a batch is read like any other', () => {
	const { error } = errorOf('unknown_parameter', "Unknown parameter: 'style'.", { param: 'style' });
	expect(lineFailure(error as Parameters<typeof lineFailure>[0], 400)).toEqual(
		detailsOf({ status: 400, body: { error } }),
	);
});
