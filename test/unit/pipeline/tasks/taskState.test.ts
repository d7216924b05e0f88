// What a task's status means, and what is added to it of the order.
import { hasEnded, openTask, withAsked } from '../../../../pipeline/tasks/taskState';
import type { TaskStatus } from '../../../../providers/contract';
import { requestWith } from '../../providers/support';

test.each<[TaskStatus, boolean]>([
	['queued', false],
	['running', false],
	['succeeded', true],
	['failed', true],
	['cancelled', true],
])('that a task has ended when it is %s is %s', (status, ended) => {
	expect(hasEnded({ status })).toBe(ended);
});

test('a task of which only the id is known is to be polled at once', () => {
	expect(openTask('task-1')).toEqual({
		id: 'task-1',
		status: 'queued',
		etaSeconds: 0,
		images: [],
		raw: {},
	});
});

describe('a task with its order', () => {
	const task = { ...openTask('task-1'), orderReference: 'of the answer' };

	it('is as it was where the order isn’t known', () => {
		expect(withAsked(task, undefined)).toBe(task);
	});

	it('has what it was to make and the reference of the order', () => {
		const format = { name: 'Post', width: 1080, height: 1080 };
		const request = requestWith({ count: 3, size: '1:1', format, orderReference: 'row 13' });
		expect(withAsked(task, request)).toEqual({
			...task,
			orderReference: 'row 13',
			asked: { count: 3, size: '1:1', format },
		});
	});

	it('keeps the reference that the answer names where the order has none', () => {
		expect(withAsked(task, requestWith({})).orderReference).toBe('of the answer');
	});
});
