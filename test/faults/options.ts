// What the command was asked for.
import { parseArgs } from 'node:util';

import { MODES, type Mode } from './cells';

export interface Options {
	/** Part of all cells. */
	part: number;
	seed: number;
	/** Cells whose IDs begin with one of these; with none, all. */
	only: string[];
	/** Of these, the ones in this mode. */
	mode?: Mode;
	/** Whether the summary goes into the docs. */
	keep: boolean;
}

const QUICK_PART = 0.1;
const SEEDS = 1_000_000;

export function readOptions(args: string[]): Options {
	const { values } = parseArgs({
		args,
		options: {
			quick: { type: 'boolean', default: false },
			seed: { type: 'string' },
			only: { type: 'string', multiple: true, default: [] },
			mode: { type: 'string' },
			keep: { type: 'boolean', default: false },
		},
	});
	const mode = MODES.find((each) => each === values.mode);
	if (values.mode !== undefined && !mode) {
		throw new Error(`There is no mode ${values.mode}, only ${MODES.join(', ')}.`);
	}
	return {
		part: values.quick ? QUICK_PART : 1,
		seed: values.seed === undefined ? Math.floor(Math.random() * SEEDS) : Number(values.seed),
		only: values.only,
		mode,
		keep: values.keep,
	};
}
