// The examples' Data Tables: made from a CSV once, and the person's from then on.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { changeRow, dataTables, deleteTable, makeTable, rowsOf } from './support/data-tables';
import { settings } from './support/settings';

const FRUIT = 'Prices of fruit';
const OWN = 'A table of their own';
const csv = 'fruit,price,status\nApple,0.4,\n"Pear, green",0.5,\n';

const folder = mkdtempSync(join(tmpdir(), 'imagegen-tables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function bring(...names: string[]): Promise<void> {
	const tables = names.map((name) => ({ name, csv }));
	const script = join('test', 'n8n', 'support', 'bring-tables.mjs');
	const args = [script, folder, settings.url, JSON.stringify(tables)];
	await promisify(execFile)(process.execPath, args);
}

test('a table is made with the types of its columns and its rows', async () => {
	await bring(FRUIT);
	const [table] = (await dataTables()).filter(({ name }) => name === FRUIT);
	expect(table?.columns.map(({ name, type }) => [name, type])).toEqual([
		['fruit', 'string'],
		['price', 'number'],
		['status', 'string'],
	]);
	expect(await rowsOf(FRUIT)).toMatchObject([
		{ fruit: 'Apple', price: 0.4 },
		{ fruit: 'Pear, green', price: 0.5 },
	]);
});

test('what a person writes into it stays', async () => {
	const [apple] = await rowsOf(FRUIT);
	await changeRow(FRUIT, apple!.id, { fruit: 'Quince' });
	await bring(FRUIT);
	expect((await rowsOf(FRUIT)).map(({ fruit }) => fruit)).toEqual(['Quince', 'Pear, green']);
});

test('one that was deleted stays deleted', async () => {
	await deleteTable(FRUIT);
	await bring(FRUIT);
	expect((await dataTables()).map(({ name }) => name)).not.toContain(FRUIT);
});

test('a table of the person’s own that has the same name stays as it is', async () => {
	await makeTable(OWN, [{ name: 'colour', type: 'string' }]);
	await bring(OWN);
	const [table] = (await dataTables()).filter(({ name }) => name === OWN);
	expect(table?.columns.map(({ name }) => name)).toEqual(['colour']);
	await deleteTable(OWN);
});
