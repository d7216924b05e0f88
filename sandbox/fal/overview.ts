// What the sandbox's page shows of fal.
import { code, dollars, faultsCell, latest, ofUnixTime, type Table } from '../http/overview';
import { models } from './catalogue';
import type { FalService } from './service';
import { recordOf } from './tasks';

const prices: Table = {
	isFolded: true,
	title: 'Models and prices',
	columns: ['Model', 'Dollars', 'For one of'],
	rows: models.map(({ id, price: { unitPrice, unit } }) => [code(id), dollars(unitPrice), unit]),
};

export function falTables({ accounts, tasks, uploads, callbacks }: FalService): Table[] {
	return [
		{
			title: 'Keys',
			columns: ['Key', 'May', 'Dollars left', 'Charged', 'At once', 'Faults'],
			rows: accounts.list().map(({ key, scope, purse, atOnce, faults }) => {
				const { credits, charged } = purse.state();
				return [code(key), scope, dollars(credits), dollars(charged), atOnce, faultsCell(faults)];
			}),
		},
		{
			title: 'Latest tasks',
			columns: ['Started', 'Request', 'Model', 'Prompt', 'Status', 'Units', 'Dollars'],
			rows: latest(tasks.list().map(recordOf)).map(
				({ id, created, endpoint, input, status, units, cost }) => [
					ofUnixTime(created),
					code(id),
					endpoint,
					promptOf(input),
					status,
					Number(units.toPrecision(4)),
					dollars(cost),
				],
			),
		},
		{
			title: 'Latest uploads',
			columns: ['File', 'Type', 'Bytes'],
			rows: latest(uploads.list()).map(({ name, contentType, bytes }) => [
				name,
				contentType,
				bytes?.length ?? 'has not come',
			]),
		},
		{
			title: 'Latest webhooks',
			columns: ['Sent', 'Request', 'Try', 'Answer'],
			rows: latest(callbacks.deliveries).map(({ at, taskId, attempt, status, error }) => [
				ofUnixTime(Date.parse(at) / 1000),
				code(taskId),
				attempt,
				status ?? error ?? 'none',
			]),
		},
		prices,
	];
}

function promptOf(input: unknown): string {
	const { prompt } = (input ?? {}) as { prompt?: unknown };
	return typeof prompt === 'string' ? prompt : '';
}
