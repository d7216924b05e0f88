// What has come in with an item: its row, its files wherever the workflow keeps them, and which of these are pictures.
import type { IExecuteFunctions } from 'n8n-workflow';

import { fieldOfFile, inputOf, picturesOn, rowOf } from '../../../../pipeline/media/itemInput';

const contextWith = (...items: unknown[]) =>
	({ getInputData: () => items }) as unknown as IExecuteFunctions;

const inMemory = (mimeType: string) => ({ mimeType, data: 'eA==' });
const inStore = (mimeType: string) => ({ mimeType, id: 'filesystem-v2:1' });

const MIXED = {
	json: {
		title: 'A fox',
		_files: {
			cover: inStore('image/webp'),
			notes: inMemory('text/plain'),
			broken: { mimeType: 'image/png' },
			word: 'image/png',
			none: null,
		},
	},
	binary: {
		data: inMemory('image/png'),
		scan: inStore('application/pdf'),
		untyped: { mimeType: 7, data: 'eA==' },
		photo: inMemory('image/jpeg'),
		film: inMemory('video/image/png'),
	},
};

test.each<[string, unknown, string[]]>([
	['of files and of rows', MIXED, ['data', 'photo', '_files.cover']],
	['none of an empty item', {}, []],
	['none of an item without files', { json: { _files: null } }, []],
	['none of a list of files that is none', { json: { _files: 'data' } }, []],
])('the pictures: %s', (_what, item, fields) => {
	expect(picturesOn(contextWith({}, item), 1)).toEqual(fields);
});

test('an item that isn’t there has no pictures', () => {
	expect(picturesOn(contextWith(MIXED), 1)).toEqual([]);
	expect(inputOf(contextWith(MIXED), 1)).toEqual({ json: {} });
});

test.each<[string, string | undefined]>([
	['data', 'data'],
	['scan', 'scan'],
	['cover', '_files.cover'],
	['notes', '_files.notes'],
	['_files.cover', '_files.cover'],
	['broken', undefined],
	['untyped', undefined],
	['word', undefined],
	['none', undefined],
	['title', undefined],
	['elsewhere', undefined],
])('the file %s lies in the field %s', (name, field) => {
	expect(fieldOfFile(contextWith(MIXED), 0, name)).toBe(field);
});

test('of two files of one name, the one beside the row counts', () => {
	const item = {
		json: { _files: { data: inStore('image/png') } },
		binary: { data: inMemory('image/png') },
	};
	expect(fieldOfFile(contextWith(item), 0, 'data')).toBe('data');
	expect(picturesOn(contextWith(item), 0)).toEqual(['data', '_files.data']);
});

test.each<[unknown, object]>([
	[{ a: 1 }, { a: 1 }],
	[undefined, {}],
	[null, {}],
	[[{ a: 1 }], {}],
	['a', {}],
])('the row of an item whose json is %j is %j', (json, row) => {
	expect(rowOf({ json } as never)).toEqual(row);
});

test('row and files are passed on, and no files where there are none', () => {
	const binary = { data: inMemory('image/png') };
	expect(inputOf(contextWith({ json: { a: 1 }, binary }), 0)).toEqual({ json: { a: 1 }, binary });
	expect(inputOf(contextWith({ json: { a: 1 } }), 0)).toEqual({ json: { a: 1 } });
	expect(inputOf(contextWith({ binary }), 0)).toEqual({ json: {}, binary });
	expect(inputOf(contextWith({ json: {} }), 0)).not.toHaveProperty('binary');
});
