// npm run bench:scale: many image tasks at once on one small n8n, waited for in three ways, measured side by side.
// Prints a table and keeps it in .local/bench. It fails only when an image is missing, double or wrong.
import { existsSync } from 'node:fs';

import { freePort } from '../scripts/lib/ports.mjs';
import { main } from '../scripts/lib/main.mjs';
import { startSandboxServer } from '../scripts/lib/sandbox-server.mjs';
import { ClearError, say, step } from '../scripts/lib/say.mjs';
import { setUpProject } from '../scripts/lib/setup.mjs';
import { prepareN8n } from './scale/n8n.mjs';
import { readOptions, USAGE } from './scale/options.mjs';
import { childProcess } from './scale/process-figures.mjs';
import { drawAll, sandboxControl } from './scale/provider.mjs';
import { startReportServer } from './scale/reports.mjs';
import { measure } from './scale/measure.mjs';
import { keepTables, tableOf } from './scale/table.mjs';
import { modesNamed, PICTURE_SIZE } from './scale/workflows.mjs';

await main(async () => {
	const options = readOptions(process.argv.slice(2));
	if (options.help) return say(USAGE);
	if (!existsSync('/proc/self/status')) {
		throw new ClearError('This measurement reads /proc, so it runs on Linux only.');
	}
	await setUpProject();
	const [n8nPort, sandboxPort] = [await freePort(), await freePort()];
	const reports = await startReportServer();
	const modes = modesNamed(options.modes);
	const n8n = await prepareN8n({ ...options, modes, n8nPort, sandboxPort, reportUrl: reports.url });

	step('Starting the sandbox');
	await startSandboxServer(sandboxPort);
	const sandbox = { ...sandboxControl(sandboxPort), pid: childProcess('sandbox/main.ts') };
	for (const { key } of modes) await sandbox.addKey(key);
	step('Drawing the pictures ahead, so that drawing takes no time later');
	const pictures = await drawAll(sandbox, { ...options, size: PICTURE_SIZE });

	const tables = [];
	let isComplete = true;
	for (const itemsEach of options.items) {
		const rows = [];
		for (const mode of modes) {
			const row = await measure({ mode, itemsEach, options, n8n, sandbox, reports, pictures });
			// What becomes of the loop that people build without our nodes is a figure, not a fault of ours.
			if (mode.name !== 'loop' && row.problems.length > 0) isComplete = false;
			rows.push(row);
		}
		tables.push(tableOf(rows, { ...options, itemsEach }));
		say(`\n${tables.at(-1)}\n`);
	}
	say(`Kept in ${keepTables(tables, options)}`);
	return isComplete ? 0 : 1;
});
