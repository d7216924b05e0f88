// What npm run test:mutation does on the project's Node.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

import { main } from '../main.mjs';
import { inRoot, root } from '../paths.mjs';
import { say, step } from '../say.mjs';
import { copies, drawnFile, incrementalFile, reportFile } from './files.mjs';
import { listMutants } from './mutants.mjs';
import { readOptions } from './options.mjs';
import { roomTable, survivorLines, verdict } from './report.mjs';
import { drawn, keyOf } from './sample.mjs';
import { tryMutants } from './stryker.mjs';

/** Notes for the checker which mutants are to be tried. */
async function draw({ patterns, sample, seed }) {
	step('Listing the mutants to draw from');
	const keys = (await listMutants(patterns)).map(keyOf);
	const chosen = drawn(keys, { size: sample, seed });
	writeFileSync(drawnFile, JSON.stringify(chosen));
	return { chosen: new Set(chosen), ofAll: keys.length };
}

/** Stryker counts lines and columns from 0 where it makes mutants, and from 1 where it reports them. */
function keyOfResult({ location: { start, end }, ...result }) {
	const fromZero = ({ line, column }) => ({ line: line - 1, column: column - 1 });
	return keyOf({ ...result, location: { start: fromZero(start), end: fromZero(end) } });
}

/** Stryker also answers what it still knows of other files, and of mutants that weren't drawn. */
function asked(results, { patterns, chosen }) {
	const files = new Set(globSync(patterns, { cwd: root }));
	return results
		.map((result) => ({ ...result, fileName: relative(root, result.fileName) }))
		.filter((result) => files.has(result.fileName) && (!chosen || chosen.has(keyOfResult(result))));
}

/** What wasn't drawn was not tried, so that nothing may be known of it the next time. */
function forgetUndrawn() {
	if (!existsSync(incrementalFile)) return;
	const report = JSON.parse(readFileSync(incrementalFile, 'utf8'));
	for (const file of Object.values(report.files)) {
		file.mutants = file.mutants.filter(({ status }) => status !== 'CompileError');
	}
	writeFileSync(incrementalFile, JSON.stringify(report));
}

await main(async () => {
	const options = readOptions(process.argv.slice(2));
	const { patterns, sample } = options;
	rmSync(inRoot(copies), { recursive: true, force: true });
	mkdirSync(inRoot(copies), { recursive: true });
	const { chosen, ofAll = 0 } = sample === undefined ? {} : await draw(options);
	step('Trying the mutants');
	const results = asked(await tryMutants({ patterns, isSample: chosen !== undefined }), {
		patterns,
		chosen,
	});
	if (chosen) forgetUndrawn();
	const survivors = survivorLines(results, (fileName) => readFileSync(inRoot(fileName), 'utf8'));
	if (survivors.length > 0) say(`\nNo test has noticed:\n${survivors.join('\n')}`);
	say(`\n${roomTable(results)}\n\n${verdict(results, ofAll)}`);
	say(`To look at: ${reportFile}`);
});
