// A picture is small up to a megabyte; of a larger one, no more is read than tells it.
import { gather } from '../../../../../pipeline/media/store/smallPicture';

const MEGABYTE = 1024 * 1024;

async function* chunksOf(...chunks: Buffer[]): AsyncGenerator<Buffer> {
	yield* chunks;
}

const filled = (length: number, value: number) => Buffer.alloc(length, value);
const LAST = filled(5, 9);

test.each([
	['nothing', []],
	['one chunk', [filled(10, 1)]],
	['several', [filled(70_000, 1), filled(70_000, 2), filled(1, 3)]],
	['a megabyte', [filled(MEGABYTE - 1, 1), filled(1, 2)]],
])('%s is small', async (_what, chunks) => {
	expect(await gather(chunksOf(...chunks))).toEqual({ chunks, isSmall: true });
});

test.each([
	['a byte more', [filled(MEGABYTE, 1), filled(1, 2)]],
	['one long chunk', [filled(2 * MEGABYTE, 1)]],
])('%s is large, and the rest stays unread', async (_what, chunks) => {
	const bytes = chunksOf(...chunks, LAST);
	expect(await gather(bytes)).toEqual({ chunks, isSmall: false });
	expect((await bytes.next()).value).toEqual(LAST);
});

test('what breaks the bytes off is thrown', async () => {
	const broken = new Error('broken off');
	async function* breaking(): AsyncGenerator<Buffer> {
		yield filled(10, 1);
		throw broken;
	}
	await expect(gather(breaking())).rejects.toBe(broken);
});
