// The run's chart: for each case a bar per contender, as SVG that is legible on light and on dark ground.
import { FLOOR, HTTP_REQUEST, LOOP, N8N_OPENAI, OURS } from './contenders.mjs';
import { rounded, withUnit } from './numbers.mjs';

const WIDTH = 860;
const LEFT = 330;
const BAR_WIDTH = 360;
const LINE = 18;
const GAP = 8;
const HEADING = 34;
const COLOURS = {
	[OURS]: 'ours',
	[N8N_OPENAI]: 'n8n',
	[LOOP]: 'loop',
	[HTTP_REQUEST]: 'loop',
	[FLOOR]: 'floor',
};

const STYLE = `
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.heading { font-weight: 600; font-size: 14px }
.quiet { fill: #59636e }
.ours { fill: #1a7f37 } .n8n { fill: #cf222e } .loop { fill: #9a6700 } .floor { fill: #818b98 } .other { fill: #0969da }
.spread { stroke: #1f2328; stroke-opacity: .55 }
@media (prefers-color-scheme: dark) {
	text { fill: #f0f6fc }
	.quiet { fill: #9198a1 }
	.ours { fill: #3fb950 } .n8n { fill: #f85149 } .loop { fill: #d29922 } .floor { fill: #656c76 } .other { fill: #4493f8 }
	.spread { stroke: #f0f6fc }
}`;

const escaped = (text) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const at = (value) => Math.round(value * 10) / 10;
const text = (x, y, words, kind = '', more = '') =>
	`<text x="${at(x)}" y="${at(y)}" class="${kind}"${more}>${escaped(words)}</text>`;

function bar({ contender, unit, spread, ratio }, y, scale) {
	const { median, least, most } = spread;
	const middle = y + LINE / 2 - 1;
	const numbers = [withUnit(median, unit), ratio && `× ${rounded(ratio.median)}`].filter(Boolean);
	return [
		text(LEFT - 8, y + LINE - 5, contender, 'quiet', ' text-anchor="end"'),
		`<rect x="${LEFT}" y="${y + 1}" width="${at(Math.max(median * scale, 1))}" height="${LINE - 4}" rx="2" class="${COLOURS[contender] ?? 'other'}"/>`,
		least < most
			? `<path d="M${at(LEFT + least * scale)} ${middle}H${at(LEFT + most * scale)}" class="spread"/>`
			: '',
		text(LEFT + Math.max(median, most) * scale + 8, y + LINE - 5, numbers.join(' · ')),
	].join('');
}

/** @param {import('./statistics.mjs').Figure[]} figures */
export function chartOf(figures) {
	const drawn = [];
	let y = 4;
	const shown = figures.filter(({ chart }) => chart);
	shown.forEach((figure, index) => {
		const before = shown[index - 1];
		const isNewSection = before?.section !== figure.section;
		if (isNewSection) {
			y += HEADING - 10;
			drawn.push(text(12, y, figure.section, 'heading'));
			y += 10;
		}
		if (isNewSection || before.what !== figure.what) {
			y += LINE + GAP;
			drawn.push(text(12, y - 4, figure.what));
		}
		// Every case has a scale of its own: seconds and megabytes of different tasks don't compare.
		const most = Math.max(
			...shown
				.filter(({ section, what }) => section === figure.section && what === figure.what)
				.map(({ spread }) => spread.most),
		);
		drawn.push(bar(figure, y, BAR_WIDTH / most));
		y += LINE;
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 12}" width="${WIDTH}" height="${y + 12}" role="img"><style>${STYLE}\n</style>\n${drawn.join('\n')}\n</svg>\n`;
}
