// What a person is told to do about a gateway's refusals, and about an answer without an image.
import { createChatGateway } from '../../../../providers/chat';
import type { FailureKind } from '../../../../providers/failure';
import { answerWith, failureOf, requestWith } from '../support';
import { chatWith, FOX, saying } from './transcripts';

const { readTask, readFailure, readTaskFailure } = createChatGateway('https://gateway.test');
const CHARGED = 'It may have been charged. Your account at the gateway shows what was charged.';
const CHECK_KEY = 'Open the credential and check the API Key.';
const ADD_CREDIT = 'Add credit in your account at the gateway, then run this again.';
const OTHER_MODEL = 'Choose a Model that your gateway offers today.';
const NO_ROOM =
	'The gateway has no room for this model right now. Try again in a minute, or choose another Model.';
const CHANGE_SETTING =
	'Change the named setting, or remove it from the Options: not every gateway has it.';
const DRAWS = `Change the Prompt, or choose a model that draws. ${CHARGED}`;
const REFUSED_AGAIN = `Change the Prompt or the input images: sent again unchanged, they will be refused again. ${CHARGED}`;
const LATER = `Run this again later, or choose another Model. ${CHARGED}`;

test.each<[FailureKind, number, unknown, string]>([
	['auth', 401, { message: 'No.' }, CHECK_KEY],
	['auth', 400, { message: 'API key not valid.' }, CHECK_KEY],
	['badRequest', 422, { message: 'API key not valid.' }, CHANGE_SETTING],
	['badRequest', 400, { message: 'No.' }, CHANGE_SETTING],
	['balance', 402, { message: 'No.' }, ADD_CREDIT],
	['balance', 403, { code: 'INSUFFICIENT_USER_QUOTA' }, ADD_CREDIT],
	['balance', 429, { code: 'insufficient_balance' }, ADD_CREDIT],
	['balance', 429, { type: 'insufficient_credits' }, ADD_CREDIT],
	['providerDown', 503, { code: 'Server_Busy' }, NO_ROOM],
	['providerDown', 400, { type: 'overloaded_error' }, NO_ROOM],
	['modelGone', 503, { code: 'MODEL_NOT_FOUND' }, OTHER_MODEL],
	['modelGone', 400, { message: 'The model x does not exist' }, OTHER_MODEL],
	['modelGone', 404, { message: 'The model x does not exist' }, OTHER_MODEL],
	['forbidden', 403, { message: 'No.' }, 'Check at the gateway what this API Key may use.'],
	[
		'notFound',
		404,
		{ message: 'No.' },
		'Check the Base URL in the credential, with or without /v1 at its end, and the Model.',
	],
	['tooLarge', 413, { message: 'No.' }, 'Use fewer or smaller input images.'],
])('%s under %i, by %j', (kind, status, error, advice) => {
	const { details } = readFailure(answerWith({ status, body: { error } }));
	expect(details).toMatchObject({ kind, advice });
});

const SORRY = 'I am sorry but this picture would show a brand that I must not draw';
const usage = { total_tokens: 5 };
const failureFrom = (body: unknown) => {
	const answer = answerWith({ body, headers: { 'x-request-id': 'req-1' } });
	return failureOf(() => readTask(answer, requestWith({})));
};
const filtered = (message: unknown) => ({
	choices: [{ message, finish_reason: 'content_filter' }],
});

