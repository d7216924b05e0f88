// How a task stands, by one request for it alone.
import { connect } from '../../../../pipeline/session';
import { askForOne } from '../../../../pipeline/tasks/taskAnswers';
import { done, evoLink } from '../evoLinkTasks';
import { otherEnd } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

test('an answer that names another task takes its ID from nobody: it stays findable', async () => {
	const clock = createVirtualClock();
	const { context } = otherEnd(clock, () => ({ body: done('task-2') }));
	const connection = connect(context, 'any', evoLink, [], clock);
	const told = await clock.until(askForOne(connection, 'task-1'));
	expect(told).toMatchObject({ ok: true, value: { id: 'task-1', status: 'succeeded' } });
});
