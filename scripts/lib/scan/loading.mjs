// Checks that n8n can load what package.json lists, that each has its icons, and that nothing is left off the list.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { say } from '../say.mjs';
import { withSlashes } from './files.mjs';

function iconFiles({ icon }) {
	if (!icon) return [];
	return typeof icon === 'string' ? [icon] : [icon.light, icon.dark];
}

/** Every version of a node's description; a credential describes itself. */
function descriptionsOf(instance) {
	const versions = Object.values(instance.nodeVersions ?? {}).map((node) => node.description);
	return [instance.description ?? instance, ...versions];
}

/** Loads a class as n8n does: the file's name up to its first dot is the name of the export. */
function problemsOf(file, { folder, files }) {
	if (!files.includes(file)) return [`${file}, listed in package.json, is missing`];
	const className = file.split('/').pop().split('.')[0];
	const Loaded = createRequire(join(folder, 'package.json'))(`./${file}`)[className];
	if (!Loaded) return [`${file} doesn't export ${className}`];
	const icons = [...new Set(descriptionsOf(new Loaded()).flatMap(iconFiles))];
	if (icons.length === 0) return [`${file} names no icon`];
	const pathOf = (icon) => withSlashes(join(dirname(file), icon.replace(/^file:/, '')));
	return icons
		.filter((icon) => !files.includes(pathOf(icon)))
		.map((icon) => `${file} names the icon ${icon}, which is missing`);
}

export function loadingProblems(tarball) {
	const { nodes = [], credentials = [] } = tarball.manifest.n8n;
	const listed = [...nodes, ...credentials];
	say(
		`  Loading: ${nodes.length} node and ${credentials.length} credential files, with their icons`,
	);
	return [
		...listed.flatMap((file) => problemsOf(file, tarball)),
		...tarball.files
			.filter((path) => /\.(node|credentials)\.js$/.test(path) && !listed.includes(path))
			.map((file) => `${file} is not listed in package.json`),
	];
}
