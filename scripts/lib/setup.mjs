// Makes the project itself ready: its packages, and Node 24, which everything else runs on.
import { existsSync, readFileSync, rmSync } from 'node:fs';

import { needSpace } from './disk.mjs';
import { fetchNode } from './node-itself.mjs';
import { checkRegistry, npmQuietly } from './npm.mjs';
import { inRoot, projectNode, root } from './paths.mjs';
import { ClearError, say, step } from './say.mjs';
import { forget, hashOf, isDone, markDone } from './stamp.mjs';

const PROJECT_GIGABYTES = 2.5;
const stampFile = inRoot('node_modules', '.imagegen-setup');

/** How many packages a lock file names, without those for other platforms. */
export function countPackages(lockFile) {
	const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
	return Object.values(packages).filter((entry) => entry.version && !entry.os && !entry.cpu).length;
}

/** npm writes its own list last. Without it an installation was cut short and cannot be trusted. */
function removeUnfinishedInstallation() {
	if (existsSync(inRoot('node_modules', '.package-lock.json'))) return;
	rmSync(inRoot('node_modules'), { recursive: true, force: true });
}

/** Installs the project's packages and its Node 24, unless that was done for this lock file. */
export async function setUpProject() {
	const hash = hashOf(root, ['package-lock.json', '.npmrc'], [process.platform, process.arch]);
	if (isDone(stampFile, hash) && existsSync(projectNode)) return;

	forget(stampFile);
	await needSpace(root, PROJECT_GIGABYTES, 'Setting up this project');
	step('Looking for the npm registry');
	await checkRegistry();
	removeUnfinishedInstallation();
	await npmQuietly(['install', '--no-save'], {
		cwd: root,
		title: 'Installing the packages of this project (about 1.4 GB on disk, 1 to 3 minutes)',
		logName: 'npm-install',
		packages: countPackages(inRoot('package-lock.json')),
	});
	const version = await fetchNode(root, { major: '24', whom: 'this project' });
	if (!version) {
		throw new ClearError(
			`Node 24 could not be installed for this machine (${process.platform} ${process.arch}). ` +
				'Look into .local/logs/npm-node-24.log for the reason, or start this project with Node 24 of your own.',
		);
	}
	say(`  Node ${version} is ready`);
	markDone(stampFile, hash);
}
