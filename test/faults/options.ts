// What the command was asked for.
import { parseArgs } from 'node:util';

export interface Options {
	/** Part of all cells. */
	part: number;
	seed: number;
	/** Cells whose IDs begin with one of these; with none, all. */
	only: string[];
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
			keep: { type: 'boolean', default: false },
		},
	});
	return {
		part: values.quick ? QUICK_PART : 1,
		seed: values.seed === undefined ? Math.floor(Math.random() * SEEDS) : Number(values.seed),
		only: values.only,
		keep: values.keep,
	};
}
