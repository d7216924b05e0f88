// What EvoLink's error answers mean, and why a task ended without images.
import type { ImageTask } from '../../../../providers/contract';
import type { FailureKind } from '../../../../providers/failure';
import { readFailure, readTaskFailure } from '../../../../providers/evolink/failures';
import { answerWith } from '../support';

const HTML = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head></html>';
const PAID_OUTCOME_UNKNOWN = { code: 'paid_outcome_unknown', message: 'No word from upstream.' };

const errorOf = (code: unknown, message = 'No.') => ({ error: { code, message, type: 'error' } });

describe('the kind of failure', () => {
	test.each<[FailureKind, string, number, unknown]>([
		['badRequest', 'a setting is refused', 400, errorOf('invalid_parameter')],
		['badRequest', 'a status is one that nobody knows', 418, errorOf('teapot')],
		['badRequest', 'there was a conflict', 409, errorOf('conflict')],
		['auth', 'the key is wrong', 401, errorOf('unauthorized')],
		['auth', 'the key is wrong, said by number', 401, errorOf(401)],
		['balance', 'there are no credits left', 402, errorOf('insufficient_credits')],
		['balance', 'there are no credits left, without a code', 402, {}],
		[
			'balance',
			'the quota is used up, though the status says to come back',
			429,
			errorOf('insufficient_quota'),
		],
		[
			'balance',
			'the balance is too small, under another status',
			403,
			errorOf('insufficient_balance'),
		],
		['forbidden', 'the key may not do it', 403, errorOf('permission_denied')],
		['modelGone', 'the model is not there', 404, errorOf('model_not_found')],
		['modelGone', 'the model is not there, under 400', 400, errorOf('model_not_found')],
		['providerDown', 'no channel serves the model', 503, errorOf('no_available_channel')],
		['outcomeUnknown', 'the same key came with another body', 409, errorOf('idempotency_conflict')],
		['balance', "the key's own limit is used up", 402, errorOf('key_quota_exhausted')],
		['balance', "the key's limit of a day is used up", 402, errorOf('token_daily_quota_exceeded')],
		['notFound', 'the task is not there', 404, errorOf('task_not_found')],
		['notFound', 'the address is not there', 404, HTML],
		['moderation', 'the prompt is refused', 400, errorOf('moderation_blocked')],
		['moderation', 'the content breaks the policy', 403, errorOf('content_policy_violation')],
		['badRequest', 'a setting called moderation is wrong', 400, errorOf('invalid_moderation')],
		['modelGone', 'the model is not there, in words', 404, errorOf(404, 'Model x not found')],
		[
			'notFound',
			'the task of a model is not there',
			404,
			errorOf(404, 'Task of model x not found'),
		],
		[
			'badRequest',
			'detail says what is wrong',
			422,
			{ detail: [{ loc: ['body', 'n'], msg: 'no' }] },
		],
		['tooLarge', 'the file is too large', 413, errorOf('file_too_large')],
		['tooLarge', 'a proxy found the file too large', 413, HTML],
		['rateLimit', 'there were too many requests', 429, errorOf('rate_limit_exceeded')],
		['rateLimit', 'there were too many requests, without a body', 429, ''],
		[
			'outcomeUnknown',
			'nobody knows whether it was made, as a server error',
			500,
			{ error: PAID_OUTCOME_UNKNOWN },
		],
		[
			'outcomeUnknown',
			'nobody knows whether it was made, as a conflict',
			409,
			{ error: PAID_OUTCOME_UNKNOWN },
		],
		[
			'outcomeUnknown',
			'nobody knows whether it was made, as a rate limit',
			429,
			{ error: PAID_OUTCOME_UNKNOWN },
		],
		['providerDown', 'the server failed', 500, errorOf('internal_error')],
		['providerDown', 'a gateway sent a web page', 502, HTML],
		['providerDown', 'the service is away', 503, errorOf('service_unavailable')],
		['providerDown', 'a gateway waited in vain', 504, 'upstream timed out'],
	])('is %s when %s (%i)', (kind, _rule, status, body) => {
		const { details } = readFailure(answerWith({ status, body }));
		expect(details).toMatchObject({ kind, status });
		expect(details.message).toMatch(/^EvoLink/);
		expect(details.advice).not.toBe('');
	});
});

