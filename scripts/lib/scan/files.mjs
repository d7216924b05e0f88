// Lists files by patterns, as paths from a folder, with slashes on every platform.
import { globSync } from 'node:fs';
import { join, relative } from 'node:path';

export const withSlashes = (path) => path.replaceAll('\\', '/');

export function filesIn(folder, patterns) {
	return globSync(patterns, { cwd: folder, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => withSlashes(relative(folder, join(entry.parentPath, entry.name))));
}
