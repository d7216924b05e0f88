// What the outcomes of mutants come to.

const OUTCOMES = {
	Killed: 'killed',
	Survived: 'survived',
	Timeout: 'timedOut',
	NoCoverage: 'uncovered',
};

/** Of how many mutants what came out. What wasn't tried isn't counted. */
export function countsOf(results) {
	const counts = { killed: 0, survived: 0, timedOut: 0, uncovered: 0 };
	for (const { status } of results) if (OUTCOMES[status]) counts[OUTCOMES[status]]++;
	const total = counts.killed + counts.survived + counts.timedOut + counts.uncovered;
	return { ...counts, total, noticed: counts.killed + counts.timedOut };
}

/** The percentage of mutants that a test has noticed. */
export const scoreOf = ({ noticed, total }) => (100 * noticed) / total;

/** How many standard deviations of a mean to either side 95 of 100 samples lie in. */
const Z = 1.96;

/**
 * How far the score of a sample may be from the score of all, in percentage points, in 95 of 100 samples
 * (Agresti and Coull's interval, narrowed by the share of all that was drawn).
 */
export function marginOf({ noticed, total }, ofAll) {
	if (total >= ofAll) return 0;
	const size = total + 4;
	const share = (noticed + 2) / size;
	const finite = Math.sqrt((ofAll - total) / (ofAll - 1));
	return 100 * Z * Math.sqrt((share * (1 - share)) / size) * finite;
}
