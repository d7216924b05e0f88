// npm run test:faults: runs the cells, prints a table, and fails if one of them breaks what is promised.
import { textTable } from '../../scripts/lib/text-table.mjs';
import { drawn, meantBy } from './choice';
import { runCells } from './crew';
import { mayBeBusy } from './judge';
import { readOptions } from './options';
import { allCells } from './plan';
import { progressOf } from './progress';
import { keepRun, keepSummary } from './report/keep';
import { columnsOf, HEAD, summaryOf } from './report/summary';
import { cameOut, repeatLine, wasCharged, type Result } from './result';

/** Cells at the same time in one process, where each is to have time. */
const FEW = 4;

const say = (text: string) => process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
	const options = readOptions(process.argv.slice(2));
	const { part, seed, keep } = options;
	const all = allCells();
	const meant = meantBy(options, all);
	if (meant.length === 0) throw new Error('There is no such cell.');
	const cells = drawn(meant, part, seed);
	const drawnBy = part < 1 ? `, drawn with --seed ${seed}` : '';
	say(`▸ ${cells.length} of ${all.length} cells${drawnBy}`);
	const begun = Date.now();
	const progress = progressOf(cells.length, say);
	const onResult = (result: Result) => {
		progress.oneMore();
		if (meant.length === 1 || result.violations.length > 0) say(inWords(result));
	};
	const { results, troubles } = await runCells(cells, onResult);
	progress.end();
	await lookAgain(results, troubles);
	const minutes = ((Date.now() - begun) / 60_000).toFixed(1);
	const broken = results.filter(({ violations }) => violations.length > 0);
	say(`\n${textTable([HEAD, ...summaryOf(results).map(columnsOf)])}\n`);
	for (const { cell } of broken) say(repeatLine(cell));
	for (const trouble of troubles) say(trouble);
	say(`${results.length} cells in ${minutes} minutes, ${broken.length} of them broken.`);
	if (meant.length > 1) {
		const title = `${results.length.toLocaleString('en')} of ${all.length.toLocaleString('en')} cells`;
		say(`The map: ${keepRun(results, `Fault matrix: ${title}`)}`);
		if (keep && meant.length === all.length)
			keepSummary(results, `${title}, on Node ${process.versions.node}.`);
	}
	const isWhole = results.length === cells.length;
	return broken.length + troubles.length === 0 && isWhole ? 0 : 1;
}

/** Runs cells again, with less beside them, that may have broken for lack of time. The second result counts. */
async function lookAgain(results: Result[], troubles: string[]): Promise<void> {
	const doubtful = results.filter(mayBeBusy).map(({ cell }) => cell);
	if (doubtful.length === 0) return;
	say(`▸ ${doubtful.length} cells again, as they may have lacked time`);
	const again = await runCells(doubtful, () => undefined, FEW);
	troubles.push(...again.troubles);
	for (const second of again.results) {
		results[results.findIndex(({ cell }) => cell.id === second.cell.id)] = second;
	}
}

function inWords(result: Result): string {
	const { cell, violations, message, advice, hints } = result;
	const facts = [`came out: ${cameOut(result)}`, `charged: ${wasCharged(result)}`];
	const words = [message, advice, ...hints].filter(Boolean).map((text) => `    ${text}`);
	const marks = violations.map((what) => `  ✕ ${what}`);
	return [`${cell.id}: ${facts.join('; ')}`, ...marks, ...words].join('\n');
}

main().then(
	(code) => process.exit(code),
	(error: Error) => {
		process.stderr.write(`${error.message}\n`);
		process.exit(1);
	},
);
