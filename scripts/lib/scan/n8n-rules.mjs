// Runs n8n's own scan for community packages, on the sources and on the tarball.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../paths.mjs';
import { say } from '../say.mjs';
import { filesIn } from './files.mjs';

/** What n8n's scan of sources leaves out. It ships all the same. */
const INNER_SOURCES = ['{pipeline,providers}/**/*.ts'];

/** The scanner makes a temporary folder when it is loaded, and leaves it: so it gets one that goes. */
async function loadScanner(scratch) {
	const folder = join(scratch, 'scanner');
	mkdirSync(folder);
	Object.assign(process.env, { TMPDIR: folder, TEMP: folder, TMP: folder });
	return await import('@n8n/scan-community-package/scanner/scanner.mjs');
}

async function problemsIn(label, folder, patterns, scanner) {
	const files = filesIn(folder, patterns);
	say(`  n8n's rules, inline disables ignored: ${files.length} files of ${label}`);
	if (files.length === 0) return [`n8n's rules: no files found in ${label}`];
	const result = await scanner.analyzePackage(folder, patterns);
	return result.passed ? [] : [`n8n's rules on ${label}: ${result.details ?? result.message}`];
}

/**
 * @param {string} scratch a folder for the scanner's own files
 * @returns {Promise<{sources: () => Promise<string[]>, tarball: (folder: string) => Promise<string[]>}>}
 *   both answer the problems that n8n would have with the package
 */
export async function n8nRules(scratch) {
	const scanner = await loadScanner(scratch);
	const sourcePatterns = [...scanner.SOURCE_FILE_PATTERNS, ...INNER_SOURCES];
	return {
		sources: async () => await problemsIn('the sources', root, sourcePatterns, scanner),
		tarball: async (folder) =>
			await problemsIn('the tarball', folder, ['**/*.js', 'package.json'], scanner),
	};
}
