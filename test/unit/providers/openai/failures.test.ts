// What OpenAI's error answers mean, what is kept of them, and what a person can do about each.
import type { HttpAnswer, ImageTask } from '../../../../providers/contract';
import type { FailureDetails, FailureKind } from '../../../../providers/failure';
import {
	failureWithoutStatus,
	lineFailure,
	lineWithoutImage,
	missingLines,
	readFailure,
	readTaskFailure,
	unreadableLine,
} from '../../../../providers/openai/failures';
import { answerWith } from '../support';

const HTML = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head></html>';

/** OpenAI's error body has these four fields always. */
const errorOf = (code: unknown, message = 'No.', parts: object = {}) => ({
	error: { message, type: 'invalid_request_error', param: null, code, ...parts },
});
const UNVERIFIED =
	'Your organization must be verified to use the model `gpt-image-2`. Please go to the settings.';
const VERIFY = errorOf(null, UNVERIFIED);
const MISSING_SCOPES =
	'You have insufficient permissions for this operation. Missing scopes: api.webhooks.write.';
const NO_MODEL = 'The model `gpt-image-2.6-flare` does not exist.';
const userError = (message: string) =>
	errorOf(null, message, { type: 'image_generation_user_error' });
const detailsOf = (parts: Partial<HttpAnswer>) => readFailure(answerWith(parts)).details;

