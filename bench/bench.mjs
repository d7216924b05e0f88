// npm run bench: how fast and how small this package is, beside n8n's own node, a hand-made loop and the bare requests.
// Prints one table and keeps it in .local/bench, as JSON and as a chart too. It fails only when an image of ours is
// missing, double or wrong, or when a section can't be measured: the marks in the table are told, and not asserted.
import { existsSync } from 'node:fs';

import { main } from '../scripts/lib/main.mjs';
import { packedPackage } from '../scripts/lib/build.mjs';
import { setUpN8n } from '../scripts/lib/n8n-app.mjs';
import { ClearError, progress, say } from '../scripts/lib/say.mjs';
import { setUpProject } from '../scripts/lib/setup.mjs';
import { textTable } from '../scripts/lib/text-table.mjs';
import { keepRun } from './frame/keep.mjs';
import { machine } from './frame/machine.mjs';
import { readOptions, USAGE } from './frame/options.mjs';
import { figuresOf } from './frame/statistics.mjs';
import { tableCells } from './frame/table.mjs';

const RUNS = 3;

/** @returns {Promise<{name: string, title: string, seconds: number, rows: object[], problem?: string}>} */
async function measured(name, options) {
	const { title, measure } = await import(`./sections/${name}.mjs`);
	let told = '';
	const moving = progress(title, () => told);
	const begunAt = Date.now();
	const seconds = () => Math.round((Date.now() - begunAt) / 1000);
	try {
		const rows = await measure({ ...options, tell: (text) => void (told = text) });
		moving.done();
		return { name, title, seconds: seconds(), rows };
	} catch (error) {
		moving.failed();
		const problem = error instanceof ClearError ? error.message : error.stack;
		return { name, title, seconds: seconds(), rows: [], problem };
	}
}

await main(async () => {
	const { help, quick, sections } = readOptions(process.argv.slice(2));
	if (help) return say(USAGE);
	if (!existsSync('/proc/self/status')) {
		throw new ClearError('This measurement reads /proc, so it runs on Linux only.');
	}
	await setUpProject();
	await setUpN8n();
	await packedPackage();

	const date = new Date().toISOString();
	const results = [];
	for (const name of sections) {
		const result = await measured(name, { quick, runs: quick ? 1 : RUNS });
		results.push(result);
		if (result.rows.length > 0) say(`\n${textTable(tableCells(figuresOf(result.rows)))}\n`);
		if (result.problem) say(`  ${result.problem}`);
	}
	const rows = results.flatMap((result) => result.rows);
	const told = results.map(({ name, title, seconds, problem }) => ({
		name,
		title,
		seconds,
		problem,
	}));
	const figures = figuresOf(rows);
	const folder = keepRun({ date, quick, machine: machine(), sections: told, rows }, figures);
	say(`${textTable(tableCells(figures))}\n\nKept in ${folder}`);
	const problems = [
		...told.filter(({ problem }) => problem).map(({ title, problem }) => `${title}: ${problem}`),
		...rows
			.filter(({ problem }) => problem)
			.map(
				({ section, what, contender, problem }) => `${section}, ${what}, ${contender}: ${problem}`,
			),
	];
	for (const problem of problems) say(`\n${problem}`);
	return problems.length > 0 ? 1 : 0;
});
