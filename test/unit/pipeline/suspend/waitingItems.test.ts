// What came in is restored from the items that wait in its place, whatever they had to show meanwhile.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { KeptInput, SuspendedItem, Suspension } from '../../../../pipeline/suspend/suspension';
import {
	keptInput,
	restoreInput,
	shownWhileWaiting,
	waitingItem,
	withFiles,
} from '../../../../pipeline/suspend/waitingItems';

/** As n8n saves it, and loads it again. */
const saved = <Value>(value: Value) => JSON.parse(JSON.stringify(value)) as Value;

function restored(row: IDataObject | undefined, waiting: IDataObject): INodeExecutionData {
	const item = { json: waiting };
	const input = keptInput({ json: row } as INodeExecutionData, item);
	const { items } = saved({ items: [{ taskIds: [], callsBack: false, input }] });
	const loaded = saved(item);
	const context = { getInputData: () => [loaded] } as unknown as IExecuteFunctions;
	restoreInput(context, { items } as unknown as Suspension);
	return loaded;
}

const TASK = { taskId: 't', taskIds: ['t'], provider: 'evolink', prompt: 'Mine', status: 'queued' };

test.each<[string, IDataObject | undefined, IDataObject]>([
	['a row beside its task', { sku: 1 }, { sku: 1, ...TASK }],
	['fields of the same names', { prompt: 'Row', status: 'to do' }, { ...TASK }],
	['a value that is the same by chance', { provider: 'evolink' }, { ...TASK }],
	['a row that is not shown', { sku: 1, tags: ['a'] }, { ...TASK }],
	['an error of its own', { error: 'old', sku: 1 }, { sku: 1, ...TASK }],
	['an item that has failed', { sku: 1, error: 'old' }, { sku: 1, error: 'new', kind: 'auth' }],
	['an empty row', {}, { ...TASK }],
	[
		'fields around one of the same name',
		{ id: 1, prompt: 'Row', sku: 2 },
		{ id: 1, sku: 2, ...TASK },
	],
	['odd names', JSON.parse('{"__proto__":{"a":1},"constructor":2,"0":3}') as IDataObject, TASK],
])('%s', (_what, row, waiting) => {
	const { json } = restored(row, waiting);
	// In the same order, too: a later try knows the row again by its text.
	expect(JSON.stringify(json)).toBe(JSON.stringify(row ?? {}));
	expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
});

test('without a row there is an empty one', () => {
	expect(restored(undefined, { ...TASK })).toEqual({ json: {} });
});

describe('an item that waits shows', () => {
	test.each<[string, Partial<SuspendedItem>, IDataObject]>([
		['its task', { taskIds: ['a'] }, { taskId: 'a', taskIds: ['a'] }],
		[
			'the first of its tasks, and all',
			{ taskIds: ['a', 'b'] },
			{ taskId: 'a', taskIds: ['a', 'b'] },
		],
		[
			'its model, its words and its reference, where they are known',
			{
				taskIds: ['a'],
				prompt: 'A fox',
				request: { model: 'gpt-image-2', count: 1, orderReference: 'row 13' },
			},
			{
				taskId: 'a',
				taskIds: ['a'],
				model: 'gpt-image-2',
				prompt: 'A fox',
				reference: 'row 13',
			},
		],
		[
			'what was told of it',
			{ taskIds: ['a'], hints: ['One is missing.', 'One is cut off.'] },
			{ taskId: 'a', taskIds: ['a'], hint: 'One is missing. One is cut off.' },
		],
	])('%s', (_what, given, json) => {
		const item: SuspendedItem = { taskIds: [], callsBack: true, ...given };
		expect(waitingItem('evolink', item, 3)).toEqual({
			json: { provider: 'evolink', status: 'queued', ...json },
			pairedItem: { item: 3 },
		});
		expect(Object.keys(waitingItem('evolink', item, 3).json)).toHaveLength(
			Object.keys(json).length + 2,
		);
	});

	it('what has become of one that waits for nothing', () => {
		const output = { json: { error: 'No.', kind: 'auth' }, pairedItem: { item: 3 } };
		expect(waitingItem('evolink', { taskIds: [], callsBack: false, output }, 3)).toBe(output);
	});

	it('its error under another name, as n8n would take the node for failed', () => {
		const failed = { json: { error: 'No.', kind: 'auth' }, pairedItem: { item: 3 } };
		expect(shownWhileWaiting(failed)).toEqual({
			json: { kind: 'auth', status: 'failed', reason: 'No.' },
			pairedItem: { item: 3 },
		});
		const waiting = { json: { taskId: 'a' } };
		expect(shownWhileWaiting(waiting)).toBe(waiting);
	});

	it('the files of its input, where it had some', () => {
		const binary = { data: { data: '', mimeType: 'image/png' } };
		const waiting = { json: { taskId: 'a' } };
		expect(withFiles({ json: { sku: 1 }, binary }, waiting)).toEqual({
			json: { taskId: 'a' },
			binary,
		});
		expect(withFiles({ json: { sku: 1 } }, waiting)).toBe(waiting);
	});
});

test.each<[string, IDataObject, IDataObject, KeptInput]>([
	['a row that is shown', { sku: 1 }, { sku: 1, taskId: 'a' }, { hidden: {}, added: ['taskId'] }],
	[
		'a row that isn’t shown',
		{ sku: 1 },
		{ taskId: 'a' },
		{ hidden: { sku: 1 }, added: ['taskId'] },
	],
	[
		'another value of the same name',
		{ status: 'to do' },
		{ status: 'queued' },
		{ hidden: { status: 'to do' }, added: ['status'] },
	],
	[
		'a row that would come back in another order',
		{ prompt: 'Row', sku: 1 },
		{ sku: 1, prompt: 'Mine' },
		{ hidden: { prompt: 'Row' }, added: ['prompt'], names: ['prompt', 'sku'] },
	],
	['a value of nothing', { sku: undefined }, {}, { hidden: { sku: undefined }, added: [] }],
])('of %s, only what differs is kept', (_what, row, waiting, kept) => {
	expect(keptInput({ json: row }, { json: waiting })).toEqual(kept);
});

test('items of which nothing is kept stay as they are', () => {
	const items = [{ json: { sku: 1 } }, { json: { sku: 2 } }];
	const context = { getInputData: () => items } as unknown as IExecuteFunctions;
	restoreInput(context, { items: [{ taskIds: [], callsBack: false }] } as unknown as Suspension);
	expect(items).toEqual([{ json: { sku: 1 } }, { json: { sku: 2 } }]);
});
