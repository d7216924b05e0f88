// What npm run test:mutation does on the project's Node.
import { readFileSync } from 'node:fs';

import { main } from '../main.mjs';
import { inRoot } from '../paths.mjs';
import { say } from '../say.mjs';
import { reportFile } from './files.mjs';
import { readOptions } from './options.mjs';
import { roomTable, survivorLines, verdict } from './report.mjs';
import { triedMutants } from './results.mjs';

await main(async () => {
	const { results, ofAll } = await triedMutants(readOptions(process.argv.slice(2)));
	const survivors = survivorLines(results, (fileName) => readFileSync(inRoot(fileName), 'utf8'));
	if (survivors.length > 0) say(`\nNo test has noticed:\n${survivors.join('\n')}`);
	say(`\n${roomTable(results)}\n\n${verdict(results, ofAll)}`);
	say(`To look at: ${reportFile}`);
});
