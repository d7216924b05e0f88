// What a person can say to npm run bench.
import { parseArgs } from 'node:util';

import { ClearError } from '../../scripts/lib/say.mjs';

/** In the order in which they run. Each is a module of bench/sections. */
export const SECTIONS = ['batch', 'memory', 'processor', 'start', 'growth'];

export const USAGE = `npm run bench                  everything, in several runs
npm run bench -- --quick       one run of the short form, in three minutes
npm run bench -- memory start  some sections only: ${SECTIONS.join(', ')}`;

function parse(args) {
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: {
				quick: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false },
			},
		});
	} catch (error) {
		throw new ClearError(`${error.message}\n\n${USAGE}`);
	}
}

/** @returns {{quick: boolean, help: boolean, sections: string[]}} */
export function readOptions(args) {
	const { values, positionals } = parse(args);
	const unknown = positionals.find((name) => !SECTIONS.includes(name));
	if (unknown !== undefined) {
		throw new ClearError(`There is no section named "${unknown}".\n\n${USAGE}`);
	}
	const isChosen = (name) => positionals.length === 0 || positionals.includes(name);
	return { ...values, sections: SECTIONS.filter(isChosen) };
}
