// Builds the package and packs it, unless that was done for exactly these sources.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { npmPack, npmScriptQuietly } from './npm.mjs';
import { inLocal, root } from './paths.mjs';
import { FILES_BESIDE_DIST } from './shipped-files.mjs';
import { forget, hashOf, isDone, markDone } from './stamp.mjs';

const SOURCES = [
	...FILES_BESIDE_DIST,
	'credentials',
	'examples',
	'gulpfile.js',
	'icons',
	'nodes',
	'package-lock.json',
	'pipeline',
	'providers',
	'scripts/lib/shipped-files.mjs',
	'tsconfig.json',
];
const packFolder = inLocal('pack');
const stampFile = inLocal('stamps', 'build');

function packedTarball() {
	if (!existsSync(packFolder)) return undefined;
	const name = readdirSync(packFolder).find((file) => file.endsWith('.tgz'));
	return name && join(packFolder, name);
}

/** Builds dist and packs the tarball that an n8n installs; answers the tarball's path. */
export async function packedPackage() {
	// The result is part of the hash: a dist that was changed or removed is made again.
	const hash = () => hashOf(root, [...SOURCES, 'dist']);
	const tarball = packedTarball();
	if (tarball && isDone(stampFile, hash())) return tarball;

	forget(stampFile);
	rmSync(packFolder, { recursive: true, force: true });
	mkdirSync(packFolder, { recursive: true });
	await npmScriptQuietly('build', { title: 'Building the package' });
	const made = join(packFolder, await npmPack(packFolder));
	markDone(stampFile, hash());
	return made;
}
