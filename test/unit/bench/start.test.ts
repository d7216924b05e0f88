// The bench's start section: which files of nodes are loaded, and how large the unpacked tarball is.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

function answerOf(program: string): unknown {
	const args = ['--input-type=module', '-e', program];
	return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

test('every node that n8n loads is loaded', () => {
	const { n8n } = JSON.parse(readFileSync('package.json', 'utf8')) as { n8n: { nodes: string[] } };
	const found = answerOf(`import { ownNodeFiles } from './bench/start/loads.mjs';
		console.log(JSON.stringify(ownNodeFiles().map(({ name }) => name)));`);
	expect(found).toEqual(n8n.nodes.map((file) => file.split('/').at(-1)));
});

test('the unpacked size is that of all files, without folders and links', () => {
	const listing = [
		'drwxr-xr-x 0/0               0 1985-10-26 08:15 package/dist',
		'-rw-r--r-- 0/0            1203 1985-10-26 08:15 package/LICENSE',
		'-rw-r--r-- root/root         7 1985-10-26 08:15 package/a file with 99 in it.js',
		'',
	].join('\n');
	const found = answerOf(`import { bytesListed } from './bench/start/tarball.mjs';
		console.log(bytesListed(${JSON.stringify(listing)}));`);
	expect(found).toBe(1210);
});
