// Stryker, as it is set up here.
import { availableParallelism } from 'node:os';

import { Stryker } from '@stryker-mutator/core';

import { inRoot } from '../paths.mjs';
import { copies, incrementalFile, reportFile } from './files.mjs';

const plugin = (name) => inRoot('scripts', 'lib', 'mutation', 'plugins', name);

/** What no judging test needs in the copy of the project that Stryker works on. */
const NOT_COPIED = ['.*', '{bench,dist,docs,icons,scripts}/**', 'test/{n8n,queue}/**'];

const OPTIONS = {
	testRunner: 'test-files',
	coverageAnalysis: 'perTest',
	plugins: [plugin('testRunner.mjs'), plugin('sampleChecker.mjs')],
	reporters: ['html', process.stdout.isTTY ? 'progress' : 'progress-append-only'],
	htmlReporter: { fileName: reportFile },
	incremental: true,
	incrementalFile,
	tempDirName: copies,
	ignorePatterns: NOT_COPIED,
	// esbuild takes the types out of the tests' modules without looking at them.
	disableTypeChecks: false,
	// A busy machine must not pass for a mutant that never ends: most of these are noticed by their count of steps.
	timeoutMS: 60_000,
	// The first run of a sample over all rooms runs all tests, one file after the other.
	dryRunTimeoutMinutes: 60,
	timeoutFactor: 5,
	// Leaves a processor to whoever works on.
	concurrency: Math.max(1, availableParallelism() - 1),
	logLevel: 'warn',
};

/** Answers what came out for each mutant. */
export async function tryMutants({ patterns, isSample }) {
	const stryker = new Stryker({
		...OPTIONS,
		mutate: patterns,
		checkers: isSample ? ['sample'] : [],
	});
	return await stryker.runMutationTest();
}
