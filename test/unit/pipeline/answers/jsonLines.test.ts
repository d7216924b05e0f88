// Lines without pictures: read as they arrive, and no more of them is kept than is wanted.
import { inPieces } from '../pictureStore';
import { read, requestOf } from './bodies';

const MEGABYTE = 1024 ** 2;
const nameOf = (line: unknown) => (line as { name?: string }).name;
const keptOf = async (text: string, keptOfLine = nameOf, pieceBytes?: number) =>
	(await read({ ...requestOf('lines'), keptOfLine }, inPieces(text, pieceBytes))).body;

test.each([[undefined], [1], [7]])(
	'of each line its part is kept, in pieces of %p',
	async (bytes) => {
		const text = '{"name":"a","more":1}\r\n\n{"more":2}\n{"name":"é"}';
		expect(await keptOf(text, nameOf, bytes)).toEqual(['a', 'é']);
	},
);

test('together they may have more than any other answer', async () => {
	const lines = Array.from({ length: 20 }, (_, index) =>
		JSON.stringify({ name: `item-${index}`, prompt: 'x'.repeat(MEGABYTE - 100) }),
	);
	expect(await keptOf(lines.join('\n'), nameOf, 65_536)).toHaveLength(20);
});

test('one that is very long is cut, and takes none of the others with it', async () => {
	const long = `{"name":"b","prompt":"${'x'.repeat(3 * MEGABYTE)}"}`;
	const kept = await keptOf(
		`{"name":"a"}\n${long}\n{"name":"c"}`,
		(line) => (typeof line === 'string' ? line.length : nameOf(line)) as string,
		65_536,
	);
	expect(kept).toEqual(['a', MEGABYTE, 'c']);
});

test('no more of them are kept than a batch can have', async () => {
	expect(await keptOf('{"name":"a"}\n'.repeat(100_100))).toHaveLength(100_000);
});
