// All images of an input item as one item: what stands above the list, what at each image, and that nothing is added twice.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { groupedItem, groupedTasks } from '../../../../pipeline/media/groupedItem';

const file = (fileName: string) => ({ data: 'x', mimeType: 'image/png', fileName });

const item = (json: IDataObject, field?: string): INodeExecutionData => ({
	json: { provider: 'openai', model: 'gpt-image-2', status: 'succeeded', ...json },
	...(field !== undefined && { binary: { [field]: file(`${field}.png`) } }),
	pairedItem: { item: 4 },
});

const missing = (json: IDataObject): INodeExecutionData => item({ status: 'failed', ...json });

test('what all images have alike stands above the list, in one order, and nowhere else', () => {
	const shared = {
		count: 2,
		orderedBefore: true,
		reference: 'row 13',
		prompt: 'A kite',
		taskId: 'task-1',
	};
	const grouped = groupedItem([
		item({ ...shared, index: 0, fileName: 'a.png' }, 'data_1'),
		item({ ...shared, index: 1, fileName: 'b.png' }, 'data_2'),
	]);
	expect(grouped).toEqual({
		json: {
			...shared,
			provider: 'openai',
			model: 'gpt-image-2',
			status: 'succeeded',
			images: [
				{ index: 0, fileName: 'a.png' },
				{ index: 1, fileName: 'b.png' },
			],
		},
		binary: { data_1: file('data_1.png'), data_2: file('data_2.png') },
		pairedItem: { item: 4 },
	});
	expect(Object.keys(grouped.json)).toEqual([
		'taskId',
		'provider',
		'model',
		'prompt',
		'reference',
		'orderedBefore',
		'status',
		'count',
		'images',
	]);
});

test('of several tasks the first stands above, all in a list behind it, and each at its image', () => {
	const { json } = groupedItem([
		item({ taskId: 'one', index: 0, model: 'a' }),
		item({ taskId: 'one', index: 1, model: 'a' }),
		item({ taskId: 'two', index: 2, model: 'b' }),
	]);
	expect(json).toEqual({
		taskId: 'one',
		taskIds: ['one', 'two'],
		provider: 'openai',
		model: 'a',
		status: 'succeeded',
		images: [
			{ taskId: 'one', index: 0, model: 'a' },
			{ taskId: 'one', index: 1, model: 'a' },
			{ taskId: 'two', index: 2, model: 'b' },
		],
	});
	expect(Object.keys(json).slice(0, 3)).toEqual(['taskId', 'taskIds', 'provider']);
});

test('an image that can’t be had stands in its place, and what is above is of one that is there', () => {
	const { json, binary } = groupedItem([
		missing({ taskId: 'one', index: 0, error: 'It is gone.', count: 2 }),
		item({ taskId: 'two', index: 1, count: 2 }),
	]);
	expect(json).toEqual({
		taskId: 'two',
		taskIds: ['one', 'two'],
		provider: 'openai',
		model: 'gpt-image-2',
		status: 'succeeded',
		count: 2,
		images: [
			{ taskId: 'one', status: 'failed', index: 0, error: 'It is gone.' },
			{ taskId: 'two', status: 'succeeded', index: 1 },
		],
	});
	expect(binary).toBeUndefined();
});

test('cost and usage are added up above the list, and stand at no image', () => {
	const cost = { amount: 0.1, currency: 'USD', estimated: false };
	const { json } = groupedItem([
		item({ index: 0, cost, usage: { tokens: 7 } }),
		missing({ index: 1 }),
		item({ index: 2, cost: { ...cost, amount: 0.2 }, usage: { tokens: 1 } }),
	]);
	expect(json.cost).toEqual({ amount: 0.3, currency: 'USD', estimated: false });
	expect(json.usage).toEqual({ tokens: 8 });
	expect(json.images).toEqual([
		{ status: 'succeeded', index: 0 },
		{ status: 'failed', index: 1 },
		{ status: 'succeeded', index: 2 },
	]);
});

test('without tasks there is no ID, and without links, costs or files nothing of them', () => {
	expect(groupedItem([item({ index: 0 }), item({ index: 1 })])).toEqual({
		json: {
			provider: 'openai',
			model: 'gpt-image-2',
			status: 'succeeded',
			images: [{ index: 0 }, { index: 1 }],
		},
		pairedItem: { item: 4 },
	});
});

test('tasks that have only been started are one item with the IDs of all', () => {
	const started = (taskId: string, more: IDataObject = {}) =>
		item({ taskId, status: 'queued', progress: 3, prompt: 'A kite', ...more });
	const grouped = groupedTasks([
		started('one', { reference: 'row 13', orderedBefore: false }),
		started('two', { model: 'other' }),
	]);
	expect(grouped).toEqual({
		json: {
			taskId: 'one',
			taskIds: ['one', 'two'],
			provider: 'openai',
			model: 'gpt-image-2',
			prompt: 'A kite',
			reference: 'row 13',
			orderedBefore: false,
			status: 'queued',
		},
		pairedItem: { item: 4 },
	});
	expect(groupedTasks([started('one')]).json).toEqual({
		taskId: 'one',
		taskIds: ['one'],
		provider: 'openai',
		model: 'gpt-image-2',
		prompt: 'A kite',
		status: 'queued',
	});
});
