// The run's table and its chart: what stands in them, and that it can be read as what it is.
import { worth } from './frame';

const common = { section: 'Memory <MB>', what: '12 × 24 MB', unit: 'MB', chart: true };
const ROWS = [
	{ ...common, contender: 'This package', values: [90, 110.4], limit: { value: 100, ratio: 3 } },
	{ ...common, contender: 'Floor (undici)', values: [50, 55.2], floor: true },
	{ ...common, what: 'alone', chart: false, contender: 'Somebody else', values: [1234] },
];

const FIGURES = worth('statistics', 'frame.figuresOf(given)', ROWS);

test('a line tells who needed how much, how far the runs lay apart, and whether the mark is met', () => {
	expect(worth('table', 'frame.tableCells(given).slice(1)', FIGURES)).toEqual([
		[
			'Memory <MB>',
			'12 × 24 MB',
			'This package',
			'100 MB',
			'90 to 110',
			'1.90',
			'missed: at most 100 MB and × 3',
		],
		['', '', 'Floor (undici)', '52.6 MB', '50 to 55.2', '', ''],
		['', 'alone', 'Somebody else', '1,234 MB', '', '', ''],
	]);
});

test('as Markdown, each column is as wide as its widest cell', () => {
	const cells = [
		['a', 'long title'],
		['cell', 'b'],
	];
	expect(worth('table', 'frame.markdownTable(given)', cells)).toBe(
		['| a    | long title |', '| ---- | ---------- |', '| cell | b          |'].join('\n'),
	);
});

test.each([
	[0.1234, '0.12'],
	[5, '5'],
	[12.34, '12.3'],
	[123.4, '123'],
	[12345.6, '12,346'],
])('%d is written as %s', (value, text) => {
	expect(worth('numbers', 'frame.rounded(given)', value)).toBe(text);
});

describe('the chart', () => {
	const chart = worth('chart', 'frame.chartOf(given)', FIGURES) as string;

	test('draws the chosen cases, each bar as long as its value, and names them', () => {
		const widths = [...chart.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => width);
		expect(widths).toHaveLength(2);
		expect(Number(widths[0]) / Number(widths[1])).toBeCloseTo(100.2 / 52.6, 2);
		expect(chart).toContain('>Memory &lt;MB></text>');
		expect(chart).toContain('>100 MB · × 1.90</text>');
		expect(chart).not.toContain('Somebody else');
	});

	test('has other colours on dark ground', () => {
		const [light, dark] = chart.split('@media (prefers-color-scheme: dark)');
		for (const kind of ['text', '.ours', '.n8n', '.loop', '.floor']) {
			const colourIn = (style: string) =>
				new RegExp(`\\${kind} \\{[^}]*fill: (#\\w+)`.replace('\\text', 'text')).exec(style)?.[1];
			expect(colourIn(light!)).toMatch(/^#/);
			expect(colourIn(dark!)).toMatch(/^#/);
			expect(colourIn(light!)).not.toBe(colourIn(dark!));
		}
	});
});
