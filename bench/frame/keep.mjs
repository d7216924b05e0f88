// Keeps a run in .local/bench: as JSON, as a table and as a chart.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { inLocal } from '../../scripts/lib/paths.mjs';
import { chartOf } from './chart.mjs';
import { markdownTable, tableCells } from './table.mjs';

/** The latest run, from which npm run docs:bench writes. */
export const LATEST_RUN = inLocal('bench', 'bench.json');

/**
 * @param {{date: string, machine: object, sections: object[], rows: import('./statistics.mjs').Row[]}} run
 * @param {import('./statistics.mjs').Figure[]} figures
 * @returns {string} the folder that holds the three files
 */
export function keepRun(run, figures) {
	const folder = inLocal('bench');
	mkdirSync(folder, { recursive: true });
	writeFileSync(LATEST_RUN, `${JSON.stringify(run, null, '\t')}\n`);
	writeFileSync(join(folder, 'bench.md'), `${markdownTable(tableCells(figures))}\n`);
	writeFileSync(join(folder, 'bench.svg'), chartOf(figures));
	return folder;
}
