// Small pictures are gathered as a whole, in memory that none of them shares with another that isn't stored yet.
import { gather } from '../../../../../pipeline/media/store/smallPicture';

const MEGABYTE = 1024 * 1024;

async function* chunksOf(...chunks: Buffer[]): AsyncGenerator<Buffer> {
	yield* chunks;
}

const filled = (length: number, value: number) => Buffer.alloc(length, value);

test.each([
	['nothing', []],
	['one chunk', [filled(10, 1)]],
	['several', [filled(70_000, 1), filled(70_000, 2), filled(1, 3)]],
	['as much as is small', [filled(MEGABYTE - 1, 1), filled(1, 2)]],
])('%s is gathered whole', async (_what, chunks) => {
	const { beginning, next } = await gather(chunksOf(...chunks));
	expect(beginning.equals(Buffer.concat(chunks))).toBe(true);
	expect(next).toBeUndefined();
});

test.each([
	['a byte more', [filled(MEGABYTE, 1), filled(1, 2)]],
	['a chunk across the limit', [filled(MEGABYTE - 1, 1), filled(70_000, 2)]],
	['one long chunk', [filled(2 * MEGABYTE, 1)]],
])('of %s, as much comes as fits, and what is behind it', async (_what, chunks) => {
	const bytes = chunksOf(...chunks, filled(5, 9));
	const { beginning, next } = await gather(bytes);
	expect(beginning).toHaveLength(MEGABYTE);
	expect(Buffer.concat([beginning, next!]).equals(Buffer.concat(chunks))).toBe(true);
	expect((await bytes.next()).value).toEqual(filled(5, 9));
});

test('memory is used again when it was given back, and not before', async () => {
	const first = await gather(chunksOf(filled(1000, 1)));
	const second = await gather(chunksOf(filled(1000, 2)));
	expect(first.beginning.equals(filled(1000, 1))).toBe(true);
	first.giveBack();
	const third = await gather(chunksOf(filled(1000, 3)));
	expect(third.beginning.buffer).toBe(first.beginning.buffer);
	expect(second.beginning.equals(filled(1000, 2))).toBe(true);
	expect(third.beginning.equals(filled(1000, 3))).toBe(true);
});

test('what breaks the bytes off is thrown', async () => {
	const broken = new Error('broken off');
	async function* breaking(): AsyncGenerator<Buffer> {
		yield filled(10, 1);
		throw broken;
	}
	await expect(gather(breaking())).rejects.toBe(broken);
});
