// Checks that every module that a file asks for is in the tarball or comes with n8n.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

import { say } from '../say.mjs';
import { withSlashes } from './files.mjs';

/** What n8n 2.41 has on its module path for a community package. */
const RUNTIME_MODULES = ['n8n-workflow', 'zod', 'lodash', 'luxon', 'crypto'];

/** What is wrong with requiring a module from a file, if anything. */
function requireProblem(file, name, files) {
	if (/^\.{1,2}(\/|$)/.test(name)) {
		const target = withSlashes(join(dirname(file), name));
		const candidates = [target, `${target}.js`, `${target}/index.js`];
		if (candidates.some((path) => files.includes(path))) return undefined;
		return `${file} requires ${name}, which is not in the tarball`;
	}
	if (RUNTIME_MODULES.includes(name.split('/')[0])) return undefined;
	return `${file} requires ${name}, which n8n doesn't provide`;
}

export function moduleProblems({ folder, files }) {
	const problems = [];
	let count = 0;
	for (const file of files.filter((path) => path.endsWith('.js'))) {
		const text = readFileSync(join(folder, file), 'utf8');
		const { importedFiles } = ts.preProcessFile(text, true, true);
		count += importedFiles.length;
		problems.push(...importedFiles.map(({ fileName }) => requireProblem(file, fileName, files)));
		if (/\brequire\s*\(\s*[^'"\s]/.test(text)) problems.push(`${file} computes what it requires`);
	}
	say(`  Modules: ${count} requires, against what is in the tarball and what n8n provides`);
	return problems.filter(Boolean);
}
