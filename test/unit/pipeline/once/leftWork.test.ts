// What a failure leaves to be told of: all that is paid for or may be, but what it tells by itself.
import { withoutToldBy } from '../../../../pipeline/once/leftWork';
import { ImageFailure, type FailureDetails } from '../../../../providers/failure';

const failure = (details: Partial<FailureDetails>) =>
	new ImageFailure({ kind: 'badInput', message: 'It failed.', advice: '', ...details });

test.each<[string, Error, number]>([
	['a lost answer', failure({ kind: 'outcomeUnknown' }), 1],
	['an answer without an image', failure({ kind: 'noImage' }), 1],
	[
		'an image that was never ordered, as the one it is made from has not come',
		failure({ kind: 'noImage', nothingSent: true }),
		2,
	],
	['an upload that failed, which costs nothing', failure({ kind: 'providerDown' }), 2],
	['a network that failed before anything was ordered', failure({ kind: 'network' }), 2],
	['a wrong field', failure({}), 2],
	["an error of n8n's own", new Error('ENOENT'), 2],
])('%s leaves so many of two orders in doubt', (_what, error, unknown) => {
	expect(withoutToldBy(error, { taskIds: [], images: 3, unknown: 2 })).toEqual({
		taskIds: [],
		images: 3,
		unknown,
	});
});

test('the task that the failure names is not named once more', () => {
	const left = { taskIds: ['task-1', 'task-2'], images: 0, unknown: 0 };
	expect(withoutToldBy(failure({ taskId: 'task-2' }), left).taskIds).toEqual(['task-1']);
	expect(withoutToldBy(new Error('ENOENT'), left).taskIds).toEqual(left.taskIds);
});

test('there are never fewer than none in doubt', () => {
	const none = { taskIds: [], images: 0, unknown: 0 };
	expect(withoutToldBy(failure({ kind: 'outcomeUnknown' }), none)).toEqual(none);
});
