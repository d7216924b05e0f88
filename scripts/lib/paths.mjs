// Where things lie. Everything the scripts make is in .local, apart from npm's node_modules and dist.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const inRoot = (...parts) => join(root, ...parts);

export const local = inRoot('.local');
export const inLocal = (...parts) => join(local, ...parts);
export const logs = inLocal('logs');

export const n8nApp = inLocal('n8n-app');
export const n8nAppSource = inRoot('scripts', 'n8n-app');

const nodePackage = inRoot('node_modules', 'node');

/** The project's own Node 24, which the devDependency "node" brings. */
export const projectNode = join(
	nodePackage,
	'bin',
	process.platform === 'win32' ? 'node.exe' : 'node',
);

/** The folder that holds the headers of the project's Node (include/node), or undefined. */
export function projectNodeHeaders() {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	return ['node', 'node-bin']
		.map((prefix) => join(nodePackage, 'node_modules', `${prefix}-${platform}-${process.arch}`))
		.find((folder) => existsSync(join(folder, 'include', 'node', 'node_api.h')));
}
