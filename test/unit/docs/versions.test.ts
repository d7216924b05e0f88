// The docs name those versions of n8n that npm run test:versions tries, each with its Node.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { older } from '../nodes/olderN8n/versions';
import { ROOT } from './pages';

const program = `import { n8nVersions } from './scripts/lib/n8n-versions.mjs';
	console.log(JSON.stringify(n8nVersions.map(({ version, node }) => [version, node])));`;
const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
	cwd: ROOT,
});
const tried = JSON.parse(output.toString()) as Array<[version: string, node: string]>;

const read = (page: string) => readFileSync(path.join(ROOT, page), 'utf8');

test.each(['README.md', 'README.ko.md'])('%s has them in this order', (page) => {
	const named = [...read(page).matchAll(/([\d.]+) ?\(Node\.js (\d+)\)/g)];
	expect(named.map(([, version, node]) => [version, node])).toEqual(tried);
});

test('the first page in Korean lists them', () => {
	expect(read('docs/ko/start.md')).toContain(`n8n ${tried.map(([version]) => version).join(', ')}`);
});

test('the descriptions of all nodes are read with the library of each older one', () => {
	const [, ...olderVersions] = tried.map(([version]) => version);
	expect(older.map(([version]) => version).toSorted()).toEqual(olderVersions.toSorted());
});
