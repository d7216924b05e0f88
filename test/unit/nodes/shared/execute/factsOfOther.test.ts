// What in a row tells of another image is known by its values: columns of the same names are the person's own.
import type { IDataObject } from 'n8n-workflow';

import { factsOfOther } from '../../../../../nodes/shared/execute/factsOfOther';

const cost = { amount: 0.1, currency: 'USD', estimated: true };
const image = { provider: 'evolink', model: 'm', prompt: 'A kite', status: 'succeeded', count: 2 };
const file = { width: 1, height: 2, mimeType: 'image/png', fileName: 'a.png', fileSize: 3 };
const own = { sku: 'K-7', createdAt: 'yesterday', code: 'PROMO', done: false, kind: 'toy' };

const staysOf = (row: IDataObject) => {
	const gone = factsOfOther(row);
	return Object.keys(row).filter((name) => !gone.includes(name));
};

test.each<[string, IDataObject]>([
	['a row', { ...own, url: 'u', status: 'to do', cost: 12.5, width: 40, index: 3, images: ['a'] }],
	['a row of a shop', { provider: 'DHL', status: 'sent', model: 'X', usage: 'daily', url: 'u' }],
	['a row of tasks', { taskId: 'T-1', status: 'open', progress: 50, cost, usage: { a: 1 } }],
	['an empty row', {}],
])('%s stays as it is', (_what, row) => {
	expect(staysOf(row)).toEqual(Object.keys(row));
});

test.each<[string, IDataObject, string[]]>([
	[
		'an image with its file',
		{ ...image, taskId: 't', index: 0, ...file, url: 'u', expiresAt: 'e', usage: {}, cost },
		['prompt'],
	],
	[
		'an image without a link',
		{ ...image, index: 0, ...file, url: 'https://shop.test' },
		['prompt', 'url'],
	],
	[
		'only a link',
		{ ...image, taskId: 't', index: 0, url: 'u', expiresAt: 'e', width: 40, cost: 12.5 },
		['prompt', 'width', 'cost'],
	],
	['a group', { ...image, images: [{ index: 0 }], cost }, ['prompt']],
	['a format', { ...image, index: 0, format: { name: 'Post', width: 1, height: 1 } }, ['prompt']],
	['a format of the person', { ...image, index: 0, format: 'A4' }, ['prompt', 'format']],
	[
		'a task',
		{
			...{ provider: 'evolink', taskId: 't', taskIds: ['t'], status: 'queued' },
			...{ progress: 0, etaSeconds: 9, urls: [] },
		},
		[],
	],
	[
		'a task of the person',
		{ provider: 'p', taskId: 't', taskIds: [], status: 's', progress: 'half' },
		['progress'],
	],
	[
		'a batch',
		{
			batchId: 'b',
			provider: 'openai',
			status: 'completed',
			endpoint: '/v1',
			requests: 2,
			done: 2,
		},
		['batchId'],
	],
	[
		'a failure',
		{ status: 'failed', kind: 'auth', advice: 'a', httpStatus: 401, prompt: 'p' },
		['prompt'],
	],
])('of %s stays what it doesn’t say of itself', (_what, facts, stays) => {
	expect(staysOf({ sku: 'K-7', createdAt: 'yesterday', ...facts })).toEqual([
		'sku',
		'createdAt',
		...stays,
	]);
});

test('a task that is told alone says when it began', () => {
	const task = { provider: 'evolink', taskId: 't', status: 'queued', createdAt: 'today' };
	expect(staysOf({ sku: 'K-7', ...task })).toEqual(['sku']);
});
