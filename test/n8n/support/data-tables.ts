// What a person does with n8n's Data Tables: look at their rows, write into them, delete a table.
import type { Editor } from './editor';
import { rest } from './n8n';
import { settings } from './settings';

export interface Row {
	id: number;
	[column: string]: unknown;
}

interface DataTable {
	id: string;
	name: string;
	projectId: string;
	columns: Array<{ name: string; type: string }>;
}

export async function dataTablesPath(): Promise<string> {
	const { id } = await rest<{ id: string }>('GET', '/projects/personal');
	return `/projects/${id}/data-tables`;
}

export async function dataTables(): Promise<DataTable[]> {
	return (await rest<{ data: DataTable[] }>('GET', `${await dataTablesPath()}?take=100`)).data;
}

async function pathOf(name: string): Promise<string> {
	const found = (await dataTables()).find((table) => table.name === name);
	if (!found) throw new Error(`There is no Data Table ${name}.`);
	return `${await dataTablesPath()}/${found.id}`;
}

/** All rows of a table, in the order in which they were written. */
export async function rowsOf(name: string): Promise<Row[]> {
	const path = `${await pathOf(name)}/rows?take=100&sortBy=id:asc`;
	return (await rest<{ data: Row[] }>('GET', path)).data;
}

/** Writes into some cells of one row. */
export async function changeRow(name: string, id: number, data: object): Promise<void> {
	const filter = { type: 'and', filters: [{ columnName: 'id', condition: 'eq', value: id }] };
	await rest('PATCH', `${await pathOf(name)}/rows`, { filter, data });
}

export async function makeTable(name: string, columns: DataTable['columns']): Promise<void> {
	await rest('POST', await dataTablesPath(), { name, columns });
}

export async function deleteTable(name: string): Promise<void> {
	await rest('DELETE', await pathOf(name));
}

/** Opens a table in the editor, in a window that shows most of its columns. */
export async function openTable({ page }: Editor, name: string): Promise<void> {
	const found = (await dataTables()).find((table) => table.name === name)!;
	await page.setViewportSize({ width: 1640, height: 400 });
	await page.goto(`${settings.url}/projects/${found.projectId}/datatables/${found.id}`);
	// The grid is there before its rows are. Of its columns only those are drawn that can be seen.
	const [row] = await rowsOf(name);
	const texts = Object.values(row!).filter((cell) => typeof cell === 'string' && cell !== '');
	const cells = texts.map((text) => page.getByRole('gridcell').filter({ hasText: String(text) }));
	await cells
		.reduce((some, other) => some.or(other))
		.first()
		.waitFor();
}
