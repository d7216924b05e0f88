// Task: Get Many. The account's task history, with filters.
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { taskItem } from '../../../../pipeline/media';
import { ask } from '../../../../pipeline/session';
import { addHint } from '../../../../pipeline/told';
import type { ImageTask } from '../../../../providers/contract';
import { omitPictures } from '../../../../providers/answers/rawData';
import { readOwnPrices, repriced } from '../../../../providers/ownPrices';
import type { ItemOperation } from '../../../shared/execute/operations';
import { readBoolean, toNumberOfAtLeast, toText } from '../../../shared/parameters/readParameters';
import type { EvoLinkSession } from '../../session';

const PAGE_SIZE = 50;
const MAX_PAGES = 1000;
/** The filters as the person sees them, for messages. */
const FILTER_NAMES: Readonly<Record<string, string>> = {
	model: 'Model',
	status: 'Status',
	type: 'Type',
};

export const getMany: ItemOperation<EvoLinkSession> = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many tasks',
		description: 'List the tasks of your account, the latest first',
	},
	fields: [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			displayOptions: { show: { returnAll: [false] } },
			description: 'Max number of results to return',
		},
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Model',
					name: 'model',
					type: 'string',
					default: '',
					placeholder: 'e.g. gpt-image-2',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Cancelled', value: 'cancelled' },
						{ name: 'Completed', value: 'completed' },
						{ name: 'Failed', value: 'failed' },
						{ name: 'Pending or Processing', value: 'processing' },
					],
					default: 'completed',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'string',
					default: 'image',
					placeholder: 'e.g. image',
					description: 'What kind of task, as EvoLink calls it',
				},
			],
		},
		{
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		},
	],
	run: async (session, { itemIndex }) => {
		const { context, connection } = session;
		const returnAll = readBoolean(context, 'returnAll', 'Return All', itemIndex, false);
		const limit = returnAll ? Infinity : readLimit(context, itemIndex);
		const isSimple = readBoolean(context, 'simplify', 'Simplify', itemIndex, true);
		const tasks = await readHistory(session, itemIndex, limit);
		if (isSimple) {
			return tasks.map((task) => taskItem(connection, task, itemIndex));
		}
		return tasks.map(({ raw }) => ({
			json: omitPictures(raw) as IDataObject,
			pairedItem: { item: itemIndex },
		}));
	},
};

function readLimit(context: IExecuteFunctions, itemIndex: number): number {
	return toNumberOfAtLeast(
		context.getNodeParameter('limit', itemIndex),
		'Limit',
		1,
		'Enter another number, or turn on Return All. If it is an expression, check that the item has that field.',
	);
}

/**
 * Page after page, until one brings nothing new: a server may give fewer tasks than asked for, or always the same page.
 * Tasks that start meanwhile shift the pages, so one that comes twice is taken once.
 */
async function readHistory(
	{ context, connection, provider, ownPrices }: EvoLinkSession,
	itemIndex: number,
	limit: number,
): Promise<ImageTask[]> {
	const filters = readFilters(context.getNodeParameter('filters', itemIndex, {}) as IDataObject);
	const own = readOwnPrices(ownPrices);
	const found = new Map<string, ImageTask>();
	let unread = 0;
	for (let page = 1; found.size < limit; page++) {
		if (page > MAX_PAGES) {
			addHint(connection, tooManyPages(itemIndex), itemIndex);
			break;
		}
		const request = provider.history(filters, page, PAGE_SIZE);
		const read = provider.readTaskPage(await ask(connection, request));
		const known = found.size;
		for (const task of read.tasks) found.set(task.id, repriced(task, own));
		if (found.size === known && page > 1) break;
		unread += read.unread;
		if (found.size === known || found.size + unread === read.total) break;
	}
	if (unread > 0) addHint(connection, leftOut(unread, itemIndex), itemIndex);
	return [...found.values()].slice(0, limit);
}

function leftOut(unread: number, itemIndex: number): string {
	const entries = unread === 1 ? '1 entry' : `${unread} entries`;
	return `${entries} of EvoLink's history could not be read and ${unread === 1 ? 'is' : 'are'} left out of item ${itemIndex}.`;
}

function tooManyPages(itemIndex: number): string {
	return `EvoLink's history has more than ${MAX_PAGES} pages: item ${itemIndex} has the latest tasks only. Use the Filters to get others.`;
}

function readFilters(filters: IDataObject): Record<string, string> {
	const named = Object.entries(filters).map(([name, value]) => [
		name,
		toText(value, FILTER_NAMES[name] ?? name).trim(),
	]);
	return Object.fromEntries(named.filter(([, value]) => value !== '')) as Record<string, string>;
}