describe('an answer without an image', () => {
	test.each<[string, object, FailureKind, string, string]>([
		[
			'nothing',
			saying(''),
			'noImage',
			'The model answered without an image and without a word.',
			DRAWS,
		],
		[
			'words',
			saying(' I only\n  talk. '),
			'noImage',
			'The model answered without an image. It said: "I only talk."',
			DRAWS,
		],
		[
			'words in a list of images',
			chatWith({ content: 'Well.', images: [SORRY] }),
			'noImage',
			`The model answered without an image. It said: "Well. ${SORRY}"`,
			DRAWS,
		],
		[
			'words in a list of images, outside of all choices',
			{ data: [{ type: 'image', url: SORRY }, SORRY] },
			'noImage',
			`The model answered without an image. It said: "${SORRY} ${SORRY}"`,
			DRAWS,
		],
		[
			'half of a picture',
			saying('![a](data:image/'),
			'unreadableAnswer',
			"The gateway's answer broke off before the picture was whole.",
			DRAWS,
		],
		[
			'a refusal',
			chatWith({ content: 'Well.' }, { refusal: 'I draw\nno brands.' }),
			'moderation',
			'The model refused: "Well. I draw no brands."',
			REFUSED_AGAIN,
		],
		[
			'what a filter left of it',
			filtered({ content: 'I draw' }),
			'moderation',
			'A content filter held the answer back. The model said: "I draw"',
			REFUSED_AGAIN,
		],
		[
			'what a filter left nothing of',
			filtered(undefined),
			'moderation',
			'A content filter held the answer back.',
			REFUSED_AGAIN,
		],
		[
			'an error that nobody knows',
			{ error: { message: 'Odd.' } },
			'noImage',
			'The gateway: Odd.',
			LATER,
		],
		[
			'an error behind words',
			{ ...saying('Drawing\nnow'), error: { code: 503, message: 'Odd.' } },
			'noImage',
			'The gateway: Odd. Before that, the model said: "Drawing now"',
			LATER,
		],
	])('with %s', (_what, body, kind, message, advice) => {
		const told = { kind, message, advice, usage, requestId: 'req-1' };
		expect(failureFrom({ ...body, usage })).toMatchObject(told);
	});

	it('was refused, whatever the model said before, where the error says so', () => {
		const error = { code: 'content_filter', message: 'No.' };
		expect(failureFrom({ ...saying('Drawing'), error })).toMatchObject({
			kind: 'moderation',
			message: 'The gateway: No.',
		});
	});

	it('was taken where the model spoke before its gateway was busy', () => {
		const error = { code: 'server_busy', message: 'Busy.' };
		expect(failureFrom({ error }).notTaken).toBe(true);
		expect(failureFrom({ ...saying('Drawing'), error }).notTaken).toBeUndefined();
	});
});

describe('a stream without an image and without its mark of the end', () => {
	const stream = (...choices: object[]) =>
		choices.map((choice) => `data: ${JSON.stringify({ choices: [choice] })}\n\n`).join('');
	const said = { index: 1, delta: { content: 'No.' } };
	const ended = (index: number) => ({ index, finish_reason: 'stop' });

	test.each<[string, string, FailureKind]>([
		['has ended where its only choice has', stream(said, ended(1)), 'noImage'],
		['has ended where all choices have', stream(ended(0), said, ended(1)), 'noImage'],
		['has broken off where one has not', stream(ended(0), said), 'unreadableAnswer'],
		['has broken off where none is there', stream({}), 'unreadableAnswer'],
	])('%s', (_rule, body, kind) => {
		expect(failureFrom(body).kind).toBe(kind);
	});
});

test.each<[string, object, string]>([
	[
		'as the gateway says it',
		{ data: [{ url: FOX }], error: 'Too\n many.' },
		'The gateway said: "Too many."',
	],
	[
		'as the model says it, before an error',
		{ ...chatWith({ content: FOX }, { content: 'No.' }), error: 'Odd.' },
		'The gateway said: "No."',
	],
	[
		'as far as anybody reads it',
		{ data: [{ url: FOX }], error: 'm'.repeat(600) },
		`The gateway said: "${'m'.repeat(499)}…"`,
	],
	['without a word', { data: [{ url: FOX }] }, ''],
])('fewer images than were asked for are told %s', (_how, body, message) => {
	const { failure } = readTask(answerWith({ body }), requestWith({ count: 2 }));
	expect(failure).toEqual({ code: 'fewer_images', message });
});

test('images that can not be read count as made', () => {
	const answer = answerWith({ body: { data: [{ url: FOX }, { url: 7 }] } });
	const [two, three] = [2, 3].map((count) => readTask(answer, requestWith({ count })));
	expect([two?.unread, two?.failure]).toEqual([1, undefined]);
	expect(three).toMatchObject({ unread: 1, failure: { code: 'fewer_images', message: '' } });
});

test('an answer that was interrupted before its image came says what interrupted it', () => {
	const interruption = readTaskFailure({ id: '', status: 'failed', images: [], raw: {} });
	const read = (body: unknown) => readTask(answerWith({ body, interruption }), requestWith({}));
	expect(() => read(saying('Drawing'))).toThrow(interruption);
	expect(read(saying(FOX)).images).toEqual([{ url: FOX }]);
});

test.each([
	['what the task says', { code: 'x', message: 'Not one.' }, 'Not one.'],
	['that there is none', undefined, 'The model answered without an image.'],
])('a finished task without an image tells %s', (_what, failure, message) => {
	const task = { id: '', status: 'succeeded' as const, images: [], raw: {}, failure };
	expect(readTaskFailure(task).details).toEqual({ kind: 'noImage', message, advice: DRAWS });
});
