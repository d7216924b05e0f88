// Pictures where an answer lists them: in any form of list and entry, each once, and what can't be read is counted.
import { entriesOf, picturesIn, readPicture } from '../../../../providers/answers/entries';
import type { TaskImage } from '../../../../providers/contract';

const BASE = 'https://api.example.com/v1';
const url = (name: string) => `https://api.example.com/${name}`;

test.each<[string, unknown, unknown[]]>([
	['a list', ['a', 'b'], ['a', 'b']],
	['a single text', 'a', ['a']],
	['a single object', { url: 'a' }, [{ url: 'a' }]],
	['an object around `images`', { images: ['a'], url: 'b' }, ['a']],
	['an object around `results`', { results: ['a'] }, ['a']],
	['an object around `output`', { output: ['a'] }, ['a']],
	['an object around `urls`', { urls: ['a'] }, ['a']],
	['an object around `data`', { data: ['a'] }, ['a']],
	['an object with two lists, in the first', { data: ['a'], images: ['b'] }, ['b']],
	['an object whose `images` is no list', { images: 'a', data: ['b'] }, ['b']],
	['an object around an empty list', { images: [] }, []],
	['nothing', undefined, []],
	['null', null, []],
	['an empty text', '', []],
	['zero', 0, [0]],
])('the entries of %s', (_form, value, entries) => {
	expect(entriesOf(value)).toEqual(entries);
});

test.each<[string, unknown, TaskImage | undefined]>([
	['an address', 'https://cdn.test/a.png', { url: 'https://cdn.test/a.png' }],
	['a path', '/a.png', { url: url('a.png') }],
	['a reference', 'stored:ab', { stored: 'stored:ab' }],
	['a reference under `b64_json`', { b64_json: 'stored:ab' }, { stored: 'stored:ab' }],
	['a reference under `base64`', { base64: 'stored:ab' }, { stored: 'stored:ab' }],
	['`url`', { url: '/a' }, { url: url('a') }],
	['`image_url`', { image_url: '/a' }, { url: url('a') }],
	['`image_url` with `url` in it', { image_url: { url: '/a' } }, { url: url('a') }],
	['`image`', { image: '/a' }, { url: url('a') }],
	['`file_url`', { file_url: '/a' }, { url: url('a') }],
	['`download_url`', { download_url: '/a' }, { url: url('a') }],
	['`uri`', { uri: '/a' }, { url: url('a') }],
	['two places, by the first', { uri: '/b', url: '/a' }, { url: url('a') }],
	[
		'two places, of which only one can be read',
		{ url: 'data:image/png;base64,AAAA', b64_json: 'stored:ab' },
		{ stored: 'stored:ab' },
	],
	[
		'a prompt that was revised',
		{ url: '/a', revised_prompt: 'A fox.' },
		{ url: url('a'), revisedPrompt: 'A fox.' },
	],
	['an empty revised prompt', { url: '/a', revised_prompt: '' }, { url: url('a') }],
	['a place under another name', { link: '/a' }, undefined],
	['a data URI', 'data:image/png;base64,AAAA', undefined],
	['an empty object', {}, undefined],
	['a number', 5, undefined],
	['null', null, undefined],
	['a list', ['/a'], undefined],
])('the picture of %s', (_form, entry, picture) => {
	expect(readPicture(entry, BASE)).toStrictEqual(picture);
});

test.each<[string, unknown[], string[], number]>([
	['one list, in its order', [['/b', '/a']], ['b', 'a'], 0],
	['one list that names a picture twice', [['/a', '/b', '/a']], ['a', 'b'], 0],
	['two lists of the same', [['/a', '/b'], { images: ['/a', '/b'] }], ['a', 'b'], 0],
	[
		'two lists of the same in another order',
		[
			['/a', '/b'],
			['/b', '/a'],
		],
		['a', 'b'],
		0,
	],
	['two lists, of which the second is longer', [['/a'], ['/a', '/b']], ['a', 'b'], 0],
	[
		'a longer list in another order',
		[
			['/a', '/b'],
			['/b', '/c', '/a'],
		],
		['a', 'b', 'c'],
		0,
	],
	['two lists with other links of the same', [['/a'], ['/cdn/a']], ['a'], 0],
	['entries of which one can not be read', [['/a', 5, '/b']], ['a', 'b'], 1],
	['entries of which none can be read', [[5, {}]], [], 2],
	[
		'an entry that only the second list tells',
		[
			['/a', 5],
			['/a', '/b'],
		],
		['a', 'b'],
		0,
	],
	[
		'an entry that neither list tells, in its place',
		[
			['/a', 5],
			['/cdn/a', {}],
		],
		['a'],
		1,
	],
	['a list and nothing', [undefined, ['/a']], ['a'], 0],
	['nothing', [undefined, null, ''], [], 0],
	['no lists', [], [], 0],
])('the pictures in %s', (_form, values, names, unread) => {
	expect(picturesIn(values, BASE)).toEqual({
		images: names.map((name) => ({ url: url(name) })),
		unread,
	});
});

test('pictures that came with the answer are told apart by their references', () => {
	const entries = ['stored:a', 'stored:b', 'stored:a'];
	expect(picturesIn([entries], BASE)).toEqual({
		images: [{ stored: 'stored:a' }, { stored: 'stored:b' }],
		unread: 0,
	});
});
