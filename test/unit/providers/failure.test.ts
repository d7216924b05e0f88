// The one failure type: it keeps its details, and is tied to one task only.
import { badInput, downloadFailure, ImageFailure } from '../../../providers/failure';

it('is an error whose message is what happened', () => {
	const failure = badInput('The Prompt is empty.', 'Describe the image.');
	expect(failure).toBeInstanceOf(Error);
	expect(failure.name).toBe('ImageFailure');
	expect(failure.message).toBe('The Prompt is empty.');
	expect(failure.details).toEqual({
		kind: 'badInput',
		message: 'The Prompt is empty.',
		advice: 'Describe the image.',
	});
});

it('can be tied to a task and keeps everything else', () => {
	const failure = downloadFailure({ message: 'Gone.', advice: 'Try again.', status: 404 });
	expect(failure.withTask('task-1').details).toEqual({
		kind: 'download',
		message: 'Gone.',
		advice: 'Try again.',
		status: 404,
		taskId: 'task-1',
	});
	expect(failure.details.taskId).toBeUndefined();
});

it('stays with the task that it was first tied to', () => {
	const details = {
		kind: 'timeLimit',
		message: 'Late.',
		advice: 'Wait.',
		taskId: 'task-1',
	} as const;
	expect(new ImageFailure(details).withTask('task-2').details.taskId).toBe('task-1');
});
