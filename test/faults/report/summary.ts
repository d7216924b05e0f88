// What a run came to, in a table: for each operation, how many cells ended in which way.
import { operations } from '../operations';
import { CLASSES, CLASS_TITLES, classOf, type Class, type Result } from '../result';

export interface Row {
	name: string;
	cells: number;
	counts: Record<Class, number>;
	/** Orders that were charged more often than once. */
	twice: number;
	/** Cells whose order was charged without a word of it. */
	hidden: number;
}

export function summaryOf(results: readonly Result[]): Row[] {
	const rows = operations.map(({ provider, id }) =>
		rowOf(
			`${provider}/${id}`,
			results.filter(({ cell }) => cell.provider === provider && cell.operation === id),
		),
	);
	return [...rows.filter(({ cells }) => cells > 0), rowOf('All', results)];
}

function rowOf(name: string, results: readonly Result[]): Row {
	const classes = results.map(classOf);
	const counts = CLASSES.map((each) => [each, classes.filter((one) => one === each).length]);
	return {
		name,
		cells: results.length,
		counts: Object.fromEntries(counts) as Row['counts'],
		twice: results.filter(({ charged, orders }) => charged > orders).length,
		hidden: results.filter(({ isHidden }) => isHidden).length,
	};
}

export const HEAD = [
	'Operation',
	'Cells',
	...CLASSES.map((each) => CLASS_TITLES[each]),
	'Charged twice',
	'Charged and hidden',
];

export function columnsOf({ name, cells, counts, twice, hidden }: Row): string[] {
	const figures = [cells, ...CLASSES.map((each) => counts[each]), twice, hidden];
	return [name, ...figures.map((figure) => figure.toLocaleString('en'))];
}
