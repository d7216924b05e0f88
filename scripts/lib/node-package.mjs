// Installs the packed package into an n8n, the way n8n installs a community package.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { npmQuietly } from './npm.mjs';
import { forget, hashOf, isDone, markDone } from './stamp.mjs';

const PACKAGE_NAME = 'n8n-nodes-imagegen';

/** Where the package lies in an n8n, or is to lie. */
export const installedPackage = (userFolder) =>
	join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE_NAME);

/** Installs a tarball beside n8n's other community packages, unless this very one is there. `title` is what a person reads. */
export async function installNodePackage(
	userFolder,
	tarball,
	title = 'Installing the package into n8n',
) {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const installed = installedPackage(userFolder);
	const stampFile = join(userFolder, 'installed-package');
	const hash = hashOf(dirname(tarball), [basename(tarball)]);
	if (isDone(stampFile, hash) && existsSync(installed)) return;

	forget(stampFile);
	mkdirSync(nodesFolder, { recursive: true });
	const packageFile = join(nodesFolder, 'package.json');
	if (!existsSync(packageFile)) {
		writeFileSync(
			packageFile,
			JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }),
		);
	}
	// npm takes an equal version for the same package, so the old one has to go first.
	rmSync(installed, { recursive: true, force: true });
	rmSync(join(nodesFolder, 'node_modules', '.package-lock.json'), { force: true });
	await npmQuietly(
		[
			'install',
			tarball,
			'--offline',
			'--no-package-lock',
			'--ignore-scripts',
			'--legacy-peer-deps',
		],
		{ cwd: nodesFolder, title, logName: 'npm-node-package' },
	);
	markDone(stampFile, hash);
}
