// Loads every node and credential file of n8n's own packages, and prints those that fail, with the reason, as JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const requireOfN8n = createRequire(join(process.argv[2], 'node_modules', 'n8n', 'package.json'));

const failed = {};
let loaded = 0;
for (const name of ['n8n-nodes-base', '@n8n/n8n-nodes-langchain']) {
	const manifestPath = requireOfN8n.resolve(`${name}/package.json`);
	const { nodes, credentials } = JSON.parse(readFileSync(manifestPath, 'utf8')).n8n;
	for (const file of [...nodes, ...credentials]) {
		try {
			requireOfN8n(join(dirname(manifestPath), file));
			loaded++;
		} catch (error) {
			failed[`${name}/${file}`] = error.message.split('\n')[0];
		}
	}
}
process.stdout.write(JSON.stringify({ loaded, failed }), () => process.exit(0));
