// What Core.Today's refusals mean, in every shape that an error may have, and why a prediction ended without an image.
import type { ImageTask } from '../../../../providers/contract';
import { readFailure, readTaskFailure } from '../../../../providers/coretoday/failures';
import type { FailureKind } from '../../../../providers/failure';
import { answerWith } from '../support';

const HTML = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head></html>';

const shapesOf = (text: string): Array<[string, unknown]> => [
	['error.message', { error: { message: text } }],
	['error.message with a code', { error: { message: text, code: 'E_1' } }],
	['error.message with a code that is none', { error: { message: text, code: { a: 1 } } }],
	['error', { error: text }],
	['detail', { detail: text }],
	['detail.message', { detail: { message: text } }],
	['detail as a list', { detail: [{ loc: ['body'], msg: text, type: 'value_error' }] }],
	['message', { message: text }],
	['message beside null', { error: null, detail: null, message: text }],
	['message beside an empty error', { error: '', message: text }],
	['message beside an error that says nothing', { error: {}, detail: [], message: text }],
	['message beside true', { error: true, message: text }],
];

describe('the message is found', () => {
	test.each(shapesOf('The aspect ratio is not known.'))('in %s', (_shape, body) => {
		const { details } = readFailure(answerWith({ status: 400, body }));
		expect(details).toMatchObject({
			kind: 'badRequest',
			message: 'Core.Today: The aspect ratio is not known.',
			status: 400,
		});
		expect(details.excerpt).toBeUndefined();
	});

	test.each<[string, unknown, string]>([
		['an empty object', {}, 'Core.Today answered with an error without a message (HTTP 500).'],
		[
			'numbers',
			{ error: 1, detail: 2 },
			'Core.Today answered with an error without a message (HTTP 500).',
		],
		['a list', ['error'], 'Core.Today answered with an error without a message (HTTP 500).'],
		['nothing', '', 'Core.Today answered with an error without a message (HTTP 500).'],
		['null', null, 'Core.Today answered with an error without a message (HTTP 500).'],
		['a web page', HTML, 'Core.Today answered with a web page instead of data (HTTP 500).'],
	])('or the status is told: %s', (_rule, body, message) => {
		expect(readFailure(answerWith({ status: 500, body })).details).toMatchObject({
			kind: 'providerDown',
			message,
		});
	});

	test.each<[string, unknown, string | undefined]>([
		['text', { error: { message: 'No.', code: 'E_1' } }, 'E_1'],
		['a number', { error: { message: 'No.', code: 17 } }, '17'],
		['null', { error: { message: 'No.', code: null } }, undefined],
		['nothing', { error: 'No.' }, undefined],
	])('with its code: %s', (_rule, body, code) => {
		expect(readFailure(answerWith({ status: 500, body })).details.code).toBe(code);
	});
});

describe('the kind of failure', () => {
	const said = (message: string, code?: string) => ({ error: { message, code } });
	test.each<[FailureKind, string, number, unknown]>([
		['auth', 'the key is wrong', 401, said('The API key is not valid.')],
		['auth', 'the key is wrong, without a word', 401, {}],
		['balance', 'there are no credits left', 402, said('Not enough credits.')],
		[
			'balance',
			'there are no credits left, under another status',
			403,
			{ detail: 'Insufficient credits' },
		],
		['balance', 'the balance is too small, under 400', 400, { message: 'insufficient balance' }],
		['forbidden', 'the key may not do it', 403, said('This key may not do that.')],
		['modelGone', 'the model is not there', 404, said('Model not found')],
		[
			'modelGone',
			'the model is not there and has a misleading name',
			404,
			said('The model "owner/weather-prediction" does not exist.'),
		],
		[
			'notFound',
			'the prediction is not there, though its model is named',
			404,
			said('The prediction "pred_1" of the model openai/gpt-image-2 does not exist.'),
		],
		[
			'notFound',
			'the prediction is not there, called by its full name',
			404,
			{ detail: 'Model prediction pred_1 not found' },
		],
		[
			'notFound',
			'the prediction is not there, and its ID says model',
			404,
			{ error: 'Job "model" not found' },
		],
		['notFound', 'the ID alone says model', 404, { error: 'Not found: pred_model' }],
		['notFound', 'the prediction is not there', 404, said('There is nothing at this address.')],
		['notFound', 'the address is not there', 404, HTML],
		['moderation', 'the prompt is refused by code', 400, said('No.', 'moderation_blocked')],
		[
			'moderation',
			'the prompt is refused by code under another status',
			403,
			said('No.', 'content_policy'),
		],
		[
			'moderation',
			'the prompt is refused in words',
			400,
			{ error: 'Flagged as sensitive content' },
		],
		[
			'badRequest',
			'the setting called moderation is wrong',
			400,
			{ detail: [{ loc: ['body', 'input', 'moderation'], msg: 'moderation must be auto or low' }] },
		],
		['badRequest', 'a problem is told with a title', 422, { title: 'Invalid input', status: 422 }],
		['tooLarge', 'the request is too large', 413, said('The request is too large.')],
		['rateLimit', 'there were too many requests', 429, {}],
		['badRequest', 'a setting is refused', 400, said('aspect_ratio must be 1:1, 3:2 or 2:3')],
		['badRequest', 'a setting is refused, as a list', 422, { detail: [{ msg: 'field required' }] }],
		['badRequest', 'a status is one that nobody knows', 418, said('teapot')],
		['providerDown', 'the server failed', 500, said('An internal error occurred.')],
		['providerDown', 'a gateway sent a web page', 502, HTML],
		['providerDown', 'the service is away', 503, said('The service is overloaded.')],
	])('is %s when %s (%i)', (kind, _rule, status, body) => {
		const { details } = readFailure(answerWith({ status, body }));
		expect(details).toMatchObject({ kind, status });
		expect(details.message).toMatch(/^Core\.Today/);
		expect(details.advice).not.toBe('');
	});

	it('keeps how long to wait and the id of the request', () => {
		const headers = { 'retry-after': '7', 'x-request-id': 'req-7' };
		expect(readFailure(answerWith({ status: 429, headers, body: {} })).details).toMatchObject({
			retryAfterSeconds: 7,
			requestId: 'req-7',
		});
	});
});

