// Gathers the rows of a section: one per contender and case, with a value from each run.

/** @returns {{add: (what: string, contender: string, value: number | undefined, more?: object) => void, all: () => import('./statistics.mjs').Row[]}} */
export function gatherRows(section, unit) {
	const rows = new Map();
	return {
		add: (what, contender, value, { problem, ...more } = {}) => {
			const key = JSON.stringify([what, contender]);
			const row = rows.get(key) ?? { section, what, contender, unit, values: [], ...more };
			if (value !== undefined) row.values.push(value);
			if (problem) row.problem = problem;
			rows.set(key, row);
		},
		all: () => [...rows.values()],
	};
}
