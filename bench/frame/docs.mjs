// What the docs say of a run: figures and chart, between markers, from the run and from nothing else.
import { chartOf } from './chart.mjs';
import { FLOOR, N8N_OPENAI, OURS } from './contenders.mjs';
import { withUnit } from './numbers.mjs';
import { figuresOf } from './statistics.mjs';
import { markdownTable, tableCells } from './table.mjs';

const BEGIN = '<!-- bench: written by npm run docs:bench -->';
const END = '<!-- /bench -->';

/** Puts the text between the markers of a page. */
export function between(page, text) {
	const from = page.indexOf(BEGIN);
	const to = page.indexOf(END);
	if (from < 0 || to < from) throw new Error(`The page lacks ${BEGIN} … ${END}.`);
	return `${page.slice(0, from + BEGIN.length)}\n\n${text}\n\n${page.slice(to)}`;
}

function medianOf(figures, part, what, contender) {
	const found = figures.find(
		(one) => one.section.startsWith(part) && one.what === what && one.contender === contender,
	);
	if (!found) throw new Error(`The run has no ${part}, ${what}, ${contender}.`);
	return withUnit(found.spread.median, found.unit);
}

function readmeText(figures) {
	const time = (who) => medianOf(figures, 'Batch', 'OpenAI, 10 at once', who);
	const memory = (who) => medianOf(figures, 'Memory', '12 × 24 MB, base64, 1 at once', who);
	return [
		`Measured beside others: 24 images that take the provider 2 s each, ten at once, take ${time(OURS)} here, ${time(N8N_OPENAI)} in n8n’s own OpenAI node and at least ${time(FLOOR)} with the bare requests. Twelve images of 24 MB take ${memory(OURS)} of memory here and ${memory(N8N_OPENAI)} there. [What else was measured, and how](docs/speed.md)`,
		'',
		'![Time, memory and processor time of this package beside others, as bars](docs/images/bench.svg)',
	].join('\n');
}

function speedText({ date, machine }, figures) {
	const { n8n, node, processor, processors, memory } = machine;
	return [
		`Measured on ${date.slice(0, 10)} with n8n ${n8n} and Node.js ${node.replace('v', '')}, on ${processors} processors (${processor}) with ${memory} GB.`,
		'',
		'![Time, memory and processor time of this package beside others, as bars](images/bench.svg)',
		'',
		markdownTable(tableCells(figures)),
	].join('\n');
}

/**
 * @param {object} run as kept in docs/bench.json
 * @returns {{chart: string, readme: (page: string) => string, speed: (page: string) => string}}
 */
export function docsOf(run) {
	const figures = figuresOf(run.rows);
	return {
		chart: chartOf(figures),
		readme: (page) => between(page, readmeText(figures)),
		speed: (page) => between(page, speedText(run, figures)),
	};
}
