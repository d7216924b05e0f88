// The IDs of the example workflows: n8n 1.x keeps nothing that a trigger remembers under an ID of more than 16 characters.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const files = readdirSync('examples').filter((name) => name.endsWith('.json'));

const idOf = (file: string) =>
	(JSON.parse(readFileSync(join('examples', file), 'utf8')) as { id: string }).id;

test.each(files)('%s has a short ID', (file) => {
	expect(idOf(file)).toMatch(/^[a-zA-Z]{1,16}$/);
});

test('no two have the same', () => {
	expect(new Set(files.map(idOf)).size).toBe(files.length);
});
