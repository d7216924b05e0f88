// Lets only the mutants through that were drawn. Stryker has no sample of its own, but asks checkers what is worth a try.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

import { root } from '../../paths.mjs';
import { drawnFile } from '../files.mjs';
import { keyOf } from '../sample.mjs';

class Sample {
	init() {
		this.drawn = new Set(JSON.parse(readFileSync(drawnFile, 'utf8')));
	}

	group(mutants) {
		return [mutants.map(({ id }) => id)];
	}

	check(mutants) {
		const result = (mutant) => {
			const fileName = relative(root, mutant.fileName);
			const isDrawn = this.drawn.has(keyOf({ ...mutant, fileName }));
			return isDrawn ? { status: 'passed' } : { status: 'compileError', reason: 'Not drawn' };
		};
		return Object.fromEntries(mutants.map((mutant) => [mutant.id, result(mutant)]));
	}
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', Sample)];