/** Its client's types have a number as code: then the type has the meaning. */
test.each<[FailureKind, number, string]>([
	['moderation', 400, 'content_policy_violation'],
	['modelGone', 400, 'model_unavailable'],
	['modelGone', 503, 'model_unavailable'],
	['balance', 429, 'insufficient_quota'],
	['balance', 402, 'key_quota_exhausted'],
	['providerDown', 503, 'no_available_channel'],
	['outcomeUnknown', 409, 'idempotency_conflict'],
	['rateLimit', 429, 'rate_limit_error'],
	['badRequest', 400, 'invalid_request_error'],
])('is %s where the code is %i and the type %s', (kind, code, type) => {
	const body = { error: { code, message: 'No.', type } };
	for (const status of [code, 200]) {
		expect(readFailure(answerWith({ status, body })).details.kind).toBe(kind);
	}
});

test.each(['content_filter', 'input_moderation_failed', 'sensitive_words_detected'])(
	'%s is a refusal of the content, in an answer and in a task',
	(code) => {
		const body = { error: { code, message: 'Blocked.', type: 'invalid_request_error' } };
		expect(readFailure(answerWith({ status: 400, body })).details.kind).toBe('moderation');
		const failure = { code, message: 'Blocked.' };
		const task: ImageTask = { id: 'task-1', status: 'failed', images: [], failure, raw: {} };
		expect(readTaskFailure(task).details.kind).toBe('moderation');
	},
);

describe("the files host's own numbers", () => {
	test.each<[FailureKind, number]>([
		['badRequest', 40001],
		['badRequest', 40002],
		['badRequest', 40003],
		['badRequest', 40004],
		['auth', 40101],
		['forbidden', 40301],
		['rateLimit', 42901],
		['providerDown', 50001],
	])('is %s for %i, be it under HTTP 200', (kind, code) => {
		const body = { success: false, code, msg: 'Not this file.' };
		for (const status of [Math.floor(code / 100), 200]) {
			const { details } = readFailure(answerWith({ status, body }));
			expect(details).toMatchObject({ kind, code: String(code) });
			expect(details.message).toBe('EvoLink: Not this file.');
		}
	});

	it('says which files EvoLink takes', () => {
		const body = { success: false, code: 40002, msg: 'Not this file.' };
		expect(readFailure(answerWith({ status: 200, body })).details.advice).toBe(
			'EvoLink takes JPEG, PNG, GIF and WebP pictures, sound and film, up to 100 MB each, and keeps a limited number of files for 72 hours. Nothing was charged for this request.',
		);
	});

	it('takes no other number for a status', () => {
		const body = { success: false, code: 12345, msg: 'Odd.' };
		expect(readFailure(answerWith({ status: 200, body })).details.kind).toBe('unreadableAnswer');
	});
});

