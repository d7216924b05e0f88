// The store of tasks: who sees which, and which are forgotten when there are too many.
import { TaskStore } from '../../../sandbox/task-store';

interface Task {
	id: string;
	key: string;
	ended?: boolean;
}

function storeOf(limit: number, tasks: Task[]): TaskStore<Task> {
	const store = new TaskStore<Task>(limit, ({ ended }) => ended === true);
	for (const task of tasks) store.add(task);
	return store;
}

const idsOf = (tasks: Task[]) => tasks.map(({ id }) => id);

it('shows a task only to the key that made it', () => {
	const store = storeOf(10, [
		{ id: 'one', key: 'first' },
		{ id: 'two', key: 'second' },
		{ id: 'three', key: 'first' },
	]);
	expect(store.ofKey('first', 'one')).toBeDefined();
	expect(store.ofKey('second', 'one')).toBeUndefined();
	expect(store.ofKey('first', 'none')).toBeUndefined();
	expect(store.get('two')?.key).toBe('second');
	expect(idsOf(store.list('first'))).toEqual(['one', 'three']);
	expect(idsOf(store.list())).toEqual(['one', 'two', 'three']);
});

it('forgets the oldest task that has ended when there are too many', () => {
	const store = storeOf(3, [
		{ id: 'running', key: 'first' },
		{ id: 'older', key: 'first', ended: true },
		{ id: 'newer', key: 'second', ended: true },
		{ id: 'new', key: 'first' },
	]);
	expect(idsOf(store.list())).toEqual(['running', 'newer', 'new']);
});

it('forgets no task that still runs', () => {
	const store = storeOf(1, [
		{ id: 'one', key: 'first' },
		{ id: 'two', key: 'first' },
	]);
	expect(idsOf(store.list())).toEqual(['one', 'two']);
});
