// npm run test:faults: runs the cells, prints the table, and fails if one of them breaks what is promised.
import { drawn } from './choice';
import { runCells } from './crew';
import { readOptions } from './options';
import { allCells } from './plan';

async function main(): Promise<number> {
	const { part, seed, only } = readOptions(process.argv.slice(2));
	const all = allCells();
	const cells =
		only === undefined ? drawn(all, part, seed) : all.filter(({ id }) => id.startsWith(only));
	console.log(`${cells.length} of ${all.length} cells, seed ${seed}`);
	const begun = Date.now();
	let done = 0;
	const { results, troubles } = await runCells(cells, (result) => {
		done += 1;
		if (done % 200 === 0) console.log(`${done} ${Math.round((Date.now() - begun) / 1000)} s`);
		if (only !== undefined || result.violations.length > 0) console.log(JSON.stringify(result));
	});
	const broken = results.filter(({ violations }) => violations.length > 0);
	console.log(`${broken.length} broken, ${troubles.length} troubles, ${Date.now() - begun} ms`);
	for (const trouble of troubles) console.log(trouble);
	return broken.length + troubles.length === 0 ? 0 : 1;
}

void main().then((code) => process.exit(code));