describe('what is kept of an error', () => {
	it("keeps EvoLink's message, its code and the id of the request", () => {
		const answer = answerWith({
			status: 400,
			headers: { 'x-oneapi-request-id': 'req-7' },
			body: { error: { code: 'invalid_parameter', message: 'n must be 1, 2 or 4.', param: 'n' } },
		});
		expect(readFailure(answer).details).toMatchObject({
			message: 'EvoLink: n must be 1, 2 or 4.',
			code: 'invalid_parameter',
			requestId: 'req-7',
			excerpt: undefined,
		});
	});

	it('names the setting where the message does not', () => {
		const body = { error: { code: 'invalid', message: 'Not allowed.', param: 'quality' } };
		expect(readFailure(answerWith({ status: 400, body })).message).toBe(
			'EvoLink: Not allowed. (setting: Quality)',
		);
	});

	test.each<[string, number, unknown, string]>([
		['a text as error', 401, { error: 'Invalid token' }, 'EvoLink: Invalid token'],
		['a number as code', 500, { error: { code: 500, message: 'Oops.' } }, 'EvoLink: Oops.'],
		[
			'null as code',
			400,
			{ error: { code: null, message: 'Oops.', param: null } },
			'EvoLink: Oops.',
		],
		[
			'a suggestion of any form',
			400,
			{ error: { message: 'Oops.', fallback_suggestion: { model: 'gpt-image-2' } } },
			'EvoLink: Oops.',
		],
		[
			'a setting that is no text',
			400,
			{ error: { message: 'Oops.', param: ['n'] } },
			'EvoLink: Oops.',
		],
		[
			'no message',
			500,
			{ error: {} },
			'EvoLink answered with an error without a message (HTTP 500).',
		],
		[
			'no error',
			500,
			{ detail: 1 },
			'EvoLink answered with an error without a message (HTTP 500).',
		],
		['an empty body', 503, '', 'EvoLink answered with an error without a message (HTTP 503).'],
		['a web page', 502, HTML, 'EvoLink answered with a web page instead of data (HTTP 502).'],
	])('reads %s', (_rule, status, body, message) => {
		expect(readFailure(answerWith({ status, body })).message).toBe(message);
	});

	test.each<[string, unknown, string | undefined]>([
		['a code that is text', errorOf('busy'), 'busy'],
		['a code that is a number', errorOf(1001), '1001'],
		['no code', { error: { message: 'No.' } }, undefined],
		['an error that is text', { error: 'No.' }, undefined],
	])('keeps the code of %s', (_rule, body, code) => {
		expect(readFailure(answerWith({ status: 500, body })).details.code).toBe(code);
	});

	it('keeps the beginning of a body that is no error of EvoLink', () => {
		expect(readFailure(answerWith({ status: 502, body: HTML })).details.excerpt).toBe(HTML);
		const cut = '{"error":{"code":"inter';
		expect(readFailure(answerWith({ status: 500, body: cut })).details.excerpt).toBe(cut);
	});

	test.each<[string, number, Record<string, string>, number | undefined]>([
		['429 with seconds', 429, { 'retry-after': '7' }, 7],
		['429 with a date', 429, { 'retry-after': 'Fri, 20 Nov 2026 12:01:00 GMT' }, 60],
		['429 without a word', 429, {}, undefined],
		['503 with seconds', 503, { 'retry-after': '2' }, 2],
	])('keeps how long to wait: %s', (_rule, status, headers, seconds) => {
		const answer = answerWith({ status, headers, body: errorOf('later') });
		expect(readFailure(answer).details.retryAfterSeconds).toBe(seconds);
	});
});

