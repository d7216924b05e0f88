// n8n's database in a folder: a file for each execution, which is there as a whole or not at all, whenever n8n is killed.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ExecutionRow } from './types';

export interface Database {
	read(id: string): ExecutionRow;
	write(row: ExecutionRow): void;
}

export function openDatabase(folder: string): Database {
	const pathOf = (id: string) => join(folder, `execution-${id}.json`);
	return {
		read: (id) => JSON.parse(readFileSync(pathOf(id), 'utf8')) as ExecutionRow,
		write: (row) => {
			const unfinished = `${pathOf(row.id)}.new`;
			writeFileSync(unfinished, JSON.stringify(row));
			renameSync(unfinished, pathOf(row.id));
		},
	};
}
