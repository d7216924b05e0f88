// How a task stands now, in virtual time: the question ends by its deadline, whatever comes.
import { deadlineIn } from '../../../../pipeline/deadline';
import { failureIn } from '../../../../pipeline/result';
import { connect } from '../../../../pipeline/session';
import { createTaskPoll } from '../../../../pipeline/tasks/taskPoll';
import { createCoreToday } from '../../../../providers/coretoday';
import { otherEnd } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

test('an answer that never ends, though it moves, is over at the deadline', async () => {
	const clock = createVirtualClock();
	const { context } = otherEnd(clock, () => ({ body: ' '.repeat(500), betweenBytes: 1000 }));
	const provider = createCoreToday('http://127.0.0.1', 'storage');
	const poll = createTaskPoll(connect(context, 'any', provider, [], clock));
	const told = await clock.until(poll('pred_1', deadlineIn(60, clock.now())));
	expect(told.ok).toBe(false);
	expect(!told.ok && failureIn(told.error)?.details).toMatchObject({ taskId: 'pred_1' });
	expect(clock.passed()).toBeLessThanOrEqual(61_000);
});
