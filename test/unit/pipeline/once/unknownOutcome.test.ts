// Which failed creates may have been done, and what a later try says of them.
import {
	mayHaveBeenDone,
	stillUnknown,
	withinSentence,
	withOutcome,
} from '../../../../pipeline/once/unknownOutcome';
import { ImageFailure, type FailureDetails } from '../../../../providers/failure';

const PROVIDER = { name: 'The gateway', whereToLook: 'Look there.' };

const failureWith = (details: Partial<FailureDetails>) =>
	new ImageFailure({ kind: 'network', message: 'It failed.', advice: 'Do this.', ...details });

test.each<[boolean, string, Partial<FailureDetails>]>([
	[true, 'a connection that broke', { kind: 'network' }],
	[false, 'a connection that was refused', { kind: 'network', nothingSent: true }],
	[true, '500', { kind: 'providerDown', status: 500 }],
	[true, '408', { kind: 'providerDown', status: 408 }],
	[true, '499', { kind: 'providerDown', status: 499 }],
	[true, '503', { kind: 'providerDown', status: 503 }],
	[true, '524', { kind: 'providerDown', status: 524 }],
	[false, '503 with a time', { kind: 'providerDown', status: 503, retryAfterSeconds: 1 }],
	[false, '503 with a word for it', { kind: 'providerDown', status: 503, notTaken: true }],
	[true, '500 with a time', { kind: 'providerDown', status: 500, retryAfterSeconds: 1 }],
	[false, '429', { kind: 'rateLimit', status: 429 }],
	[false, '400', { kind: 'badRequest', status: 400 }],
	[false, '402', { kind: 'balance', status: 402 }],
	[false, 'a refusal of the content', { kind: 'moderation', status: 400 }],
	[true, 'an answer that could not be read', { kind: 'unreadableAnswer', status: 200 }],
	[true, 'an answer without an image', { kind: 'noImage' }],
	[true, 'a picture that arrived damaged', { kind: 'download' }],
	[true, 'what the provider itself does not know', { kind: 'outcomeUnknown', status: 500 }],
	[false, 'a time limit before anything was sent', { kind: 'timeLimit', nothingSent: true }],
	[false, 'an execution that was cancelled before', { kind: 'cancelled' }],
])('%s: %s', (expected, _what, details) => {
	expect(mayHaveBeenDone(failureWith(details), false)).toBe(expected);
	expect(mayHaveBeenDone(failureWith(details), true)).toBe(expected);
});

it('takes a defect for unknown only where an answer had come', () => {
	expect(mayHaveBeenDone(new TypeError('no'), true)).toBe(true);
	expect(mayHaveBeenDone(new TypeError('no'), false)).toBe(false);
});

describe('the failure of the try itself', () => {
	it('says where to look', () => {
		const { details } = withOutcome(failureWith({}), PROVIDER) as ImageFailure;
		expect(details).toMatchObject({
			kind: 'outcomeUnknown',
			message: 'It failed.',
			advice:
				'Nobody can tell whether the gateway did the work. It may have been charged. Look there.',
		});
	});

	it('says of a picture that arrived damaged inside the answer that it is lost', () => {
		const { details } = withOutcome(failureWith({ kind: 'download' }), PROVIDER) as ImageFailure;
		expect(details).toEqual({
			kind: 'outcomeUnknown',
			message: 'It failed.',
			advice:
				"The picture stood inside the answer, so it can't be fetched a second time. It may have been charged. Look there.",
		});
	});

	it.each([
		['the answer had no image', failureWith({ kind: 'noImage' })],
		['it was clearly refused', failureWith({ kind: 'badRequest', status: 400 })],
		['nothing was sent', failureWith({ nothingSent: true })],
		['it is a defect', new TypeError('no')],
	])('stays as it is where %s', (_what, failure) => {
		expect(withOutcome(failure, PROVIDER)).toBe(failure);
	});

	it.each([
		['The gateway', 'the gateway'],
		['OpenAI', 'OpenAI'],
		['Theatre', 'Theatre'],
		['Of The gateway', 'Of The gateway'],
	])('calls %s %s within a sentence', (name, within) => {
		expect(withinSentence(name)).toBe(within);
	});
});

describe('the failure of a later try', () => {
	const REST =
		'The work may have been done and charged, and a second request could be charged again. Look there. If nothing was done, run the workflow again.';

	test.each<[string, string, string, Parameters<typeof stillUnknown>[1]]>([
		['of which nothing is known', 'no usable answer from the gateway', REST, undefined],
		[
			'with the words of the first one',
			'no usable answer from the gateway',
			`That try ended with: It broke. ${REST}`,
			{ kind: 'network', message: 'It broke.' },
		],
		[
			'after an answer without an image',
			'an answer without an image',
			`That try ended with: No. ${REST}`,
			{ kind: 'noImage', message: 'No.' },
		],
	])('%s', (_what, got, advice, earlier) => {
		expect(stillUnknown(PROVIDER, earlier).details).toEqual({
			kind: 'outcomeUnknown',
			message: `An earlier try got ${got}, so this try sent nothing.`,
			advice,
		});
	});
});
