// From the values of each run to what the table tells: median, spread, ratio to the floor, and whether a mark is met.

/**
 * @typedef {{section: string, what: string, contender: string, unit: string, values: number[],
 *   floor?: boolean, limit?: {ratio?: number, value?: number}, chart?: boolean, problem?: string}} Row
 *   what one contender needed in one case (`what`), one value per run; `floor` marks the contender
 *   that the others of the case are held against; a limit is the most that the median may be;
 *   `chart` puts it into the chart; a problem is what must not be, such as a wrong image of ours: the command then fails
 * @typedef {{median: number, least: number, most: number}} Spread
 * @typedef {Row & {spread: Spread, ratio?: Spread, mark?: 'met' | 'missed'}} Figure
 */

/** @returns {Spread} */
export function spreadOf(values) {
	const sorted = [...values].sort((left, right) => left - right);
	const middle = sorted.length / 2;
	const median = Number.isInteger(middle)
		? (sorted[middle - 1] + sorted[middle]) / 2
		: sorted[Math.floor(middle)];
	return { median, least: sorted[0], most: sorted.at(-1) };
}

/** Ratios are taken within one run: what slowed the machine then, slowed both. */
function ratioOf({ values, floor }, floorRow) {
	if (floor || !floorRow) return undefined;
	const runs = Math.min(values.length, floorRow.values.length);
	const ratios = values.slice(0, runs).map((value, run) => value / floorRow.values[run]);
	return ratios.every(Number.isFinite) ? spreadOf(ratios) : undefined;
}

function markOf({ limit }, spread, ratio) {
	if (!limit || (limit.value === undefined && !ratio)) return undefined;
	const isBelow = (limited, median) => limited === undefined || median <= limited;
	const isMet = isBelow(limit.value, spread.median) && isBelow(limit.ratio, ratio?.median);
	return isMet ? 'met' : 'missed';
}

/** Sections and cases in the order in which they first came, whatever has come between. */
function together(rows) {
	const placeOf = (row, ...names) =>
		rows.findIndex((other) => names.every((name) => other[name] === row[name]));
	return rows.toSorted(
		(one, other) =>
			placeOf(one, 'section') - placeOf(other, 'section') ||
			placeOf(one, 'section', 'what') - placeOf(other, 'section', 'what'),
	);
}

/**
 * @param {Row[]} rows
 * @returns {Figure[]}
 */
export function figuresOf(rows) {
	const measured = rows.filter(({ values }) => values.length > 0);
	return together(measured).map((row) => {
		const floorRow = measured.find(
			({ section, what, floor }) => floor && section === row.section && what === row.what,
		);
		const spread = spreadOf(row.values);
		const ratio = ratioOf(row, floorRow);
		return { ...row, spread, ratio, mark: markOf(row, spread, ratio) };
	});
}