describe('what to do is said', () => {
	const MODEL =
		'Open the Model field and choose one from the list: it shows what your account can use today.';
	const FILE = 'Use smaller files: EvoLink takes up to 100 MB per upload.';
	const ADD_CREDITS = 'Add credits in your EvoLink account, then run this again.';
	const ID =
		'Check the ID. EvoLink only shows the tasks of the account that the API Key belongs to. If that is right, or you entered none, check the Base URL and the other addresses in the credential.';
	const OWN_LIMIT =
		"This API Key has used up its own limit, whatever your balance is. Raise the key's limit in your account, wait until it begins anew, or use another key in the credential.";

	test.each<[string, number, unknown, string]>([
		[
			'about the key',
			401,
			errorOf('unauthorized'),
			'Open the EvoLink credential and check the API Key.',
		],
		[
			'about the balance',
			402,
			errorOf('insufficient_credits'),
			`${ADD_CREDITS} Nothing was charged for this request. Account: Get Balance shows what's left.`,
		],
		['about the balance, by its code alone', 403, errorOf('insufficient_balance'), ADD_CREDITS],
		[
			'about what the key may do',
			403,
			errorOf('permission_denied'),
			'Check in your EvoLink account what this API Key may use, or choose another model.',
		],
		['about the model', 404, errorOf('model_not_found'), MODEL],
		['about a model that is unavailable', 400, errorOf('model_unavailable'), MODEL],
		['about a model that is disabled', 400, errorOf('model_disabled'), MODEL],
		['about a model that is retired', 400, errorOf('model_retired'), MODEL],
		['about a model, in words', 404, errorOf(404, 'Model x not found'), MODEL],
		['about the task', 404, errorOf('task_not_found'), ID],
		[
			'about a refused prompt',
			400,
			errorOf('moderation_blocked'),
			'Change the Prompt or the input images: sent again unchanged, they will be refused again.',
		],
		[
			'about a setting',
			400,
			errorOf('invalid_parameter'),
			'Change the named setting and run this again. Nothing was charged for this request.',
		],
		[
			'about many requests',
			429,
			errorOf('rate_limit_exceeded'),
			'Too many requests in a short time. Lower Concurrency in the Options, or run this again a little later.',
		],
		['about a large file', 413, errorOf('file_too_large'), FILE],
		['about a large file, by a proxy', 413, HTML, FILE],
		[
			'about an unknown outcome: look the task up, do not resubmit',
			500,
			{ error: PAID_OUTCOME_UNKNOWN },
			"EvoLink can't tell whether it made the images, and they may have been charged. Before you run this again, look for the task with Task: Get Many.",
		],
		[
			'about a conflict of keys',
			409,
			errorOf('idempotency_conflict'),
			'EvoLink has taken an earlier request with the same key and other contents, and may have charged it, so this one was not sent again. Look for its task with Task: Get Many, and fetch its images with Task: Get.',
		],
		["about the key's own limit", 402, errorOf('key_quota_exhausted'), OWN_LIMIT],
		["about the key's own limit of a day", 402, errorOf('token_daily_quota_exceeded'), OWN_LIMIT],
		[
			'about a model that nobody serves',
			503,
			errorOf('no_available_channel'),
			'Nobody serves this model there at this moment. Try again in a minute, or choose another model.',
		],
		...['system_busy', 'overloaded', 'at_capacity', 'queue_full'].map(
			(code): [string, number, unknown, string] => [
				`about a service that is too busy (${code})`,
				503,
				errorOf(code),
				'EvoLink is too busy for this request right now. Try again in a few minutes.',
			],
		),
		[
			'about a service in trouble',
			502,
			HTML,
			'The service has a problem right now. Try again in a few minutes.',
		],
	])('%s', (_rule, status, body, advice) => {
		// Of a request that names an ID, not a model.
		const namesModel = advice === ID ? undefined : true;
		expect(readFailure(answerWith({ status, body, namesModel })).details.advice).toBe(advice);
	});

	it('only a conflict of keys says that the key is taken', () => {
		const keyTaken = (code: string) =>
			readFailure(answerWith({ status: 409, body: errorOf(code) })).details.keyTaken;
		expect(['idempotency_conflict', 'paid_outcome_unknown', 'conflict'].map(keyTaken)).toEqual([
			true,
			undefined,
			undefined,
		]);
	});
});

test.each<[string, object, string]>([
	['suggestion', { suggestion: 'Use n=1.' }, ' EvoLink suggests: Use n=1.'],
	['fallback_suggestion', { fallback_suggestion: 'Use n=1.' }, ' EvoLink suggests: Use n=1.'],
	['none', { suggestion: null, fallback_suggestion: {} }, ''],
])('what EvoLink itself suggests stands behind the advice: %s', (_rule, parts, words) => {
	const plain = readFailure(answerWith({ status: 400, body: errorOf('invalid') })).details.advice;
	const body = { error: { ...errorOf('invalid').error, ...parts } };
	expect(readFailure(answerWith({ status: 400, body })).details.advice).toBe(`${plain}${words}`);
});

test.each<[boolean | undefined, string, number, unknown]>([
	[true, 'no channel', 503, errorOf('no_available_channel')],
	[true, 'a code for busy', 503, errorOf('system_busy')],
	[true, 'a code for overload', 503, errorOf('server_overloaded')],
	[undefined, 'no code of its own', 503, errorOf('service_unavailable')],
	[undefined, 'no code', 503, ''],
	[undefined, 'a code for busy under 500, which may come after the work', 500, errorOf('busy')],
])('that it did not take the request is %s for %s (%i)', (notTaken, _rule, status, body) => {
	expect(readFailure(answerWith({ status, body })).details.notTaken).toBe(notTaken);
});

