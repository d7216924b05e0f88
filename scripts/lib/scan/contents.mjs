// Checks that everything in the tarball has its place there, and that nothing that belongs there is missing.
import { matchesGlob } from 'node:path';

import { say } from '../say.mjs';
import { FILES_BESIDE_DIST, PATTERNS_IN_DIST } from '../shipped-files.mjs';

const ALLOWED = [...FILES_BESIDE_DIST, ...PATTERNS_IN_DIST.map((pattern) => `dist/${pattern}`)];
const TEST_FILES = '**/*.{test,spec}.js';

const hasPlace = (file) =>
	ALLOWED.some((pattern) => matchesGlob(file, pattern)) && !matchesGlob(file, TEST_FILES);

export function contentProblems({ files }) {
	say(`  Contents: ${files.length} files against the list of what n8n loads or a person reads`);
	return [
		...files.filter((file) => !hasPlace(file)).map((file) => `${file} has no place in the tarball`),
		...FILES_BESIDE_DIST.filter((file) => !files.includes(file)).map(
			(file) => `${file} is missing from the tarball`,
		),
	];
}
