// The plain parts of an output item: times, links and names, whatever an answer has in their place.
import type { INodeExecutionData } from 'n8n-workflow';

import { fileNameOf, linkOf, linksOf, timeText } from '../../../../pipeline/media/imageItem';
import { joinedItems } from '../../../../pipeline/media/imageItems';
import type { ImageTask } from '../../../../providers/contract';

const taskWith = (parts: Partial<ImageTask>): ImageTask => ({
	id: 'task-1',
	status: 'succeeded',
	images: [],
	raw: {},
	...parts,
});

test.each<[string | undefined, Date | undefined]>([
	['2026-11-28T12:00:00.000Z', new Date('2026-11-28T12:00:00Z')],
	[undefined, new Date(Number.NaN)],
	[undefined, new Date(8.64e15 + 1)],
	[undefined, undefined],
])('the time is written as %s', (text, time) => {
	expect(timeText(time)).toBe(text);
});

test.each<[string | undefined, string | undefined]>([
	['https://a.test/x.png', 'https://a.test/x.png'],
	['HTTP://a.test/x.png', 'HTTP://a.test/x.png'],
	['data:image/png;base64,iVBORw0KGgo=', undefined],
	['stored:0123', undefined],
	['/data/x.png', undefined],
	['https://', undefined],
	['', undefined],
	[undefined, undefined],
])('the link of an image at %s is %s', (url, link) => {
	const task = taskWith({ images: [{ url }] });
	expect(linkOf(task, 0)).toBe(link);
	expect(linksOf(task)).toEqual(link === undefined ? [] : [link]);
});

test('a name holds the task’s ID, but neither a path nor an ending of it', () => {
	expect(fileNameOf('evolink', taskWith({ id: '../../a.b/c' }), 1)).toBe('evolink-_a_b_c-2');
	expect(fileNameOf('openai', taskWith({ id: '' }), 0)).toMatch(/^openai-[0-9a-f]{12}-1$/);
});

describe('images of several tasks', () => {
	const item = (index: number, count: number): INodeExecutionData => ({
		json: { index, count, of: `${index} of ${count}` },
	});
	const places = (lists: INodeExecutionData[][]) =>
		joinedItems(lists).map(({ json }) => [json.of, json.index, json.count]);

	it('count within the whole, also where some are missing', () => {
		expect(places([[item(0, 1)], [item(0, 1)]])).toEqual([
			['0 of 1', 0, 2],
			['0 of 1', 1, 2],
		]);
		expect(places([[item(0, 2)], [item(0, 3), item(2, 3)]])).toEqual([
			['0 of 2', 0, 5],
			['0 of 3', 2, 5],
			['2 of 3', 4, 5],
		]);
	});

	it('of one task stay as they are', () => {
		expect(places([[item(0, 3), item(2, 3)]])).toEqual([
			['0 of 3', 0, 3],
			['2 of 3', 2, 3],
		]);
	});
});
