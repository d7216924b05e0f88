// Streams without their module: made from another stream's class, told apart, and read no further than needed.
import { PassThrough, Readable } from 'node:stream';

import fc from 'fast-check';

import { firstBytes, isByteStream, streamLike } from '../../../../pipeline/answers/streams';

const chunksOf = (text: string, length: number) =>
	text.match(new RegExp(`[^]{1,${length}}`, 'g'))?.map((chunk) => Buffer.from(chunk)) ?? [];

async function* yielding(chunks: Buffer[]): AsyncGenerator<Buffer> {
	yield* chunks;
}

test.each<[string, () => Readable]>([
	['a Readable', () => Readable.from([])],
	['a stream of another class', () => new PassThrough()],
])('any stream lends its class: %s', async (_rule, lender) => {
	const stream = streamLike(lender(), yielding(chunksOf('hello world', 4)));
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	expect(Buffer.concat(chunks).toString()).toBe('hello world');
});

describe('the first bytes', () => {
	it('are as many as are asked for, or all there are', async () => {
		const lengths = fc.integer({ min: 1, max: 20 });
		await fc.assert(
			fc.asyncProperty(fc.nat(100), lengths, lengths, async (total, chunk, max) => {
				const text = 'x'.repeat(total);
				const head = await firstBytes(Readable.from(chunksOf(text, chunk)), max);
				expect(head.toString()).toBe(text.slice(0, max));
			}),
		);
	});

	it('are had as soon as they are there', async () => {
		let taken = 0;
		const counted = async function* () {
			for (const chunk of chunksOf('x'.repeat(100), 10)) {
				taken += 1;
				yield chunk;
			}
		};
		expect(await firstBytes(counted(), 20)).toHaveLength(20);
		expect(taken).toBe(2);
	});

	it('are all that is read: the stream is closed after them', async () => {
		const stream = Readable.from(chunksOf('x'.repeat(1000), 10));
		await firstBytes(stream, 5);
		expect(stream.destroyed).toBe(true);
	});
});

test.each<[boolean, string, unknown]>([
	[true, 'a stream', Readable.from([])],
	[false, 'a buffer', Buffer.from('x')],
	[false, 'text', 'x'],
	[false, 'an object', {}],
	[false, 'null', null],
	[false, 'nothing', undefined],
])('is a stream of bytes: %s for %s', (expected, _rule, value) => {
	expect(isByteStream(value)).toBe(expected);
});
