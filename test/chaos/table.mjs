// The table at the end: for each node and way of waiting, what was wished and what became of it.
import { textTable } from '../../scripts/lib/text-table.mjs';

const COLUMNS = [
	['Node', ({ row }) => row.name],
	['Waiting', ({ row }) => row.mode],
	['Wished', ({ wished }) => wished],
	['Image out', ({ out }) => out],
	['Failed, free', ({ free }) => free],
	['May be charged', ({ unsure }) => unsure],
	['Named in the log', ({ logged }) => logged],
	['of these charged', ({ loggedAndCharged }) => loggedAndCharged],
	['Not ordered', ({ notOrdered }) => notOrdered],
	['Lost', ({ lost }) => lost],
	['Made twice', ({ madeTwice }) => madeTwice],
	['Charged twice', ({ chargedTwice }) => chargedTwice],
];
const FATES = ['out', 'free', 'unsure', 'logged', 'notOrdered', 'lost'];

/** One line for each row, and one for all. `judged` are wishes with their judgement. */
export function countUp(judged) {
	const groups = Map.groupBy(judged, ({ wish }) => wish.row);
	const lines = [...groups].map(([row, group]) => ({ row, ...sums(group) }));
	return [...lines, { row: { name: 'All', mode: '' }, ...sums(judged) }];
}

function sums(group) {
	const count = (isCounted) => group.filter(isCounted).length;
	return {
		wished: group.length,
		...Object.fromEntries(FATES.map((fate) => [fate, count((one) => one.fate === fate)])),
		loggedAndCharged: count(({ fate, books }) => fate === 'logged' && books?.charged > 0),
		madeTwice: count((one) => one.madeTwice),
		chargedTwice: count((one) => one.chargedTwice),
	};
}

export function asTable(lines) {
	return textTable([
		COLUMNS.map(([title]) => title),
		...lines.map((line) => COLUMNS.map(([, value]) => String(value(line)))),
	]);
}
