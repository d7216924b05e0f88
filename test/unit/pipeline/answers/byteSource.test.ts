// A window onto bytes that arrive in chunks of any length.
import { ByteSource } from '../../../../pipeline/answers/byteSource';
import { ImageFailure } from '../../../../providers/failure';

async function* arriving(...chunks: Array<string | Error>): AsyncGenerator<Buffer> {
	for (const chunk of chunks) {
		if (chunk instanceof Error) throw chunk;
		yield Buffer.from(chunk);
	}
}
const ahead = (source: ByteSource) => source.window.subarray(source.position).toString();

test('what lies ahead is joined, and what was used is gone', async () => {
	const big = 'b'.repeat(64 * 1024);
	const source = new ByteSource(arriving('abc', 'def', big, 'ghi'));
	expect([source.isShortOf(0), source.isShortOf(1)]).toEqual([false, true]);
	await source.reach(2);
	expect(ahead(source)).toBe(`abcdef${big}`);
	expect([source.hasEnded, source.isShortOf(1), source.isShortOf(100_000)]).toEqual([
		false,
		false,
		true,
	]);
	source.position = 4;
	await source.reach(10);
	expect([source.position, ahead(source)]).toEqual([4, `ef${big}`]);
	await source.reach(65_539);
	expect([source.position, ahead(source)]).toEqual([0, `ef${big}ghi`]);
	source.position = 65_540;
	await source.reach(2);
	expect([source.hasEnded, ahead(source), source.isShortOf(100)]).toEqual([true, 'i', false]);
});

test('what breaks it off is told, and what came before stays', async () => {
	const failure = new ImageFailure({ kind: 'network', message: 'Gone.', advice: 'Wait.' });
	const source = new ByteSource(arriving('abc', failure));
	await source.reach(10);
	expect([ahead(source), source.hasEnded, source.failure]).toEqual(['abc', true, failure]);
	const defect = new ByteSource(arriving('abc', new Error('A defect.')));
	await expect(defect.reach(10)).rejects.toThrow('A defect.');
});

test.each<[string, string[], string]>([
	['white space of every kind', [' \t\r\n', ' a '], 'a '],
	['marks', ['\ufeff\ufeff', ' \ufeffa'], 'a'],
	['nothing where nothing is', ['a'], 'a'],
	['no other blank', ['\u00a0a'], '\u00a0a'],
	['all there is', ['  ', ' '], ''],
	['many blanks', [' '.repeat(200_000), 'a'], 'a'],
])('%s are passed over', async (_what, chunks, left) => {
	const source = new ByteSource(arriving(...chunks));
	await source.skipBlank();
	expect(ahead(source)).toBe(left);
});

test('blanks without end are none of an answer', async () => {
	const megabyte = ' '.repeat(1024 * 1024);
	const source = new ByteSource(arriving(...Array<string>(9).fill(megabyte), 'a'));
	await expect(source.skipBlank()).rejects.toThrow(
		'The answer is larger than 8 MB, its pictures not counted.',
	);
	const fewer = new ByteSource(arriving(...Array<string>(8).fill(megabyte), 'a'));
	await fewer.skipBlank();
	expect(ahead(fewer)).toBe('a');
});

test('each memory is another, and long enough', async () => {
	const source = new ByteSource(arriving('a'.repeat(40_000), 'b'.repeat(30_000), 'c'));
	await source.reach(1);
	const memories = [30_000, 20_000, 20_000, 50_000].map((bytes) => source.memoryFor(bytes));
	expect(memories.map(({ length }) => length)).toEqual([30_000, 20_000, 20_000, 50_000]);
	memories.forEach((memory, i) => memory.fill(i));
	expect(memories.map((memory) => new Set(memory))).toEqual([0, 1, 2, 3].map((i) => new Set([i])));
	expect(ahead(source)).toBe(`${'a'.repeat(40_000)}${'b'.repeat(30_000)}`);
});
