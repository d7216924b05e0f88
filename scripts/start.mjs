// npm start: from a fresh clone to a running n8n with the package, the sandbox and the example workflows.
import { parseArgs } from 'node:util';

import { main } from './lib/main.mjs';
import { setUpN8n } from './lib/n8n-app.mjs';
import { local } from './lib/paths.mjs';
import { ClearError, say } from './lib/say.mjs';
import { setUpProject } from './lib/setup.mjs';
import { start } from './lib/start.mjs';

const USAGE = `npm start                          n8n with the package, on loopback, until Ctrl-C
npm start -- --once                the same, but ends when everything runs; fails if anything has failed
npm start -- --port 5688           n8n on another port (or set N8N_PORT)
npm start -- --sandbox-port 8798   the sandbox on another port (or set SANDBOX_PORT)`;

function readOptions() {
	try {
		return parseArgs({
			options: {
				once: { type: 'boolean', default: false },
				port: { type: 'string' },
				'sandbox-port': { type: 'string' },
				help: { type: 'boolean', default: false },
			},
		}).values;
	} catch (error) {
		throw new ClearError(`${error.message}\n\n${USAGE}`);
	}
}

await main(async ({ serving }) => {
	const options = readOptions();
	if (options.help) return say(USAGE);
	await setUpProject();
	await setUpN8n();
	const started = await start({
		folder: local,
		ports: {
			n8n: options.port ?? process.env.N8N_PORT,
			sandbox: options['sandbox-port'] ?? process.env.SANDBOX_PORT,
		},
	});
	if (!started) return 0;
	if (options.once) {
		say('\nWithout --once, n8n keeps running so that you can open its editor.');
		return started.failures === 0 ? 0 : 1;
	}
	say('\nCtrl-C ends all of it.');
	throw new ClearError(await Promise.race([serving(), started.end]));
});
