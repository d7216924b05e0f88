// What came out for the mutants that were asked for: all of some files, or those of them that were drawn.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

import { inRoot, root } from '../paths.mjs';
import { step } from '../say.mjs';
import { copies, drawnFile, incrementalFile } from './files.mjs';
import { listMutants } from './mutants.mjs';
import { drawn, keyOf, keyOfResult } from './sample.mjs';
import { tryMutants } from './stryker.mjs';

/** What of Stryker's work was left behind by a run that was cut off. */
function clearCopies() {
	rmSync(inRoot(copies), { recursive: true, force: true });
	mkdirSync(inRoot(copies), { recursive: true });
}

/** Stryker also answers what it still knows of other files. */
async function resultsOf(patterns, isSample) {
	step('Trying the mutants');
	const files = new Set(globSync(patterns, { cwd: root }));
	const results = await tryMutants({ patterns, isSample });
	return results
		.map((result) => ({ ...result, fileName: relative(root, result.fileName) }))
		.filter(({ fileName }) => files.has(fileName));
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

async function resultsOfSample({ patterns, sample, seed }) {
	step('Listing the mutants to draw from');
	const all = await listMutants(patterns);
	const chosen = drawn(all, { size: sample, seed });
	const keys = new Set(chosen.map(keyOf));
	writeFileSync(drawnFile, JSON.stringify([...keys]));
	const files = [...new Set(chosen.map(({ fileName }) => fileName))];
	const results = await resultsOf(files, true);
	forgetUndrawn();
	return { results: results.filter((result) => keys.has(keyOfResult(result))), ofAll: all.length };
}

/**
 * Tries the mutants that a person has asked for.
 * @returns {Promise<{results: object[], ofAll: number}>} ofAll: from how many they were drawn; 0 where all were tried
 */
export async function triedMutants(options) {
	clearCopies();
	if (options.sample !== undefined) return await resultsOfSample(options);
	return { results: await resultsOf(options.patterns, false), ofAll: 0 };
}
