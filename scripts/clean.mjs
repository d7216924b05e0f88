// npm run clean: removes what the scripts and the build made (.local and dist), n8n's data included, after a question.
import { existsSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';

import { inRoot, local } from './lib/paths.mjs';
import { alreadyRunning } from './lib/running.mjs';
import { say } from './lib/say.mjs';

const { yes } = parseArgs({ options: { yes: { type: 'boolean', default: false } } }).values;

const doomed = [
	{
		path: local,
		name: '.local',
		what: 'the n8n of npm start with your workflows, credentials and images in it, n8n itself, logs',
	},
	{ path: inRoot('dist'), name: 'dist', what: 'the built package' },
].filter(({ path }) => existsSync(path));

async function isMeant() {
	if (yes) return true;
	if (!process.stdin.isTTY) {
		say('Nothing was deleted. To delete this without being asked, type: npm run clean -- --yes');
		process.exitCode = 1;
		return false;
	}
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	const answer = await terminal.question('Delete all of this? Type yes or no: ');
	terminal.close();
	if (/^y(es)?$/i.test(answer.trim())) return true;
	say('Nothing was deleted.');
	return false;
}

if (doomed.length === 0) {
	say('There is nothing to delete.');
} else if (await alreadyRunning(local)) {
	say('npm start runs in another window. End it there with Ctrl-C, then clean.');
	process.exitCode = 1;
} else {
	say('This deletes:');
	for (const { name, what } of doomed) say(`  ${name.padEnd(8)} ${what}`);
	say('It keeps node_modules, which is npm’s: delete that yourself if you want it gone.');
	if (await isMeant()) {
		for (const { path } of doomed) rmSync(path, { recursive: true, force: true });
		say('Deleted.');
	}
}