describe('the kind of failure', () => {
	test.each<[FailureKind, string, number, unknown]>([
		['auth', 'the key is wrong', 401, errorOf('invalid_api_key')],
		['auth', 'the key belongs to no organization', 401, errorOf(null)],
		['forbidden', 'the key lacks a right', 401, errorOf('missing_scope', MISSING_SCOPES)],
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
		[
			'badRequest',
			'a form of answer is not taken',
			400,
			errorOf(null, "'response_format' is not supported."),
		],
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
	const ID = 'Check the ID, and the Base URL in the credential.';
	const MODEL =
		'Open the Model field and choose one from the list: it shows what your account can use today.';
	const VERIFY_IT =
		"OpenAI gives this model only to verified organizations. Someone with the owner's role opens platform.openai.com > Settings > Organization > General and clicks Verify. It takes effect within 15 minutes. Until then, choose another model.";
	const ADD_CREDIT =
		'The quota of this account is used up. Add credit or raise the limit under platform.openai.com > Settings > Billing, then run this again. Nothing was charged for this request.';
	const BUSY = 'OpenAI is overloaded right now. Try again in a few minutes.';
	const DOWN = 'The service has a problem right now. Try again in a few minutes.';
	const OTHER_FORM =
		"This model can't answer in that form. Set Answer In to Text, or choose another Model. Nothing was charged for this request.";
	const FETCH_IT =
		"Open its address in a browser window where you aren't signed in: it must show the picture itself, and no page around it. Or give the image as a file. Nothing was charged for this request.";
	const CHANGE =
		'Change the named setting and run this again. Nothing was charged for this request.';

	test.each<[string, number, unknown, string]>([
		[
			'about the key',
			401,
			errorOf('invalid_api_key'),
			'Open the OpenAI credential and check the API Key, the Organization and the Project.',
		],
		[
			'about a key that is wrong under 400, as at servers of Google',
			400,
			errorOf(null, 'API key not valid. Pass a valid API key.'),
			'Open the OpenAI credential and check the API Key and the Base URL.',
		],
		['about an organization that is not verified', 403, VERIFY, VERIFY_IT],
		[
			'about what the key may do',
			403,
			errorOf('no_access'),
			'Check what this API Key, its project and its region may use.',
		],
		['about a model that is gone, by its code', 404, errorOf('model_not_found'), MODEL],
		['about a model that is gone, in words', 404, errorOf(null, NO_MODEL), MODEL],
		['about a used up quota', 429, errorOf('insufficient_quota'), ADD_CREDIT],
		[
			'about a balance at a compatible server',
			402,
			errorOf(null),
			'Add credit in your account at this server, then run this again.',
		],
		[
			'about many requests',
			429,
			errorOf('rate_limit_exceeded'),
			'Too many requests in a short time. Lower Concurrency in the Options, or run this again a little later.',
		],
		['about a refused value', 400, errorOf('invalid_value'), CHANGE],
		['about a value that cannot be worked with', 422, errorOf(null), CHANGE],
		['about a picture that cannot be fetched', 400, errorOf('invalid_image_url'), FETCH_IT],
		['about one that cannot be downloaded', 400, errorOf('failed_to_download_image'), FETCH_IT],
		['about a picture while the server has failed', 500, errorOf('invalid_image_url'), DOWN],
		['about a large file', 413, errorOf(null), 'Use smaller files.'],
		['about a missing response', 404, errorOf(null), ID],
		[
			'about a response that has ended',
			409,
			errorOf(null, 'Cannot cancel a completed response.'),
			'It had already ended. Fetch what was made with Task: Get or Batch: Get Results.',
		],
		['about a service that is too busy, by its code', 503, errorOf('server_overloaded'), BUSY],
		['about a service that is too busy, by another code', 503, errorOf('slow_down'), BUSY],
		[
			'about a service that is too busy, in words',
			503,
			errorOf(null, 'The model is currently overloaded with other requests.'),
			BUSY,
		],
		['about a service in trouble', 502, HTML, DOWN],
		['about a service that is busy, by a gateway', 503, HTML, DOWN],
		[
			'about a form of answer that a model lacks',
			400,
			errorOf(null, "Invalid parameter: 'response_format' of type 'json_schema' is not supported."),
			OTHER_FORM,
		],
		[
			'about a form of answer at a compatible server',
			400,
			errorOf(null, "This model doesn't support json_object."),
			OTHER_FORM,
		],
		[
			'about a form of answer that is only named',
			400,
			errorOf(null, 'json_schema is long.'),
			CHANGE,
		],
		['about something else that is not supported', 400, errorOf(null, 'n is unsupported.'), CHANGE],
		[
			'about a status that nobody knows',
			418,
			errorOf('teapot'),
			'Check the settings and the Base URL in the credential.',
		],
	])('%s', (_rule, status, body, advice) => {
		// Of a request that names an ID, not a model.
		const namesModel = advice === ID ? undefined : true;
		expect(detailsOf({ status, body, namesModel }).advice).toBe(advice);
	});

	test.each<[string, number, unknown, true | undefined]>([
		['OpenAI says so by its code', 503, errorOf('server_overloaded'), true],
		['OpenAI says so in words', 503, errorOf(null, 'Please slow down.'), true],
		['a gateway has waited in vain', 503, HTML, undefined],
		['the server failed', 500, errorOf('server_overloaded'), undefined],
	])('a request counts as not taken when %s', (_rule, status, body, notTaken) => {
		expect(detailsOf({ status, body }).notTaken).toBe(notTaken);
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
	});

	const FETCH =
		"Open its address in a browser window where you aren't signed in: it must show the picture itself, and no page around it. Or give the image as a file.";
	const READ =
		'OpenAI could not read an input image. Save it as PNG, JPEG or WebP, for instance with the Edit Image node.';
	const REFUSED =
		'Change the Prompt or the input images: sent again unchanged, they will be refused again.';
	const AGAIN = 'Run this again, or change the Prompt or the model.';
	test.each<[string, string, string]>([
		[
			'rate_limit_exceeded',
			'No.',
			'Too many requests in a short time. Lower Concurrency in the Options, or run this again a little later.',
		],
		['server_error', 'No.', 'OpenAI had a problem. Run this again in a minute.'],
		['vector_store_timeout', 'No.', 'OpenAI had a problem. Run this again in a minute.'],
		['invalid_prompt', 'No.', 'Change the Prompt.'],
		['invalid_prompt', 'The prompt was flagged.', REFUSED],
		['image_generation_user_error', 'The image was flagged.', REFUSED],
		['no_image', 'The image was flagged.', REFUSED],
		['server_error', 'The image was flagged.', 'OpenAI had a problem. Run this again in a minute.'],
		['not_invalid_prompt', 'The prompt was flagged.', AGAIN],
		['invalid_prompt_2', 'The prompt was flagged.', AGAIN],
		['refusal', 'No.', REFUSED],
		['moderation_blocked', 'No.', REFUSED],
		['invalid_image_url', 'No.', FETCH],
		['failed_to_download_image', 'No.', FETCH],
		['image_file_not_found', 'No.', FETCH],
		['image_too_large', 'No.', 'Make the input images smaller.'],
		['image_file_too_large', 'No.', 'Make the input images smaller.'],
		['image_too_small', 'No.', 'Use larger input images.'],
		['invalid_image', 'No.', READ],
		['invalid_image_format', 'No.', READ],
		['invalid_base64_image', 'No.', READ],
		['image_parse_error', 'No.', READ],
		['invalid_image_mode', 'No.', READ],
		['unsupported_image_media_type', 'No.', READ],
		['empty_image_file', 'No.', READ],
		// A longer code is another one.
		['my_server_error', 'No.', AGAIN],
		['server_errors', 'No.', AGAIN],
		['my_rate_limit_exceeded', 'No.', AGAIN],
		['rate_limit_exceeded_2', 'No.', AGAIN],
		['my_image_too_large', 'No.', AGAIN],
		['image_too_large_2', 'No.', AGAIN],
		['my_image_too_small', 'No.', AGAIN],
		['image_too_small_2', 'No.', AGAIN],
		['my_invalid_image_url', 'No.', AGAIN],
		['invalid_image_url_2', 'No.', AGAIN],
		['my_invalid_image', 'No.', AGAIN],
		['invalid_image_2', 'No.', AGAIN],
		['a_code_of_next_year', 'No.', AGAIN],
	])('failed with %s ("%s"): what to do', (code, message, advice) => {
		const { details } = readTaskFailure(ended({ failure: { code, message } }));
		expect(details.advice).toBe(advice);
		expect(details.kind).toBe(advice === REFUSED ? 'moderation' : 'taskFailed');
	});

	it('is not told to be anything where nothing is told', () => {
		expect(readTaskFailure(ended({})).details.advice).toBe(AGAIN);
		expect(readTaskFailure(ended({ status: 'cancelled' })).details.advice).toBe(
			'Run this again to start a new one.',
		);
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

describe('the failure of a line in a batch', () => {
	test.each<[string, Parameters<typeof lineFailure>[0], object]>([
		[
			'that was never run has its own words',
			{ code: 'batch_expired', message: 'Too late.' },
			{ code: 'batch_expired', message: 'OpenAI: Too late.' },
		],
		['without a code has none', { message: 'Too late.' }, { message: 'OpenAI: Too late.' }],
		[
			'without words says what is plain',
			{ code: 'batch_expired' },
			{ code: 'batch_expired', message: 'OpenAI: The image was not made.' },
		],
	])('%s', (_rule, error, told) => {
		expect(lineFailure(error, undefined)).toEqual({
			kind: 'taskFailed',
			advice: 'Run this again, or change the Prompt or the model.',
			...told,
		});
	});

	it.each<[string, FailureDetails, FailureDetails]>([
		[
			'of which nothing could be read',
			unreadableLine('{"custom_id":'),
			{
				kind: 'unreadableAnswer',
				message: 'OpenAI: this line of the results could not be read.',
				advice:
					'It may have been charged. Fetch the results again, or look at their file under platform.openai.com > Storage.',
				excerpt: '{"custom_id":',
			},
		],
		[
			'of which a part could be read',
			unreadableLine('{"custom_id":', true),
			{
				kind: 'unreadableAnswer',
				message: 'OpenAI: the rest of this line of the results could not be read.',
				advice:
					'It may have been charged. Fetch the results again, or look at their file under platform.openai.com > Storage.',
				excerpt: '{"custom_id":',
			},
		],
		[
			'that has no image',
			lineWithoutImage(),
			{
				kind: 'noImage',
				message: 'OpenAI answered this line without an image.',
				advice: 'It may have been charged. Change its Prompt, or the model.',
			},
		],
		[
			'that is missing',
			missingLines(1),
			{
				kind: 'unreadableAnswer',
				message: 'This result is missing: the batch counts it, but it stands in none of its files.',
				advice:
					'It was done, and may have been charged. Fetch the results again, or look at their file under platform.openai.com > Storage.',
			},
		],
		[
			'that is missing with another',
			missingLines(2),
			{
				kind: 'unreadableAnswer',
				message:
					'2 results are missing: the batch counts them, but they stand in none of its files.',
				advice:
					'It was done, and may have been charged. Fetch the results again, or look at their file under platform.openai.com > Storage.',
			},
		],
	])('%s', (_rule, failure, told) => {
		expect(failure).toEqual(told);
	});
});

describe('an error under HTTP 200 in the place of an answer', () => {
	const readWith = (error: Parameters<typeof failureWithoutStatus>[1]) =>
		failureWithoutStatus(answerWith({}), error, 'noImage').details;

	test.each<[string, Parameters<typeof failureWithoutStatus>[1], FailureKind]>([
		['says that the request was refused', { code: 'rate_limit_exceeded' }, 'rateLimit'],
		['says that the content was refused', { code: 'moderation_blocked' }, 'moderation'],
		['says nothing that tells', { code: 'e_17' }, 'noImage'],
		['says that the server failed', { status: 500 }, 'noImage'],
	])('%s', (_rule, error, kind) => {
		expect(readWith({ message: 'No.', ...error })).toMatchObject({ kind, status: 200 });
	});

	it('never says that the request was not taken, as it was', () => {
		const { kind, notTaken } = readWith({ status: 503, message: 'Please slow down.' });
		expect({ kind, notTaken }).toEqual({ kind: 'noImage', notTaken: undefined });
	});

	test.each<[string, unknown, object]>([
		[
			'a picture that was drawn and held back',
			{ moderation_stage: 'output', categories: [] },
			{ mayBeCharged: true },
		],
		['a prompt that was refused', { moderation_stage: 'input', categories: [] }, {}],
	])('of %s', (_rule, moderation_details, charged) => {
		const { kind, mayBeCharged } = detailsOf({
			status: 400,
			body: errorOf('moderation_blocked', 'No.', { moderation_details }),
		});
		expect({ kind, mayBeCharged }).toEqual({
			kind: 'moderation',
			mayBeCharged: undefined,
			...charged,
		});
	});
});

test('the failure of a line in a batch is read like any other', () => {
	const { error } = errorOf('unknown_parameter', "Unknown parameter: 'style'.", { param: 'style' });
	expect(lineFailure(error as Parameters<typeof lineFailure>[0], 400)).toEqual(
		detailsOf({ status: 400, body: { error } }),
	);
});