describe('what to do is said', () => {
	const ADD = 'Add credits in your Core.Today account, then run this again.';
	const MODEL = 'Check the Model: it is written as OWNER/NAME, such as openai/gpt-image-2.';
	const ID = 'Check the ID, and the Base URL in the credential.';
	const CHANGE = 'Change the named setting and run this again.';
	const said = (message: string, code?: string) => ({ error: { message, code } });

	test.each<[string, number, unknown, string]>([
		[
			'about the key',
			401,
			{},
			'Open the Core.Today credential and check the API Key. It begins with cdt_.',
		],
		['about the credits', 402, {}, `${ADD} Nothing was charged for this request.`],
		['about the credits, in words', 403, said('Insufficient prepaid credits'), ADD],
		['about the balance, in words', 400, said('insufficient\nbalance'), ADD],
		['about the credits, in other words', 403, said('You have not enough credits.'), ADD],
		['about something else that is insufficient', 400, said('Insufficient prompt.'), CHANGE],
		[
			'about credits that are named far behind',
			400,
			said(`Insufficient ${'x'.repeat(101)} credit`),
			CHANGE,
		],
		['about the credits, by their code', 403, said('No.', 'insufficient_credit'), ADD],
		[
			'about what the key may do',
			403,
			said('No.'),
			'Check in your Core.Today account what this API Key may use.',
		],
		['about the model, by its code', 400, said('No.', 'model_not_found'), MODEL],
		['about a model that is away', 400, said('No.', 'model_unavailable'), MODEL],
		['about the model, in words', 404, said('There are no such models.'), MODEL],
		['about the model, whose task is named behind it', 404, said('Model of this task?'), MODEL],
		['about a task of a model', 404, said('Task of this model?'), ID],
		...['prediction', 'job', 'task', 'run', 'output', 'result'].map(
			(word): [string, number, unknown, string] => [
				`about the ${word} of a model`,
				404,
				said(`Model ${word} x`),
				ID,
			],
		),
		['about something that begins like a model', 404, said('Modelling x'), ID],
		['about an ID', 404, {}, ID],
		['about a setting', 422, said('aspect_ratio'), CHANGE],
	])('%s', (_rule, status, body, advice) => {
		// Of a request that names an ID, not a model.
		const namesModel = advice === ID ? undefined : true;
		expect(readFailure(answerWith({ status, body, namesModel })).details.advice).toBe(advice);
	});
});

describe('a prediction that ended without an image', () => {
	const ended = (parts: Partial<ImageTask>): ImageTask => ({
		id: 'pred_1',
		status: 'failed',
		images: [],
		raw: {},
		...parts,
	});

	test.each<[string, FailureKind, string, Partial<ImageTask>]>([
		[
			'failed with a reason',
			'taskFailed',
			'Core.Today: It broke down.',
			{ failure: { code: 'unknown', message: 'It broke down.' } },
		],
		[
			'was refused by code',
			'moderation',
			'Core.Today: No.',
			{ failure: { code: 'moderation_blocked', message: 'No.' } },
		],
		[
			'was refused in words',
			'moderation',
			'Core.Today: Flagged as NSFW.',
			{ failure: { code: 'unknown', message: 'Flagged as NSFW.' } },
		],
		['failed without a reason', 'taskFailed', 'Core.Today: no image was made.', {}],
		[
			'was cancelled',
			'taskFailed',
			'Core.Today: the task was cancelled before any image was made.',
			{ status: 'cancelled' },
		],
	])('%s', (_rule, kind, message, parts) => {
		const { details } = readTaskFailure(ended(parts));
		expect(details).toMatchObject({ kind, message, taskId: 'pred_1' });
		expect(details.advice).not.toBe('');
	});

	it('promises nothing about the charge, since Core.Today does not', () => {
		const { advice, mayBeCharged } = readTaskFailure(ended({})).details;
		expect(advice).toBe(
			'Run this again, or change the Prompt. Whether a failed task was charged is shown in your Core.Today account.',
		);
		expect(mayBeCharged).toBeUndefined();
	});
});
