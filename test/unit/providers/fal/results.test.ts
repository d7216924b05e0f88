// What a task has come to: every shape of images, refusals that were paid, failures that come as ends.
import { createFal } from '../../../../providers/fal';
import type { ImageTask } from '../../../../providers/contract';
import { answerWith } from '../support';

const fal = createFal({
	baseUrl: 'https://queue.fal.run',
	filesBaseUrl: 'https://rest.fal.ai',
	apiBaseUrl: 'https://api.fal.ai/v1',
});
const ID = 'fal-ai/flux/dev/requests/019a';
const ended = (parts: object = {}): ImageTask =>
	fal.readTask(
		answerWith({ body: { request_id: '019a', status: 'COMPLETED', ...parts } }),
		undefined,
		ID,
	);
const resultOf = (body: unknown, { status = 200, headers = {}, task = ended() } = {}) =>
	fal.result.read(answerWith({ body, status, headers }), task);
const file = (name: string, more: object = {}) => ({
	url: `https://v3b.fal.media/files/${name}`,
	...more,
});
const png = { content_type: 'image/png' };
const urlsOf = ({ images }: ImageTask) => images.map(({ url }) => url?.split('/').at(-1));

describe('how a task stands', () => {
	test.each([
		['IN_QUEUE', 'queued'],
		['IN_PROGRESS', 'running'],
		['COMPLETED', 'succeeded'],
		['FAILED', 'failed'],
		['CANCELLED', 'cancelled'],
		['SOMETHING_NEW', 'running'],
	])('%s is %s', (word, status) => {
		const body = { request_id: '019a', status: word, queue_position: 3 };
		expect(fal.readTask(answerWith({ body }), undefined, ID)).toMatchObject({
			id: ID,
			status,
			model: 'fal-ai/flux/dev',
		});
	});

	it('builds the ID from the model, and believes no address in the answer', () => {
		const body = {
			request_id: '019a',
			status: 'IN_QUEUE',
			status_url: 'https://evil.example/x/requests/1/status',
		};
		const request = { model: 'fal-ai/flux/dev', prompt: 'x', count: 1, references: [] };
		const task = fal.readTask(answerWith({ body }), request);
		expect(task).toMatchObject({ id: ID, status: 'queued' });
		expect(fal.poll(task.id).url).toBe('https://queue.fal.run/fal-ai/flux/requests/019a/status');
		expect(fal.result.request(ended())?.url).toBe(
			'https://queue.fal.run/fal-ai/flux/requests/019a',
		);
	});

	it('is cancelled by its error, and then nothing more is asked', () => {
		const task = ended({ error: 'Client cancelled', error_type: 'client_cancelled' });
		expect(task.status).toBe('cancelled');
		expect(fal.result.request(task)).toBeUndefined();
		expect(fal.result.request({ ...task, status: 'running' })).toBeUndefined();
	});
});

describe('images', () => {
	test.each<[string, object, string[]]>([
		['a list', { images: [file('a.png'), file('b.png', png)] }, ['a.png', 'b.png']],
		['one', { image: file('a.png') }, ['a.png']],
		[
			'one with a mask beside it',
			{ image: file('a.png'), mask_image: file('m.png', png) },
			['a.png'],
		],
		[
			'a list with a sticker beside it',
			{ images: [file('a.png')], sticker_image: file('s.png', png) },
			['a.png'],
		],
		[
			'one and a list of the same',
			{ image: file('a.png'), images: [file('a.png'), file('b.png')] },
			['a.png', 'b.png'],
		],
		['one and no list', { image: file('a.png'), images: null }, ['a.png']],
		['one in the place of a list', { images: file('a.png') }, ['a.png']],
		['addresses only', { images: ['https://x.test/a.png'] }, ['a.png']],
		[
			'a drawing in vectors',
			{ images: [file('a.svg', { content_type: 'image/svg+xml' })] },
			['a.svg'],
		],
		[
			'a preview',
			{
				preview_image: file('p.png', png),
				output_zip: file('z.zip', { content_type: 'application/zip' }),
			},
			['p.png'],
		],
		['masks alone', { masks: [file('m.png', png), file('n.png', png)] }, ['m.png', 'n.png']],
		['a mask alone', { mask_image: file('m.png', png) }, ['m.png']],
		[
			'an unusual name',
			{ rendered: { front: file('f.webp', { content_type: 'image/webp' }) } },
			['f.webp'],
		],
	])('are read from %s', (_what, body, names) => {
		expect(urlsOf(resultOf(body))).toEqual(names);
		expect(resultOf(body).status).toBe('succeeded');
	});

	it('counts an entry that can not be read, and takes the others', () => {
		const task = resultOf({ images: [{}, file('b.png')] });
		expect([urlsOf(task), task.unread]).toEqual([['b.png'], 1]);
	});

	it('keeps the digits of a seed, and what it was charged for', () => {
		const body = { images: [file('a.png')], seed: '17454220438242315174' };
		const headers = { 'x-fal-billable-units': '1.5' };
		expect(resultOf(body, { headers })).toMatchObject({
			seed: '17454220438242315174',
			units: 1.5,
			usage: { billableUnits: 1.5 },
		});
		expect(resultOf({ ...body, seed: 42 }).seed).toBe(42);
	});

	it('tells what was made in place of an image', () => {
		const task = resultOf({ video: file('a.mp4', { content_type: 'video/mp4' }) });
		expect(fal.readTaskFailure(task).details).toMatchObject({
			kind: 'taskFailed',
			message:
				'fal: the model has made no image. It has made this instead: https://v3b.fal.media/files/a.mp4',
		});
	});
});

