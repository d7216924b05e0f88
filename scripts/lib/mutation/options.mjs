// What a person can say to npm run test:mutation.
import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { inRoot } from '../paths.mjs';
import { ClearError } from '../say.mjs';

export const USAGE = `npm run test:mutation                            every mutant of providers/ and pipeline/ (many hours)
npm run test:mutation -- providers/evolink        those of a folder or a file; several may be named
npm run test:mutation -- --sample 400 --seed 7    as many of all, drawn evenly; the same seed draws the same ones`;

const FLOORS = ['providers', 'pipeline'];

function parse(args) {
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: {
				sample: { type: 'string' },
				seed: { type: 'string', default: '1' },
				help: { type: 'boolean', default: false },
			},
		});
	} catch (error) {
		throw new ClearError(`${error.message}\n\n${USAGE}`);
	}
}

function sampleSize(text) {
	if (text === undefined) return undefined;
	const number = Number(text);
	if (Number.isInteger(number) && number > 0) return number;
	throw new ClearError(`--sample takes a whole number above 0, not "${text}".\n\n${USAGE}`);
}

/** Which files are changed, as Stryker's patterns. */
function patternOf(given) {
	const path = given.replace(/\/+$/, '');
	if (!FLOORS.includes(path.split('/')[0]) || !existsSync(inRoot(path))) {
		throw new ClearError(`There is no "${given}" in providers/ or pipeline/.\n\n${USAGE}`);
	}
	return statSync(inRoot(path)).isFile() ? path : `${path}/**/*.ts`;
}

/**
 * @returns {{patterns: string[], sample?: number, seed: string, help: boolean}}
 *   sample: how many mutants are drawn; all are tried where it is undefined
 */
export function readOptions(args) {
	const { values, positionals } = parse(args);
	return {
		patterns: (positionals.length > 0 ? positionals : FLOORS).map(patternOf),
		sample: sampleSize(values.sample),
		seed: values.seed,
		help: values.help,
	};
}
