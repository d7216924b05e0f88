// Files in an item's binary fields: what they are called, how long they are, and where their bytes are read.
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import type { IBinaryData, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { contentOf, fileFromBinary, fileOf, openerOf } from '../../../../pipeline/media/files';
import { failureOf } from '../pictureStore';

const CONTENT = Buffer.from('the bytes');
const ID = 'filesystem-v2:1';

/** n8n with one file in its store, and these in the fields of its second item. */
function n8nWith(fields: Record<string, IBinaryData> = {}): IExecuteFunctions {
	const found = (id: string) => {
		if (id !== ID) throw new Error(`There is no file ${id}.`);
	};
	const helpers = {
		assertBinaryData: (itemIndex: number, field: string) => {
			const data = itemIndex === 1 ? fields[field] : undefined;
			if (data === undefined) throw new Error('This is what n8n says.');
			return data;
		},
		getBinaryMetadata: async (id: string) => {
			found(id);
			return { fileSize: CONTENT.length, fileName: 'other.bin', mimeType: 'other/type' };
		},
		getBinaryStream: async (id: string, chunkBytes = CONTENT.length) => {
			found(id);
			return Readable.from([CONTENT.subarray(0, chunkBytes)]);
		},
	};
	return { helpers } as unknown as IExecuteFunctions;
}

const inMemory = { data: CONTENT.toString('base64'), mimeType: 'image/png' };
const inStore = { data: 'filesystem-v2', id: ID, mimeType: 'image/webp' };

test.each<[string, IBinaryData, object]>([
	[
		'in memory',
		{ ...inMemory, fileName: 'fox.png' },
		{ name: 'fox.png', mimeType: 'image/png', bytes: 9, content: { buffer: CONTENT } },
	],
	[
		'in memory, without a name',
		inMemory,
		{ name: 'photo', mimeType: 'image/png', bytes: 9, content: { buffer: CONTENT } },
	],
	[
		'in n8n’s store',
		{ ...inStore, fileName: 'fox.webp' },
		{ name: 'fox.webp', mimeType: 'image/webp', bytes: 9, content: { binaryId: ID } },
	],
	[
		'in n8n’s store, without a name or a type',
		{ data: 'filesystem-v2', id: ID } as IBinaryData,
		{ name: 'photo', mimeType: 'application/octet-stream', bytes: 9, content: { binaryId: ID } },
	],
	[
		'without a byte',
		{ data: '', mimeType: 'image/png' },
		{ name: 'photo', mimeType: 'image/png', bytes: 0, content: { buffer: Buffer.alloc(0) } },
	],
])('a file %s', async (_where, data, file) => {
	expect(await fileOf(n8nWith(), data, 'photo')).toEqual(file);
	expect(await fileFromBinary(n8nWith({ photo: data }), 1, 'photo')).toEqual(file);
});

test('a field without a file is told by its name, and how to find the right one', async () => {
	expect(await failureOf(fileFromBinary(n8nWith({ photo: inMemory }), 1, 'data'))).toEqual({
		kind: 'badInput',
		message: 'There is no file in the field "data" of this item.',
		advice:
			'Open the node before this one, look at the Binary tab of its output and enter the name shown there. If it has no file, the file got lost on the way or was never made.',
	});
});

test('a file that n8n has lost is told in n8n’s words', async () => {
	const gone = { ...inStore, id: 'gone' };
	await expect(fileFromBinary(n8nWith({ photo: gone }), 1, 'photo')).rejects.toThrow(
		'There is no file gone.',
	);
});

test.each([inMemory, inStore])('its bytes are read from where they lie', async (data) => {
	const n8n = n8nWith();
	const content = await contentOf(n8n, await fileOf(n8n, data, 'photo'));
	expect(await buffer(content)).toEqual(CONTENT);
});

describe('a file in n8n’s store that is to be sent', () => {
	test('is opened in pieces of the length that is asked for', async () => {
		const open = openerOf(n8nWith());
		expect(await buffer(await open(ID, 3))).toEqual(CONTENT.subarray(0, 3));
		expect(await buffer(await open(ID))).toEqual(CONTENT);
	});

	test('can’t be opened where n8n gives no access to its store, as while a list is filled', async () => {
		const open = openerOf({ helpers: {} } as unknown as ILoadOptionsFunctions);
		await expect(open(ID)).rejects.toThrow(
			new TypeError('n8n gives no access to its binary store here.'),
		);
	});
});
