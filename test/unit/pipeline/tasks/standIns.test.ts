// Which tasks of a kind are asked for all.
import { standIns } from '../../../../pipeline/tasks/standIns';

const NOW = 1_000_000;
const tasksOf = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		facts: {
			begunAt: 0,
			askedAt: index,
			troubles: 0,
			chance: 0,
			excusedAt: undefined as number | undefined,
		},
	}));

test.each([
	[0, 0],
	[1, 1],
	[5, 1],
	[6, 2],
	[10, 2],
	[11, 3],
])('of %i tasks, %i are asked', (count, asked) => {
	expect(standIns(tasksOf(count), NOW)).toHaveLength(asked);
});

test('the others count as asked, and not those that are', () => {
	const tasks = tasksOf(3);
	const asked = standIns(tasks, NOW);
	expect(tasks.map(({ facts }) => facts.excusedAt)).toEqual([undefined, NOW, NOW]);
	expect(asked).toEqual([tasks[0]]);
});

test('each has its turn', () => {
	const tasks = tasksOf(10);
	const asked = [1, 2, 3, 4, 5].flatMap((round) => {
		const inTurn = standIns(tasks, NOW + round);
		for (const { facts } of inTurn) facts.askedAt = NOW + round;
		return inTurn;
	});
	expect(new Set(asked).size).toBe(10);
});
