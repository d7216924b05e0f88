// Installs n8n itself, apart from the project's own packages, into .local/n8n-app.
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { needSpace } from './disk.mjs';
import { projectEnvironment } from './environment.mjs';
import { checkRegistry, npmQuietly } from './npm.mjs';
import { inLocal, n8nApp, n8nAppSource, projectNode, projectNodeHeaders } from './paths.mjs';
import { run } from './processes.mjs';
import { ClearError, step } from './say.mjs';
import { countPackages } from './setup.mjs';
import { forget, hashOf, isDone, markDone } from './stamp.mjs';

const N8N_GIGABYTES = 3.5;
const SOURCE_FILES = ['package.json', 'package-lock.json', '.npmrc'];
const packagesStamp = inLocal('stamps', 'n8n-packages');
const readyStamp = inLocal('stamps', 'n8n-ready');

/** The script that Node runs as the command "n8n". */
export const n8nScript = join(n8nApp, 'node_modules', 'n8n', 'bin', 'n8n');

async function loads(module) {
	const { code } = await run(projectNode, ['-e', `require(${JSON.stringify(module)})`], {
		cwd: n8nApp,
		env: projectEnvironment(),
	});
	return code === 0;
}

async function missingCompilers() {
	if (process.platform === 'win32') return [];
	const found = await Promise.all(
		['python3', 'make', 'c++'].map(async (tool) => {
			const { code } = await run('sh', ['-c', `command -v ${tool}`], { env: projectEnvironment() });
			return code === 0 ? undefined : tool;
		}),
	);
	return found.filter(Boolean);
}

function compilersSentence(missing) {
	const how = {
		darwin: 'On a Mac: xcode-select --install',
		linux: 'On Debian or Ubuntu: sudo apt-get install python3 make g++',
	}[process.platform];
	const lacking =
		missing.length > 0
			? `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing here`
			: 'that failed here';
	return (
		`n8n keeps its data in SQLite, whose module could not be fetched ready-made and has to be compiled; ${lacking}. ` +
		`Install Python 3, make and a C++ compiler and run the command again. ${how ?? ''}`.trim()
	);
}

/** SQLite is n8n's only native module that has to be there. */
async function buildSqlite() {
	if (await loads('sqlite3')) return;
	const headers = projectNodeHeaders();
	try {
		await npmQuietly(['rebuild', 'sqlite3', '--ignore-scripts=false'], {
			cwd: n8nApp,
			title: 'Building SQLite for n8n (about a minute)',
			logName: 'npm-sqlite',
			env: headers ? { npm_config_nodedir: headers } : {},
		});
	} catch (error) {
		const missing = await missingCompilers();
		if (missing.length > 0) throw new ClearError(compilersSentence(missing));
		throw error;
	}
	if (!(await loads('sqlite3'))) throw new ClearError(compilersSentence(await missingCompilers()));
}

async function installPackages(hash) {
	forget(packagesStamp);
	mkdirSync(n8nApp, { recursive: true });
	await needSpace(n8nApp, N8N_GIGABYTES, 'Installing n8n');
	step('Looking for the npm registry');
	await checkRegistry();
	// What an interrupted installation left behind cannot be trusted.
	rmSync(join(n8nApp, 'node_modules'), { recursive: true, force: true });
	for (const file of SOURCE_FILES) copyFileSync(join(n8nAppSource, file), join(n8nApp, file));
	await npmQuietly(['install', '--no-save'], {
		cwd: n8nApp,
		title: 'Installing n8n itself (large: 2.2 GB on disk, usually 2 to 5 minutes, only this once)',
		logName: 'npm-n8n',
		packages: countPackages(join(n8nAppSource, 'package-lock.json')),
	});
	markDone(packagesStamp, hash);
}

/** Installs n8n, unless that was done for this lock file. Needs the project to be set up. */
export async function setUpN8n() {
	const hash = hashOf(n8nAppSource, SOURCE_FILES, [process.platform, process.arch]);
	const installed = existsSync(n8nScript);
	if (installed && isDone(readyStamp, hash)) return;
	if (!installed || !isDone(packagesStamp, hash)) await installPackages(hash);
	await buildSqlite();
	markDone(readyStamp, hash);
}
