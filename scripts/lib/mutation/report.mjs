// What npm run test:mutation prints at its end.
import { textTable } from '../text-table.mjs';
import { countsOf, marginOf, scoreOf } from './score.mjs';

const TITLES = ['Room', 'Mutants', 'Killed', 'Survived', 'Timed out', 'No coverage', 'Score'];

/** providers/evolink for providers/evolink/index.ts, and providers for what lies beside the rooms. */
const roomOf = (fileName) => fileName.split('/').slice(0, -1).slice(0, 2).join('/');

function row(title, results) {
	const counts = countsOf(results);
	const { total, killed, survived, timedOut, uncovered } = counts;
	if (total === 0) return [];
	return [
		[
			title,
			...[total, killed, survived, timedOut, uncovered, scoreOf(counts).toFixed(1)].map(String),
		],
	];
}

/** A row for each room, and one for all. */
export function roomTable(results) {
	const rooms = Map.groupBy(results, ({ fileName }) => roomOf(fileName));
	const names = [...rooms.keys()].sort();
	return textTable([
		TITLES,
		...names.flatMap((name) => row(name, rooms.get(name))),
		...row('all', results),
	]);
}

/** Code in one line that a terminal can show. */
function shortly(code) {
	const line = code.replace(/\s+/g, ' ').trim();
	return line.length > 80 ? `${line.slice(0, 77)}…` : line;
}

/**
 * Where a mutant lies, and what was changed into what.
 * @param {(fileName: string) => string} read the text of a file
 */
function described({ fileName, location: { start, end }, replacement, status }, read) {
	const lines = read(fileName)
		.split('\n')
		.slice(start.line - 1, end.line);
	lines.push(lines.pop().slice(0, end.column - 1));
	const original = [lines[0].slice(start.column - 1), ...lines.slice(1)].join('\n');
	const note = status === 'NoCoverage' ? '  (no judging test comes here)' : '';
	return `${fileName}:${start.line}  ${shortly(original)}  →  ${shortly(replacement)}${note}`;
}

/** A line for each mutant that no test has noticed. */
export function survivorLines(results, read) {
	return results
		.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
		.sort((one, other) => {
			const byName = one.fileName.localeCompare(other.fileName);
			return byName || one.location.start.line - other.location.start.line;
		})
		.map((result) => described(result, read));
}

/** The score in one sentence. `ofAll` is from how many mutants they were drawn. */
export function verdict(results, ofAll) {
	const counts = countsOf(results);
	const score = scoreOf(counts).toFixed(1);
	if (counts.total >= ofAll) return `Score: ${score} (${counts.total} mutants)`;
	const margin = marginOf(counts, ofAll).toFixed(1);
	return `Score: ${score} ± ${margin} (${counts.total} of ${ofAll} mutants, drawn evenly)`;
}
