// All mutants of the chosen files, as Stryker's own instrumenter makes them.
import { globSync, readFileSync } from 'node:fs';

import { createInstrumenter } from '@stryker-mutator/instrumenter';
import { createInjector } from 'typed-inject';

import { inRoot, root } from '../paths.mjs';

const silent = () => {};
const logger = { debug: silent, info: silent, isDebugEnabled: () => false };
const OPTIONS = { ignorers: [], excludedMutations: [], plugins: null };

/** @returns {Promise<{fileName: string, location: object, mutatorName: string, replacement: string}[]>} */
export async function listMutants(patterns) {
	const files = globSync(patterns, { cwd: root }).map((name) => ({
		name,
		mutate: true,
		content: readFileSync(inRoot(name), 'utf8'),
	}));
	const instrumenter = createInjector()
		.provideValue('logger', logger)
		.injectFunction(createInstrumenter);
	return (await instrumenter.instrument(files, OPTIONS)).mutants;
}
