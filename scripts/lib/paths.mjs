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

const nodePackageIn = (folder) => join(folder, 'node_modules', 'node');

/** The Node that the dependency "node" of a folder's package.json brings. */
export const nodeIn = (folder) =>
	join(nodePackageIn(folder), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The project's own Node 24. */
export const projectNode = nodeIn(root);

/** The folder that holds the headers of such a Node (include/node), or undefined. */
export function nodeHeadersIn(folder) {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	return ['node', 'node-bin']
		.map((prefix) =>
			join(nodePackageIn(folder), 'node_modules', `${prefix}-${platform}-${process.arch}`),
		)
		.find((headers) => existsSync(join(headers, 'include', 'node', 'node_api.h')));
}
