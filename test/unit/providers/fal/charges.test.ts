// Whether a task of fal that failed was charged: by fal's own account of it, or because it was a fault of fal's.
import { createFal } from '../../../../providers/fal';
import type { ImageTask } from '../../../../providers/contract';
import { answerWith } from '../support';

const fal = createFal({
	baseUrl: 'https://queue.fal.run',
	filesBaseUrl: 'https://rest.fal.ai',
	apiBaseUrl: 'https://api.fal.ai/v1',
});
const ended: ImageTask = fal.readTask(
	answerWith({
		body: { request_id: '019a', status: 'COMPLETED', error: 'Invalid status code: 422' },
	}),
	undefined,
	'fal-ai/flux/dev/requests/019a',
);
const ofModel = (type: string) => ({ detail: [{ loc: ['body', 'prompt'], msg: 'No.', type }] });
const ofPlatform = (type: string) => ({ detail: 'No.', error_type: type });
const black = { images: [{ url: 'https://v3.fal.media/a.png' }], has_nsfw_concepts: [true] };
const video = { video: { url: 'https://v3.fal.media/a.mp4', content_type: 'video/mp4' } };

function failureOf(status: number, body: unknown, units?: string) {
	const headers: Record<string, string> =
		units === undefined ? {} : { 'x-fal-billable-units': units };
	const task = fal.result.read(answerWith({ status, body, headers }), ended);
	const isPaid = Number(task.units) > 0;
	const cost = { amount: 0.025, currency: 'USD' as const, estimated: false };
	return fal.readTaskFailure({ ...task, ...(isPaid && { cost }) }).details;
}

const NOTHING = 'fal has charged nothing for this task.';
const SOME = 'fal has charged $0.025 for this task.';
const WHO_KNOWS = 'Whether this task was charged is shown at fal.ai/dashboard.';

// False means: surely not charged. Undefined: like any task that was started, it may have been.
test.each<[string, number, unknown, string | undefined, boolean | undefined, string]>([
	['a wrong setting', 422, ofModel('less_than_equal'), '0', false, NOTHING],
	['a refusal before the work', 422, ofModel('content_policy_violation'), '0', false, NOTHING],
	['a refusal after it', 422, ofModel('content_policy_violation'), '1', undefined, SOME],
	[
		'a refusal without an account',
		422,
		ofModel('content_policy_violation'),
		undefined,
		undefined,
		WHO_KNOWS,
	],
	['an image that could not be read', 422, ofModel('image_load_error'), '0', false, NOTHING],
	['nothing made', 422, ofModel('no_media_generated'), undefined, undefined, WHO_KNOWS],
	['a header that is no number', 422, ofModel('missing'), 'none', undefined, WHO_KNOWS],
	['a crash', 500, ofPlatform('runner_server_error'), undefined, false, NOTHING],
	['a cold start', 504, ofPlatform('startup_timeout'), undefined, false, NOTHING],
	['a lost worker', 503, ofPlatform('runner_connection_error'), undefined, false, NOTHING],
	['a crash without a word', 500, { detail: 'No.' }, undefined, false, NOTHING],
	['a crash that was charged all the same', 500, { detail: 'No.' }, '1', undefined, SOME],
	[
		'a service behind the model that refused',
		400,
		ofPlatform('downstream_service_error'),
		undefined,
		undefined,
		WHO_KNOWS,
	],
	['a path that is none', 404, { detail: 'Path /x not found' }, undefined, undefined, WHO_KNOWS],
	['another thing than an image', 200, video, '1', undefined, SOME],
	['another thing, free of charge', 200, video, '0', false, NOTHING],
])('%s', (_what, status, body, units, mayBeCharged, words) => {
	const details = failureOf(status, body, units);
	expect(details.mayBeCharged).toBe(mayBeCharged);
	expect(details.advice.startsWith(`${words} `)).toBe(true);
});

test('a black image that fal counts no units for is told as free', () => {
	const details = failureOf(200, black, '0');
	expect(details).toMatchObject({
		message: "fal's safety check has painted an image black. Nothing was charged.",
		mayBeCharged: false,
	});
});

test('a black image is paid, and its message says so', () => {
	const details = failureOf(200, black, '1');
	expect(details.mayBeCharged).toBeUndefined();
	expect(details.message).toContain('charged all the same. The task cost $0.025.');
	expect(details.advice).not.toContain('this task');
});

test('of a result that is gone, as of a cancel, nothing is known', () => {
	expect(failureOf(404, { status: 'NOT_FOUND' })).toMatchObject({ code: 'result_expired' });
	expect(failureOf(404, { status: 'NOT_FOUND' }).mayBeCharged).toBeUndefined();
	expect(failureOf(499, ofPlatform('client_cancelled')).mayBeCharged).toBeUndefined();
});

test('a price that nobody tells does not hide the charge', () => {
	const headers = { 'x-fal-billable-units': '2' };
	const body = ofModel('no_media_generated');
	const task = fal.result.read(answerWith({ status: 422, body, headers }), ended);
	expect(fal.readTaskFailure(task).details.advice).toMatch(
		/^fal has charged this task, as fal\.ai\/dashboard shows\. /,
	);
});

test('a fault of fal costs nothing, also where its answer has no account', () => {
	const body = ofPlatform('generation_timeout');
	const task = fal.result.read(answerWith({ status: 504, body }), ended);
	expect(task.units).toBe(0);
	expect(task.usage).toBeUndefined();
});
