// What came in is restored from the items that wait in its place, whatever they had to show meanwhile.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Suspension } from '../../../../pipeline/suspend/suspension';
import { keptInput, restoreInput } from '../../../../pipeline/suspend/waitingItems';

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
	['odd names', JSON.parse('{"__proto__":{"a":1},"constructor":2,"0":3}') as IDataObject, TASK],
])('%s', (_what, row, waiting) => {
	const { json } = restored(row, waiting);
	expect(Object.entries(json).sort()).toEqual(Object.entries(row ?? {}).sort());
	expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
});

test('without a row there is an empty one', () => {
	expect(restored(undefined, { ...TASK })).toEqual({ json: {} });
});

test('what an older version has kept is restored as it meant it', () => {
	const loaded = { json: { sku: 1, ...TASK, prompt: 'Row' } };
	const context = { getInputData: () => [loaded] } as unknown as IExecuteFunctions;
	const items = [{ taskIds: ['t'], callsBack: true, input: { hidden: { status: 'to do' } } }];
	restoreInput(context, { items } as unknown as Suspension);
	expect(loaded.json).toEqual({ sku: 1, prompt: 'Row', status: 'to do' });
});
