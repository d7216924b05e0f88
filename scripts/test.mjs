// npm test: types, build, n8n's scan and lint, and beside them the unit and engine tests.
// With paths only the tests that belong to them run, for example: npm test -- test/unit/providers
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

import { main } from './lib/main.mjs';
import { npmScript, npmScriptVisibly } from './lib/npm.mjs';
import { inRoot } from './lib/paths.mjs';
import { say, sayAgain, step } from './lib/say.mjs';
import { setUpProject } from './lib/setup.mjs';

/** One after the other, for each keeps a processor busy. The scan needs what the build makes. */
const checks = [
	['Types', 'typecheck'],
	['Build', 'build'],
	['n8n’s scan for community packages', 'scan'],
	['Lint', 'lint'],
];

/** Says of each check what came of it, and what it printed if it failed. Answers the names of those that failed. */
async function check() {
	const failed = [];
	for (const [title, name] of checks) {
		const startedAt = Date.now();
		const { code, output } = await npmScript(name);
		const seconds = Math.round((Date.now() - startedAt) / 1000);
		step(`${title}: ${code === 0 ? 'passed' : 'failed'} after ${seconds} s`);
		if (code === 0) continue;
		sayAgain(output);
		failed.push(title);
	}
	return failed;
}

/** Prints jest's lines as they come, between those of the checks. */
async function test() {
	const { code } = await npmScript('test:unit', {
		onText: (text) => process.stdout.write(text),
		env: process.stdout.isTTY ? { FORCE_COLOR: '1' } : {},
	});
	return code === 0 ? [] : ['Unit and engine tests'];
}

async function everything() {
	step('Types, build, n8n’s scan and lint, and beside them the unit and engine tests');
	const failed = (await Promise.all([check(), test()])).flat();
	for (const title of failed) say(`\n${title}: failed.`);
	return failed.length === 0 ? 0 : 1;
}

/** Where the tests of a file of ours lie: test/unit has the same folders, and a node's tests run in n8n's engine. */
function testsOf(path) {
	const [floor, room] = path.split('/');
	const folder =
		floor === 'nodes' && room !== 'shared' ? `test/engine/${room}` : `test/unit/${dirname(path)}`;
	return existsSync(inRoot(folder)) ? folder : undefined;
}

function isSource(path) {
	const file = inRoot(path);
	return !path.endsWith('.test.ts') && existsSync(file) && statSync(file).isFile();
}

/** A file of ours stands for its tests. Everything else is jest's to read: parts of tests' paths, options. */
function jestArguments(given) {
	return given.map((argument) => (isSource(argument) ? (testsOf(argument) ?? argument) : argument));
}

await main(async () => {
	const given = process.argv.slice(2);
	await setUpProject();
	if (given.length === 0) return await everything();
	return await npmScriptVisibly('test:unit', jestArguments(given));
});
