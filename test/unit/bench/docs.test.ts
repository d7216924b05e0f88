// Figures and chart in the docs come from the run that lies beside them, docs/bench.json: npm run docs:bench writes them.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { worth } from './frame';

const ROOT = path.join(__dirname, '../../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const FIGURES = /<!-- bench: [^>]*-->\n([^]*)\n<!-- \/bench -->/;

const hasRun = existsSync(path.join(ROOT, 'docs/bench.json'));

test('README, docs/speed.md and the chart say what the run says, or nothing', () => {
	const pages = [read('README.md'), read('docs/speed.md')];
	if (!hasRun) {
		for (const page of pages) expect(FIGURES.exec(page)![1]).not.toMatch(/\d/);
		expect(existsSync(path.join(ROOT, 'docs/images/bench.svg'))).toBe(false);
		return;
	}
	const run: unknown = JSON.parse(read('docs/bench.json'));
	const [readme, speed, chart] = worth(
		'docs',
		'((docs) => [docs.readme(given.pages[0]), docs.speed(given.pages[1]), docs.chart])(frame.docsOf(given.run))',
		{ run, pages },
	) as string[];
	expect(pages).toEqual([readme, speed]);
	expect(read('docs/images/bench.svg')).toBe(chart);
});
