// What a person is told to do about fal's refusals, and about tasks that have failed.
import type { ImageTask } from '../../../../providers/contract';
import { createFal } from '../../../../providers/fal';
import { toldIn } from '../../../../providers/fal/failures';
import { answerWith, failureOf } from '../support';

const fal = createFal({
	baseUrl: 'https://queue.fal.run',
	filesBaseUrl: 'https://rest.fal.ai',
	apiBaseUrl: 'https://api.fal.ai/v1',
});
const TOP_UP = 'Top up at fal.ai/dashboard/billing, then run this again. The API Key is right.';
const OTHER_MODEL =
	"Choose a model from the list, or enter the ID that stands on the model's page, such as fal-ai/flux-2.";
const CHECK_TASK =
	'Check the Task ID: it is the whole text, such as fal-ai/flux-2/requests/019a…. fal keeps a task for some time only. If that is right, or you entered none, check the Base URL and the other addresses in the credential.';

test.each<[number, unknown, string, string, string]>([
	[
		401,
		{ detail: 'No key.' },
		'auth',
		'fal: No key.',
		'Open the fal credential and check the API Key: it has two parts with a colon between them.',
	],
	[402, { detail: 'Pay.' }, 'balance', 'fal: Pay.', TOP_UP],
	[403, { detail: 'Exhausted balance.' }, 'balance', 'fal: Exhausted balance.', TOP_UP],
	[403, { detail: 'User is locked.' }, 'balance', 'fal: User is locked.', TOP_UP],
	[
		403,
		{ detail: 'No.' },
		'forbidden',
		'fal: No.',
		'Check at fal.ai/dashboard/keys what this API Key may use.',
	],
	[
		404,
		{ detail: 'Application not found' },
		'modelGone',
		'fal: Application not found',
		OTHER_MODEL,
	],
	[404, { detail: 'No such request' }, 'notFound', 'fal: No such request', CHECK_TASK],
	[
		404,
		{ status: 'NOT_FOUND' },
		'notFound',
		'fal: this request is not known, or no longer kept.',
		CHECK_TASK,
	],
])('%i with %j', (status, body, kind, message, advice) => {
	// Of a request that names a task, not a model.
	const namesModel = advice === CHECK_TASK ? undefined : true;
	const { details } = fal.readFailure(answerWith({ status, body, namesModel }));
	expect(details).toMatchObject({ kind, message, advice });
});

test("a time to come back is fal's word, but not with a 503", () => {
	const headers = { 'retry-after': '7' };
	const after = (status: number) =>
		fal.readFailure(answerWith({ status, headers, body: { detail: 'Busy.' } })).details
			.retryAfterSeconds;
	expect([after(429), after(500), after(503)]).toEqual([7, 7, undefined]);
});

test.each<[string, unknown, Record<string, string>, string | undefined]>([
	['the first of a list', { detail: [{ msg: 'No.', type: 'too_big' }] }, {}, 'too_big'],
	['the body', { detail: 'No.', error_type: 'busy' }, { 'x-fal-error-type': 'other' }, 'busy'],
	['a header', { detail: 'No.' }, { 'x-fal-error-type': 'busy' }, 'busy'],
	['nothing', { detail: 'No.' }, {}, undefined],
])("fal's own word for an error is told by %s", (_where, body, headers, code) => {
	expect(toldIn(answerWith({ status: 422, body, headers }))?.code).toBe(code);
});

const failed = (code: string, parts: Partial<ImageTask> = {}): ImageTask => ({
	id: 'a/b/requests/1',
	status: 'failed',
	images: [],
	raw: {},
	failure: { code, message: 'No.' },
	...parts,
});
const UNKNOWN = 'Whether this task was charged is shown at fal.ai/dashboard.';
const INPUT =
	'Check the input images: fal must be able to open their addresses without signing in, and the model must take their type and size.';
const AGAIN = 'Run this again, or choose another model.';
const SETTING = 'Change the setting that the message names.';

test.each<[string, string]>([
	...['file_download_error', 'image_load_error', 'unsupported_image_format'].map(
		(code): [string, string] => [code, INPUT],
	),
	['image_too_small', INPUT],
	['file_too_large', INPUT],
	['request_timeout', AGAIN],
	['startup_timeout', AGAIN],
	['runner_connection_error', AGAIN],
	['internal_server_error', AGAIN],
	['downstream_service_error', AGAIN],
	['generation_timeout', AGAIN],
	['500', AGAIN],
	['599', AGAIN],
	['5000', SETTING],
	['404', OTHER_MODEL],
	['no_such_path', OTHER_MODEL],
	['1404', SETTING],
	['4040', SETTING],
	['no_media_generated', 'Change the Prompt, or choose a model that makes images.'],
	['no_media_generated_yet', SETTING],
	['no_file_too_large', SETTING],
	['a_request_timeout', SETTING],
	['value_error', SETTING],
	['', SETTING],
])('a task that has failed with "%s" is told with what to do', (code, advice) => {
	expect(fal.readTaskFailure(failed(code)).details.advice).toBe(`${UNKNOWN} ${advice}`);
});

test.each<[Partial<ImageTask>, string, boolean | undefined]>([
	[{}, UNKNOWN, undefined],
	[{ units: 0 }, 'fal has charged nothing for this task.', false],
	[{ units: 2 }, 'fal has charged this task, as fal.ai/dashboard shows.', undefined],
	[
		{ units: 2, cost: { amount: 0.5, currency: 'USD', estimated: false } },
		'fal has charged $0.50 for this task.',
		undefined,
	],
])('what a failed task with %j was charged', (parts, charge, mayBeCharged) => {
	const usage = { billableUnits: 2 };
	const { details } = fal.readTaskFailure(failed('x', { ...parts, usage }));
	expect(details).toMatchObject({ message: 'fal: No.', advice: `${charge} ${SETTING}`, usage });
	expect(details.mayBeCharged).toBe(mayBeCharged);
});

test('what fal no longer keeps is looked for, and what it painted black tells its cost', () => {
	expect(fal.readTaskFailure(failed('result_expired', { units: 0 })).details).toEqual({
		kind: 'taskFailed',
		message: 'fal: No.',
		advice:
			'Look for the images at fal.ai/dashboard, or run this again, which makes and charges them anew.',
		code: 'result_expired',
		taskId: 'a/b/requests/1',
	});
	const cost = { amount: 0.5, currency: 'USD', estimated: false } as const;
	const black = fal.readTaskFailure(failed('nsfw_black_image', { cost, usage: { a: 1 } })).details;
	expect(black).toMatchObject({ kind: 'moderation', usage: { a: 1 } });
	expect(black.message).toBe('fal: No. The task cost $0.50.');
	expect(fal.readTaskFailure(failed('nsfw_black_image')).details.message).toBe('fal: No.');
});

test.each<[unknown, object]>([
	[
		{ username: 'fox', credits: { current_balance: 5, currency: 'EUR' } },
		{ balance: 5, currency: 'EUR', username: 'fox' },
	],
	[{ credits: { current_balance: 0 } }, { balance: 0, currency: 'USD' }],
])('the balance in %j', (body, balance) => {
	expect(fal.readBalance(answerWith({ body }))).toEqual(balance);
	expect(fal.balance()).toMatchObject({
		url: 'https://api.fal.ai/v1/account/billing',
		query: { expand: 'credits' },
	});
});

test.each<[unknown]>([[[]], ['text'], [{}], [{ status: 'x' }]])(
	'an answer to an order that is no task: %j',
	(body) => {
		expect(failureOf(() => fal.readTask(answerWith({ body }))).kind).toBe('unreadableAnswer');
	},
);
