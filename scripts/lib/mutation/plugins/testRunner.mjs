// Stryker's test runner here: the project's own jest, one test file after the other in this process, until one fails.
// To Stryker a test file is one test. Each loads our modules anew, so that what is done while loading is judged, too.
import { relative, resolve } from 'node:path';

import { SearchSource } from '@jest/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { readConfig } from 'jest-config';
import TestRunner from 'jest-runner';
import Runtime from 'jest-runtime';

import { isJudgeOf, judgesOf } from '../judges.mjs';

/** Stryker's words for what came out of a test. */
const PASSED = 0;
const FAILED = 1;

const NOT_INTERRUPTED = { isInterrupted: () => false };

/** The place where changed code looks for the mutant that is active, and counts what it comes past. */
const stryker = (globalThis.__stryker__ = {});

// Whoever cuts the command off leaves nobody else to end this process.
process.on('disconnect', () => process.exit());

const nameOf = (path) => relative(process.cwd(), path);

class TestFiles {
	async init() {
		const { globalConfig, projectConfig } = await readConfig({ _: [], $0: '' }, process.cwd());
		const options = { console, maxWorkers: 1, watchman: false };
		this.globalConfig = globalConfig;
		this.context = await Runtime.createContext(projectConfig, options);
	}

	capabilities() {
		return { reloadEnvironment: true };
	}

	/** Runs all files that judge what is changed, and notes which of them comes past which mutant. */
	async dryRun({ files }) {
		const source = new SearchSource(this.context);
		const related = await source.findRelatedTests(new Set(files), false);
		const isJudge = (name) => files.some((file) => isJudgeOf(name, nameOf(file)));
		const mutantCoverage = { static: {}, perTest: {} };
		const tests = [];
		for (const name of related.tests.map(({ path }) => nameOf(path)).filter(isJudge)) {
			Object.assign(stryker, { mutantCoverage, currentTestId: name });
			tests.push(await this.#run(name));
		}
		return { status: 'complete', tests, mutantCoverage };
	}

	async mutantRun({ activeMutant, testFilter, hitLimit, sandboxFileName }) {
		const names = judgesOf(testFilter, nameOf(sandboxFileName));
		Object.assign(stryker, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
		for (const [index, name] of names.entries()) {
			const { status, failureMessage } = await this.#run(name);
			if (stryker.hitCount > hitLimit) return { status: 'timeout', reason: 'It goes in a circle' };
			if (status === FAILED) {
				return { status: 'killed', killedBy: [name], failureMessage, nrOfTests: index + 1 };
			}
		}
		return { status: 'survived', nrOfTests: names.length };
	}

	async #run(name) {
		const startedAt = Date.now();
		const failureMessage = await this.#failureOf(resolve(name));
		return {
			id: name,
			name,
			fileName: resolve(name),
			startPosition: { line: 0, column: 0 },
			timeSpentMs: Date.now() - startedAt,
			...(failureMessage === undefined ? { status: PASSED } : { status: FAILED, failureMessage }),
		};
	}

	/** What jest says of a file, or undefined where all of its tests have passed. */
	async #failureOf(path) {
		const runner = new TestRunner(this.globalConfig, {});
		let failure;
		runner.on('test-file-success', ([, { numFailingTests, testExecError, failureMessage }]) => {
			if (numFailingTests > 0 || testExecError) failure = failureMessage ?? String(testExecError);
		});
		runner.on('test-file-failure', ([, error]) => {
			failure = error.stack ?? String(error);
		});
		await runner.runTests([{ context: this.context, path }], NOT_INTERRUPTED, { serial: true });
		return failure;
	}
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'test-files', TestFiles)];
