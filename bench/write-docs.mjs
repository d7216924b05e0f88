// npm run docs:bench: writes what the latest npm run bench has measured into README.md and docs/, and keeps the run there.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import { main } from '../scripts/lib/main.mjs';
import { inRoot } from '../scripts/lib/paths.mjs';
import { ClearError, say } from '../scripts/lib/say.mjs';
import { docsOf } from './frame/docs.mjs';
import { LATEST_RUN } from './frame/keep.mjs';
import { SECTIONS } from './frame/options.mjs';

const read = (file) => readFileSync(file, 'utf8');

/** Only a whole run, without anything wrong in it, is told to people. */
function checkRun({ quick, sections, rows }) {
	const measured = sections.filter(({ problem }) => !problem).map(({ name }) => name);
	const missing = SECTIONS.filter((name) => !measured.includes(name));
	const wrong = rows.filter(({ problem }) => problem);
	if (!quick && missing.length === 0 && wrong.length === 0) return;
	throw new ClearError(
		'The latest run isn’t whole: it was a quick one, lacks a section, or something in it is wrong. Run npm run bench first.',
	);
}

await main(async () => {
	if (!existsSync(LATEST_RUN))
		throw new ClearError('Nothing was measured yet: run npm run bench first.');
	const run = JSON.parse(read(LATEST_RUN));
	checkRun(run);
	const docs = docsOf(run);
	const [readme, speed] = [inRoot('README.md'), inRoot('docs', 'speed.md')];
	writeFileSync(inRoot('docs', 'bench.json'), `${JSON.stringify(run, null, '\t')}\n`);
	writeFileSync(inRoot('docs', 'images', 'bench.svg'), docs.chart);
	writeFileSync(readme, docs.readme(read(readme)));
	writeFileSync(speed, docs.speed(read(speed)));
	say('Written: README.md, docs/speed.md, docs/images/bench.svg and docs/bench.json');
});
