// Makes the rows of the growth section of what its runs have taken.
import { FLOOR, OURS } from '../frame/contenders.mjs';

/** Ten times as many items may take this much more for each of them. */
const MOST_GROWTH = 1.2;
/** Of fewer items, what is kept for each can't be told from what is kept anyway. */
const FEWEST_FOR_MEMORY = 100;
const KILOBYTE = 1 / 1024;
const SECOND_MS = 1000;
const WAYS = { answer: 'picture in the answer', task: 'task, polled' };

const itemsInWords = (items) => (items === 1 ? '1 item' : `${items.toLocaleString('en')} items`);

/** @param {import('./programs.mjs').Growth[][]} runs each from few to many items */
function valuesOf(runs, { way, items }, valueOf) {
	return runs.flatMap((run) =>
		run.filter((each) => each.way === way && each.items === items).map(valueOf),
	);
}

const timeEach = ({ seconds, items }) => (seconds * SECOND_MS) / items;
const heldEach = ({ held, items }) => held / KILOBYTE / items;

/** How much more the larger of two sizes takes for each item, in each run that has both. */
function growthOf(runs, way, [fewer, more], valueOf) {
	const [small, large] = [fewer, more].map((items) => valuesOf(runs, { way, items }, valueOf));
	return large.map((value, run) => value / small[run]);
}

function rowsOf(way, sizes, { section, ours, floor }) {
	const times = sizes.flatMap((items) => {
		const row = {
			section,
			what: `Time per item of ${itemsInWords(items)}, ${WAYS[way]}`,
			unit: 'ms',
		};
		const problem = valuesOf(ours, { way, items }, (run) => run.problem).find(Boolean);
		return [
			{ ...row, contender: FLOOR, values: valuesOf(floor, { way, items }, timeEach), floor: true },
			{ ...row, contender: OURS, values: valuesOf(ours, { way, items }, timeEach), problem },
		];
	});
	const held = sizes
		.filter((items) => items >= FEWEST_FOR_MEMORY)
		.map((items) => ({
			section,
			what: `Heap per item of ${itemsInWords(items)}, ${WAYS[way]}`,
			contender: OURS,
			unit: 'KB',
			values: valuesOf(ours, { way, items }, heldEach),
		}));
	const lastTwo = sizes.slice(-2);
	const step = lastTwo.map((items) => items.toLocaleString('en')).join(' to ');
	const growth = [
		['time', timeEach],
		['heap', heldEach],
	].map(([name, valueOf]) => ({
		section,
		what: `Growth of ${name} per item, ${step} items, ${WAYS[way]}`,
		contender: OURS,
		unit: '×',
		values: growthOf(ours, way, lastTwo, valueOf),
		limit: { value: MOST_GROWTH },
	}));
	return [...times, ...held, ...growth];
}

/**
 * @param {number[]} sizes how many items, from few to many
 * @param {{section: string, ours: import('./programs.mjs').Growth[][], floor: import('./programs.mjs').Growth[][]}} seen
 *   of each run
 * @returns {import('../frame/statistics.mjs').Row[]}
 */
export function growthRows(sizes, seen) {
	return Object.keys(WAYS).flatMap((way) => rowsOf(way, sizes, seen));
}
