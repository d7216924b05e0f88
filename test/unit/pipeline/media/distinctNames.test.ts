// No two pictures of a run bear the same name: the later ones get a number, on the item and on every file of it.
import type { INodeExecutionData } from 'n8n-workflow';

import { distinctNames } from '../../../../pipeline/media/distinctNames';

const file = (fileName: string) => ({ data: 'x', mimeType: 'image/png', fileName });

const picture = (fileName: string, ...drafts: string[]): INodeExecutionData => ({
	json: { fileName },
	binary: {
		data: file(fileName),
		...Object.fromEntries(drafts.map((draft, index) => [`data_partial_${index + 1}`, file(draft)])),
	},
});

const namesOf = ({ json, binary = {} }: INodeExecutionData) => [
	json.fileName,
	...Object.values(binary).map(({ fileName }) => fileName),
];

test.each<[string[], string[]]>([
	[
		['a.png', 'b.png', 'a.jpg'],
		['a.png', 'b.png', 'a.jpg'],
	],
	[
		['a.png', 'a.png', 'a.png'],
		['a.png', 'a-2.png', 'a-3.png'],
	],
	[
		['A.png', 'a.PNG', 'a'],
		['A.png', 'a-2.PNG', 'a'],
	],
	[
		['a.png', 'a-2.png', 'a.png', 'a-2.png'],
		['a.png', 'a-2.png', 'a-3.png', 'a-2-2.png'],
	],
	[
		['v1.2.png', 'v1.2.png', 'v1.2', 'v1.2'],
		['v1.2.png', 'v1.2-2.png', 'v1.2', 'v1.2-2'],
	],
])('%j become %j', (given, expected) => {
	const items = distinctNames(given.map((name) => picture(name)));
	expect(items.map(namesOf)).toEqual(expected.map((name) => [name, name]));
});

test('drafts are called after their picture', () => {
	const items = [
		picture('a.png', 'a-partial-1.png', 'a-partial-2.png'),
		picture('a.png', 'a-partial-10.png'),
	];
	expect(distinctNames(items).map(namesOf)).toEqual([
		['a.png', 'a.png', 'a-partial-1.png', 'a-partial-2.png'],
		['a-2.png', 'a-2.png', 'a-2-partial-10.png'],
	]);
});

test('those in the list of a grouped item count, too', () => {
	const grouped = (): INodeExecutionData => ({
		json: { images: [{ fileName: 'a-1.png' }, { status: 'failed' }, { fileName: 'a-3.png' }] },
		binary: { data_1: file('a-1.png'), data_3: file('a-3.png') },
	});
	const [first, second] = distinctNames([grouped(), grouped()]);
	expect(first).toEqual(grouped());
	expect(second!.json.images).toEqual([
		{ fileName: 'a-1-2.png' },
		{ status: 'failed' },
		{ fileName: 'a-3-2.png' },
	]);
	expect(Object.values(second!.binary!).map(({ fileName }) => fileName)).toEqual([
		'a-1-2.png',
		'a-3-2.png',
	]);
});

test('what is no picture of ours keeps its name, and of very many each gets one', () => {
	const other = { json: { name: 'a.png' }, binary: { data: file('a.png') } };
	expect(distinctNames([other, other])).toEqual([other, other]);
	const many = distinctNames(Array.from({ length: 20_000 }, () => picture('a.png')));
	expect(new Set(many.map(({ json }) => json.fileName)).size).toBe(20_000);
});
