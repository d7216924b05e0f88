// Installs n8n itself, apart from the project's own packages, into .local, and the Node that an older one runs on.
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { needSpace } from './disk.mjs';
import { environmentIn, projectEnvironment } from './environment.mjs';
import { n8nInUse } from './n8n-versions.mjs';
import { fetchNode, nodeVersionIn } from './node-itself.mjs';
import { checkRegistry, npmQuietly } from './npm.mjs';
import { inLocal, nodeHeadersIn, nodeIn } from './paths.mjs';
import { run } from './processes.mjs';
import { ClearError, step } from './say.mjs';
import { countPackages } from './setup.mjs';
import { forget, hashOf, isDone, markDone } from './stamp.mjs';

const N8N_GIGABYTES = 3.5;
const SOURCE_FILES = ['package.json', 'package-lock.json', '.npmrc'];
const stampFile = (step) => inLocal('stamps', `${n8nInUse().stampName}-${step}`);

/** The script that Node runs as the command "n8n". */
export const n8nScript = () => join(n8nInUse().folder, 'node_modules', 'n8n', 'bin', 'n8n');

async function loads(module) {
	const { folder, nodeFolder } = n8nInUse();
	const { code } = await run(nodeIn(nodeFolder), ['-e', `require(${JSON.stringify(module)})`], {
		cwd: folder,
		env: environmentIn(nodeFolder),
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
	const { folder, nodeFolder } = n8nInUse();
	const headers = nodeHeadersIn(nodeFolder);
	try {
		await npmQuietly(['rebuild', 'sqlite3', '--ignore-scripts=false'], {
			cwd: folder,
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
	const { version, folder, source } = n8nInUse();
	forget(stampFile('packages'));
	mkdirSync(folder, { recursive: true });
	await needSpace(folder, N8N_GIGABYTES, 'Installing n8n');
	step('Looking for the npm registry');
	await checkRegistry();
	// What an interrupted installation left behind cannot be trusted.
	rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
	for (const file of SOURCE_FILES) copyFileSync(join(source, file), join(folder, file));
	await npmQuietly(['install', '--no-save'], {
		cwd: folder,
		title: `Installing n8n ${version} itself (large: about 2 GB on disk, usually 2 to 5 minutes, only this once)`,
		logName: 'npm-n8n',
		packages: countPackages(join(source, 'package-lock.json')),
	});
	markDone(stampFile('packages'), hash);
}

/** An older n8n has its Node beside it; that of the current one is the project's own. */
async function setUpNode() {
	const { version, node, folder, nodeFolder } = n8nInUse();
	if (nodeFolder !== folder || (await nodeVersionIn(folder))) return;
	const fetched = await fetchNode(folder, { major: node, whom: `n8n ${version}` });
	if (fetched) return;
	throw new ClearError(
		`Node ${node}, which n8n ${version} runs on, could not be installed for this machine ` +
			`(${process.platform} ${process.arch}). Look into .local/logs/npm-node-${node}.log for the reason.`,
	);
}

/** Installs the n8n in use, unless that was done for its lock file. Needs the project to be set up. */
export async function setUpN8n() {
	const { source } = n8nInUse();
	const hash = hashOf(source, SOURCE_FILES, [process.platform, process.arch]);
	const installed = existsSync(n8nScript());
	if (installed && isDone(stampFile('ready'), hash)) return;
	if (!installed || !isDone(stampFile('packages'), hash)) await installPackages(hash);
	await setUpNode();
	await buildSqlite();
	markDone(stampFile('ready'), hash);
}
