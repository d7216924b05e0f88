// The cells of the fault matrix: each has a name of its own, and a part of the name chooses several.
import { faults } from '../../faults/faults';
import { operations } from '../../faults/operations';
import { allCells } from '../../faults/plan';
import { between } from '../../faults/report/keep';

const cells = allCells();

test('no two cells have the same name', () => {
	expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
});

test('no two faults at one operation have the same name', () => {
	expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
});

test('each operation and each fault has cells', () => {
	const named = new Set(cells.map(({ provider, operation }) => `${provider}/${operation}`));
	expect([...named]).toEqual(operations.map(({ provider, id }) => `${provider}/${id}`));
	const struck = new Set(cells.map(({ fault }) => fault));
	expect(faults.map(({ id }) => id).filter((id) => !struck.has(id))).toEqual([]);
});

test('what is the same each time has no cells for one time', () => {
	const silent = cells.filter(({ id }) => id.startsWith('openai/generate/silent-done/'));
	expect(silent.map(({ id }) => id)).toEqual(
		['stop', 'continue', 'retry', 'continueRetry'].map(
			(mode) => `openai/generate/silent-done/always/${mode}`,
		),
	);
});

test('what comes once only has cells where the node is tried again', () => {
	const passing = cells.filter(({ id }) => id.startsWith('openai/generate/error-429/'));
	expect(passing.map(({ spell, mode }) => [spell, mode])).toEqual([
		['always', 'stop'],
		['always', 'continue'],
		['always', 'retry'],
		['always', 'continueRetry'],
		['once', 'retry'],
		['once', 'continueRetry'],
	]);
});

test.each(['fal/trigger.result/', 'fal/models/'])(
	'%s has no item that could be tried again, or go on as an error',
	(begin) => {
		const alone = cells.filter(({ id }) => id.startsWith(`${begin}error-429/`));
		expect(alone.map(({ spell, mode }) => [spell, mode])).toEqual([
			['always', 'stop'],
			['once', 'stop'],
		]);
	},
);

test('the summary takes the place of the one before', () => {
	const page = 'A\n<!-- faults: begin -->\n\nold\n\n<!-- faults: end -->\nB\n';
	const kept = between(page, 'new');
	expect(kept).toBe('A\n<!-- faults: begin -->\n\nnew\n\n<!-- faults: end -->\nB\n');
	expect(between(kept, 'new')).toBe(kept);
	expect(() => between('no marks', 'new')).toThrow('has lost its marks');
});
