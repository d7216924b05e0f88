// Where a run is kept: its cells and its map in .local, and on demand its summary in the docs.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Result } from '../result';
import { pageOf } from './page';
import { columnsOf, HEAD, summaryOf } from './summary';

const ROOT = join(__dirname, '..', '..', '..');
const FOLDER = join(ROOT, '.local', 'faults');
const DOCS = join(ROOT, 'docs', 'reliability.md');
const [BEGIN, END] = ['<!-- faults: begin -->', '<!-- faults: end -->'];

/** Answers the page's path. */
export function keepRun(results: readonly Result[], title: string): string {
	mkdirSync(FOLDER, { recursive: true });
	const sorted = [...results].sort((a, b) => a.cell.id.localeCompare(b.cell.id));
	const lines = sorted.map((result) => JSON.stringify(result));
	writeFileSync(join(FOLDER, 'cells.jsonl'), `${lines.join('\n')}\n`);
	const page = join(FOLDER, 'index.html');
	writeFileSync(page, pageOf(sorted, title));
	return page;
}

/** Writes the summary between the marks in docs/reliability.md. */
export function keepSummary(results: readonly Result[], title: string): void {
	const page = readFileSync(DOCS, 'utf8');
	writeFileSync(DOCS, between(page, `${title}\n\n${markdownTable(results)}`));
}

/** A page with other words between its marks. */
export function between(page: string, words: string): string {
	const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
	if (begin < 0 || end < begin) throw new Error(`${DOCS} has lost its marks ${BEGIN} and ${END}.`);
	return `${page.slice(0, begin + BEGIN.length)}\n\n${words}\n\n${page.slice(end)}`;
}

function markdownTable(results: readonly Result[]): string {
	const rows = [HEAD, ...summaryOf(results).map(columnsOf)];
	const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	const padded = rows.map((row) =>
		line(
			row.map((cell, column) =>
				column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!),
			),
		),
	);
	const rule = widths.map((width, column) =>
		column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
	);
	return [padded[0], line(rule), ...padded.slice(1)].join('\n');
}
