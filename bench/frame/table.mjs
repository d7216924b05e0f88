// The one table of a run: a line for each contender in each case.
import { rounded, withUnit } from './numbers.mjs';

const HEAD = ['What', 'Case', 'Who', 'Median', 'Least to most', '× floor', 'Mark'];

function markCell({ mark, limit, unit }) {
	if (!mark) return '';
	const marks = [
		limit.value !== undefined && withUnit(limit.value, unit),
		limit.ratio !== undefined && `× ${rounded(limit.ratio)}`,
	];
	return `${mark}: at most ${marks.filter(Boolean).join(' and ')}`;
}

/** Cells as text, the titles first. Only the first line of a section or case names it. */
export function tableCells(figures) {
	const lines = figures.map((figure, index) => {
		const { section, what, contender, unit, spread, ratio } = figure;
		const before = figures[index - 1];
		const isNewSection = before?.section !== section;
		return [
			isNewSection ? section : '',
			isNewSection || before.what !== what ? what : '',
			contender,
			withUnit(spread.median, unit),
			spread.least === spread.most ? '' : `${rounded(spread.least)} to ${rounded(spread.most)}`,
			ratio ? rounded(ratio.median) : '',
			markCell(figure),
		];
	});
	return [HEAD, ...lines];
}

/** A table of Markdown, formatted as prettier leaves it. */
export function markdownTable(cells) {
	const widths = cells[0].map((_none, column) =>
		Math.max(...cells.map((row) => row[column].length)),
	);
	const line = (row) => `| ${row.map((text, column) => text.padEnd(widths[column])).join(' | ')} |`;
	const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
	return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
}