describe('a black image', () => {
	const black = { images: [file('a.png'), file('b.png')], has_nsfw_concepts: [true, true] };

	it('is a refusal that was paid, and says what it cost', () => {
		const task = {
			...resultOf(black),
			cost: { amount: 0.05, currency: 'USD' as const, estimated: false },
		};
		expect(task.images).toEqual([]);
		expect(fal.readTaskFailure(task).details).toMatchObject({
			kind: 'moderation',
			message:
				"fal's safety check has painted 2 images black. They are charged all the same. The task cost $0.05.",
			taskId: ID,
		});
	});

	it('takes the others not with it', () => {
		const task = resultOf({ ...black, has_nsfw_concepts: [true, false] });
		expect([task.status, urlsOf(task), task.failure?.code]).toEqual([
			'succeeded',
			['b.png'],
			'nsfw_black_image',
		]);
	});
});

describe('a failure that comes as an end', () => {
	const violation = {
		detail: [{ loc: ['body', 'prompt'], msg: 'Flagged.', type: 'content_policy_violation' }],
	};

	test.each<[string, number, unknown, object]>([
		[
			'a refusal',
			422,
			violation,
			{ kind: 'moderation', message: 'fal: prompt: Flagged.', code: 'content_policy_violation' },
		],
		[
			'a wrong setting',
			422,
			{ detail: [{ loc: ['body', 'steps'], msg: 'Too many', type: 'less_than_equal' }] },
			{ kind: 'taskFailed', message: 'fal: steps: Too many', code: 'less_than_equal' },
		],
		[
			'a text',
			400,
			{ detail: 'No such style' },
			{ kind: 'taskFailed', message: 'fal: No such style' },
		],
		[
			'a server',
			500,
			{ detail: 'Boom', error_type: 'internal_server_error' },
			{ kind: 'taskFailed', code: 'internal_server_error' },
		],
		[
			'a path that is none',
			404,
			{ detail: 'Path /x not found' },
			{ kind: 'taskFailed', message: 'fal: Path /x not found' },
		],
		[
			'a result that is gone',
			404,
			{ status: 'NOT_FOUND' },
			{ kind: 'taskFailed', code: 'result_expired' },
		],
	])("is told in fal's words: %s", (_what, status, body, details) => {
		const task = ended({ error: 'Invalid status code' });
		const request = fal.result.request(task)!;
		const answer = answerWith({ status, body });
		expect(request.isAnswer!(answer)).toBe(true);
		expect(fal.readTaskFailure(fal.result.read(answer, task)).details).toMatchObject({
			...details,
			taskId: ID,
		});
	});

	test.each([
		['a wrong key', 401, { detail: 'No user found' }],
		['an empty balance', 403, { detail: 'User is locked.' }],
		['too many requests', 429, { detail: 'Slow down' }],
		['a gateway', 502, '<html>'],
		[
			'a server of which the task says nothing',
			503,
			{ detail: 'Unavailable', error_type: 'runner_connection_error' },
		],
	])('is none, but a reason to ask again: %s', (_what, status, body) => {
		expect(fal.result.request(ended())!.isAnswer!(answerWith({ status, body }))).toBe(false);
	});

	it('is not yet one where the result says that it is at work', () => {
		const body = { detail: 'Request is still in progress' };
		expect(resultOf(body, { status: 400 }).status).toBe('running');
	});

	it('is a cancel, by its status', () => {
		expect(
			resultOf({ detail: 'Cancelled', error_type: 'client_cancelled' }, { status: 499 }).status,
		).toBe('cancelled');
	});
});
