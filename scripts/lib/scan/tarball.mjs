// Packs the package and unpacks it again, so that what is looked at is what npm would publish.
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { npmPack } from '../npm.mjs';
import { inRoot } from '../paths.mjs';
import { run } from '../processes.mjs';
import { ClearError, tail } from '../say.mjs';
import { filesIn } from './files.mjs';

/**
 * @param {string} scratch a folder that is empty, or at least has no package in it
 * @returns {Promise<{folder: string, files: string[], manifest: object}>} manifest is its package.json
 */
export async function unpackedTarball(scratch) {
	const filename = await npmPack(scratch);
	const { code, output } = await run('tar', ['-xzf', filename], { cwd: scratch });
	if (code !== 0) {
		throw new ClearError(`tar could not unpack ${filename}. Its last words:\n${tail(output)}`);
	}
	// The unpacked nodes find n8n-workflow and its like one folder up, as they do inside n8n.
	symlinkSync(inRoot('node_modules'), join(scratch, 'node_modules'), 'junction');
	const folder = join(scratch, 'package');
	return {
		folder,
		files: filesIn(folder, ['**/*', '**/.*']),
		manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
	};
}
