// Pictures from inside answers by their references: the same one has the same, and lost ones tell why.
import { Readable } from 'node:stream';

import type { IExecuteFunctions } from 'n8n-workflow';

import {
	createPictureStore,
	type FoundPicture,
} from '../../../../../pipeline/media/store/pictureStore';
import { referenceOfBytes } from '../../../../../providers/answers/pictureReference';
import { downloadFailure } from '../../../../../providers/failure';
import { connectionWithStore, failureOf, png } from '../../pictureStore';

let picture: Buffer;
beforeAll(async () => (picture = await png('red')));

function open() {
	const { context, stored } = connectionWithStore();
	const store = createPictureStore(context, 'openai', (text) => text);
	const take = async (...chunks: Buffer[]) =>
		await store.take(chunksOf(chunks), Readable.from([]) as never);
	return { store, take, stored };
}

async function* chunksOf(chunks: Buffer[]): AsyncGenerator<Buffer> {
	yield* chunks;
}

test('a picture that arrives in pieces is kept under the digest of all its bytes', async () => {
	const { store, take, stored } = open();
	const { reference, image } = await take(picture.subarray(0, 5), picture.subarray(5));
	expect(reference).toBe(referenceOfBytes(picture));
	expect(image).toMatchObject({ binary: { fileName: 'openai.png' }, mimeType: 'image/png' });
	expect(store.find(reference)).toBe(image);
	expect(stored).toEqual([picture]);
});

test('whatever refers to the same picture shares the file that came first', async () => {
	const { store, take } = open();
	const first = await take(picture);
	const second = await take(picture);
	expect(second.reference).toBe(first.reference);
	expect(store.find(first.reference)).toBe(first.image);
	expect(first.image.binary.id).toBe('test:1');
});

test('one that is not whole has no reference when it streams, and one that says why from memory', async () => {
	const { store, take } = open();
	const cut = picture.subarray(0, -4);
	expect((await failureOf(take(cut))).message).toBe('The picture arrived incomplete.');
	const reference = await store.takeWhole(cut);
	expect(reference).toMatch(/^stored:lost-[0-9a-f-]{36}$/);
	expect(store.find(reference)).toMatchObject({
		details: { kind: 'download', message: 'The picture arrived incomplete.' },
	});
});

test('one in memory is kept under the same reference as one that streams', async () => {
	const { store, take } = open();
	const reference = await store.takeWhole(picture);
	expect(store.find(reference)).toMatchObject({ binary: { fileName: 'openai.png' } });
	expect((await take(picture)).reference).toBe(reference);
});

test('what is no failure of a picture is thrown as it is', async () => {
	const store = createPictureStore(
		{ helpers: {} } as unknown as IExecuteFunctions,
		'openai',
		(text) => text,
	);
	await expect(store.takeWhole(picture)).rejects.toThrow(
		new TypeError('Pictures can be stored only where n8n gives access to its binary store.'),
	);
});

test('no two pictures are lost together, and each tells its own reason', () => {
	const { store } = open();
	const [one, other] = ['One.', 'Other.'].map((message) =>
		downloadFailure({ message, advice: '' }),
	) as [ReturnType<typeof downloadFailure>, ReturnType<typeof downloadFailure>];
	const [first, second] = [store.keepLost(one), store.keepLost(other)];
	expect(first).not.toBe(second);
	expect([store.find(first), store.find(second)]).toEqual([one, other]);
});

test('what an earlier try has kept is found again, and nothing else', async () => {
	const { store, take } = open();
	const { image } = await take(picture);
	const later = open().store;
	expect(later.find('stored:before')).toBeUndefined();
	later.restore('stored:before', image as FoundPicture);
	expect(later.find('stored:before')).toBe(image);
	expect(store.find('stored:before')).toBeUndefined();
});