test('a message is shown as far as a person reads it, without a picture written into it', () => {
	const message = `Bad image data:image/png;base64,${'A'.repeat(400)} at 1. ${'x'.repeat(8_000_000)}`;
	const { details } = readFailure(answerWith({ status: 400, body: errorOf('invalid', message) }));
	expect(details.message).toMatch(/^EvoLink: Bad image data:image\/png;base64,… at 1\. x+…$/);
	expect(details.message.length).toBeLessThan(600);
});

describe('a task that ended without images', () => {
	const ended = (parts: Partial<ImageTask>): ImageTask => ({
		id: 'task-1',
		status: 'failed',
		images: [],
		raw: {},
		...parts,
	});

	test.each<[string, FailureKind, string, Partial<ImageTask>]>([
		[
			'failed with a reason',
			'taskFailed',
			'EvoLink: The model broke down.',
			{ failure: { code: 'internal_error', message: 'The model broke down.' } },
		],
		[
			'was refused for its content',
			'moderation',
			'EvoLink: Refused.',
			{ failure: { code: 'content_policy_violation', message: 'Refused.' } },
		],
		[
			'was refused for its content, in words',
			'moderation',
			'EvoLink: Blocked by our safety system.',
			{ failure: { code: '1001', message: 'Blocked by our safety system.' } },
		],
		['failed without a reason', 'taskFailed', 'EvoLink: no image was made.', {}],
		[
			'was cancelled',
			'taskFailed',
			'EvoLink: the task was cancelled before any image was made.',
			{ status: 'cancelled' },
		],
	])('%s', (_rule, kind, message, parts) => {
		const { details } = readTaskFailure(ended(parts));
		expect(details).toMatchObject({ kind, message, taskId: 'task-1' });
		expect(details.advice).not.toBe('');
	});

	test.each<[string, object]>([
		['suggestion', { suggestion: 'Use another name.' }],
		['fallback_suggestion', { fallback_suggestion: 'Use another name.' }],
	])('tells what EvoLink suggests, by %s', (_name, parts) => {
		const raw = { error: { code: 'generation_failed', message: 'No.', ...parts } };
		expect(readTaskFailure(ended({ raw })).details.advice).toMatch(
			/ EvoLink suggests: Use another name\.$/,
		);
	});

	const AGAIN = 'Run this again, or change the Prompt or the model.';
	const FREE = `EvoLink charges nothing for a failed task. ${AGAIN}`;
	test.each<[string, object | undefined, string, false | undefined]>([
		['where nothing is told of it', undefined, FREE, false],
		['where all was given back', { charged_credits: 2.448, refunded_credits: 2.448 }, FREE, false],
		['where more was given back', { charged_credits: 1, refunded_credits: 2 }, FREE, false],
		['where nothing was charged', { charge_status: 'released', reserved_credits: 2 }, FREE, false],
		[
			'where less was given back',
			{ charged_credits: 2.448, refunded_credits: 1 },
			`EvoLink has charged 1.448 credits for this task. ${AGAIN}`,
			undefined,
		],
		[
			'where nothing was given back',
			{ charged_credits: 0.12345 },
			`EvoLink has charged 0.123 credits for this task. ${AGAIN}`,
			undefined,
		],
		['where the counts are odd', { charged_credits: 'much', refunded_credits: null }, FREE, false],
	])('says what it cost %s', (_rule, billing, advice, mayBeCharged) => {
		const { details } = readTaskFailure(ended({ raw: { billing } }));
		expect(details.advice).toBe(advice);
		expect(details.mayBeCharged).toBe(mayBeCharged);
	});

	it('promises nothing about the charge when it was cancelled, since EvoLink does not', () => {
		const { advice, mayBeCharged } = readTaskFailure(ended({ status: 'cancelled' })).details;
		expect(advice).toBe(
			'Run this again to start a new one. Account: Get Balance shows whether it was charged.',
		);
		expect(mayBeCharged).toBeUndefined();
	});
});
