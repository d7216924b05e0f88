// Stryker's test runner here: the project's own jest, one test file after the other in this process, until one fails.
// To Stryker a test file is one test. Each loads our modules anew, so that what is done while loading is judged, too.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';

import { SearchSource } from '@jest/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { readConfig } from 'jest-config';
import TestRunner from 'jest-runner';
import Runtime from 'jest-runtime';

import { isJudge, judgesOf } from '../judges.mjs';

/** Stryker's words for what came out of a test. */
const PASSED = 0;
const FAILED = 1;

/** In the copy of the project that we run in: how often each file comes past each mutant. */
const HITS_FILE = 'mutation-hits.json';

const NOT_INTERRUPTED = { isInterrupted: () => false };

/** The place where changed code looks for the mutant that is active, and counts what it comes past. */
const stryker = (globalThis.__stryker__ = {});

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

	/** Runs all files that load what is changed, and notes which of them comes past which mutant. */
	async dryRun({ files }) {
		const source = new SearchSource(this.context);
		const related = await source.findRelatedTests(new Set(files), false);
		const mutantCoverage = { static: {}, perTest: {} };
		const tests = [];
		for (const name of related.tests.map(({ path }) => nameOf(path)).filter(isJudge)) {
			Object.assign(stryker, { mutantCoverage, currentTestId: name });
			tests.push(await this.#run(name));
		}
		writeFileSync(HITS_FILE, JSON.stringify(mutantCoverage.perTest));
		return { status: 'complete', tests, mutantCoverage };
	}

	async mutantRun({ activeMutant, testFilter, hitLimit, sandboxFileName }) {
		this.hits ??= JSON.parse(readFileSync(HITS_FILE, 'utf8'));
		const hits = (name) => this.hits[name]?.[activeMutant.id] ?? 0;
		const names = judgesOf(testFilter, nameOf(sandboxFileName), hits);
		Object.assign(stryker, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
		for (const [index, name] of names.entries()) {
			const { status, failureMessage } = await this.#run(name);
			if (stryker.hitCount > hitLimit) return { status: 'timeout', reason: 'It goes in a circle' };
			if (status === FAILED) {
				return { status: 'killed', killedBy: [name], failureMessage, nrOfTests: index + 1 };
			}
		}
		appendFileSync('/tmp/h5-survivors', JSON.stringify({...activeMutant, n: names.length}) + '\n');//DEBUG
		return { status: 'survived', nrOfTests: names.length };
	}

	async #run(name) {
		const startedAt = Date.now();
		appendFileSync('/tmp/h5-times', `begin ${name}\n`);//DEBUG
		const cpu = process.cpuUsage();//DEBUG
		const failureMessage = await this.#failureOf(resolve(name));
		appendFileSync('/tmp/h5-times', `${stryker.activeMutant} ${name} ${Date.now() - startedAt} ${Math.round(process.cpuUsage(cpu).user / 1000)} ${Math.round(process.memoryUsage().heapUsed / 1e6)} ${failureMessage === undefined}\n`);//DEBUG
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
