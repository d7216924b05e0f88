// Writes the figures of all modes side by side, with each one's ratio to the first.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

import { inLocal } from '../../scripts/lib/paths.mjs';
import { PICTURE_SIZE } from './workflows.mjs';

const NONE = '–';
const rounded = (value, digits) =>
	value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** [what, unit, digits, the figure in a measurement, whether its ratio means something] */
const LINES = [
	['Executions running while all tasks wait', '', 0, (of) => of.whileAllWait.running],
	['Executions set aside while all tasks wait', '', 0, (of) => of.whileAllWait.waiting],
	['Memory of n8n before, garbage collected', 'MB', 0, (of) => of.idle?.rss],
	['… of which JavaScript heap', 'MB', 0, (of) => of.idle?.heap],
	[
		'Memory of n8n while all tasks wait, garbage collected',
		'MB',
		0,
		(of) => of.whileAllWait.tidy?.rss,
		true,
	],
	['… of which JavaScript heap', 'MB', 0, (of) => of.whileAllWait.tidy?.heap, true],
	[
		'… and heap for the tasks alone',
		'MB',
		1,
		(of) => of.whileAllWait.tidy?.heap - of.idle?.heap,
		true,
	],
	['Memory of n8n at its peak', 'MB', 0, (of) => of.peak, true],
	['Processor time of n8n, whole run', 's', 1, (of) => of.processor, true],
	['… in a minute of waiting', 's', 1, (of) => of.whileAllWait.processorPerMinute, true],
	['Requests to the provider per task', '', 2, (of) => of.requests.all, true],
	['… to create it', '', 2, (of) => of.requests.creates],
	['… to look whether it is done', '', 2, (of) => of.requests.looks, true],
	['… to download', '', 2, (of) => of.requests.downloads],
	['Callbacks handled per second', '', 1, (of) => of.callbacks?.perSecond],
	['… in the busiest second', '', 0, (of) => of.callbacks?.busiestSecond],
	['… until n8n has answered one, median', 's', 2, (of) => of.callbacks?.answer.median],
	['… 99 of 100 within', 's', 2, (of) => of.callbacks?.answer.p99],
	['Deliveries of callbacks, repeats included', '', 0, (of) => of.callbacks?.tries],
	['… that n8n took', '', 0, (of) => of.callbacks?.taken],
	[
		'From an image being done to the next node, median',
		's',
		1,
		(of) => of.delays.each.median,
		true,
	],
	['… 99 of 100 within', 's', 1, (of) => of.delays.each.p99, true],
	[
		'From an execution’s last image to the next node, median',
		's',
		1,
		(of) => of.delays.whole.median,
		true,
	],
	['… 99 of 100 within', 's', 1, (of) => of.delays.whole.p99, true],
	['Until the last task was created', 's', 0, (of) => of.creating],
	['Until the last image was at the next node', 's', 0, (of) => of.whole, true],
	['Processor time of the sandbox', 's', 1, (of) => of.sandboxProcessor],
	['Images at the next node', '', 0, (of) => of.images],
];

function cell(value, first, { unit, digits, hasRatio }) {
	if (value === undefined || Number.isNaN(value)) return NONE;
	const text = [rounded(value, digits), unit].filter(Boolean).join(' ');
	const ratio = value / first;
	return hasRatio && value !== first && Number.isFinite(ratio)
		? `${text} (× ${rounded(ratio, ratio < 10 ? 2 : 0)})`
		: text;
}

function aligned(rows) {
	const widths = rows[0].map((_none, column) => Math.max(...rows.map((row) => row[column].length)));
	const line = (row) => `| ${row.map((text, column) => text.padEnd(widths[column])).join(' | ')} |`;
	const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
	return [line(rows[0]), rule, ...rows.slice(1).map(line)].join('\n');
}

const range = ({ from, to }) => (from === to ? from : `${from} to ${to}`);

/** A table of Markdown, with what it was measured on above it and what is wrong below it. */
export function tableOf(rows, { tasks, itemsEach, seconds, memory, settings }) {
	const further = Object.entries(settings).map(([name, value]) => ` ${name}=${value}.`);
	const executions = Math.ceil(tasks / itemsEach);
	const shape =
		executions === 1
			? `one execution with ${itemsEach} items`
			: `${executions} executions with ${itemsEach} items each`;
	const lines = LINES.map(([what, unit, digits, figureOf, hasRatio = false]) => {
		const values = rows.map(({ figures }) => figureOf(figures));
		return [what, ...values.map((value) => cell(value, values[0], { unit, digits, hasRatio }))];
	});
	const problems = rows.flatMap(({ title, problems: found }) =>
		found.map((problem) => `- ${title}: ${problem}.`),
	);
	return [
		`## ${tasks} tasks at once: ${shape}`,
		'',
		`One n8n process with SQLite, files on disk and at most ${memory} MB of heap, on ${cpus().length} processors that it shares with the sandbox.${further.join('')} Every task takes ${range(seconds)} seconds and makes one picture of ${PICTURE_SIZE} pixels. In brackets: the ratio to the first column.`,
		'',
		aligned([['', ...rows.map(({ title }) => title)], ...lines]),
		...(problems.length > 0 ? ['', '**Wrong:**', ...problems] : []),
	].join('\n');
}

/** Writes the tables to a file of their own; answers its path. */
export function keepTables(tables, { tasks }) {
	const folder = inLocal('bench');
	const date = new Date().toISOString().slice(0, 16).replace('T', '-').replace(':', '');
	const path = join(folder, `scale-${date}.md`);
	mkdirSync(folder, { recursive: true });
	writeFileSync(path, `# ${tasks} image tasks at once, ${date}\n\n${tables.join('\n\n')}\n`);
	return path;
}
