// Heads of HEICs made by hand: by which brands they are known, and which boxes measure and turn them.
import { bytesOf, factsOf } from './heads';

describe('a HEIC', () => {
	const box = (name: string, content = Buffer.alloc(0)) => {
		const head = Buffer.alloc(8);
		head.writeUInt32BE(content.length + 8);
		head.write(name, 4, 'latin1');
		return Buffer.concat([head, content]);
	};
	const ftyp = box('ftyp', bytesOf('heic\0\0\0\0'));
	const extent = (width: number, height: number) => {
		const content = Buffer.alloc(12);
		content.writeUInt32BE(width, 4);
		content.writeUInt32BE(height, 8);
		return box('ispe', content);
	};
	const turn = (angle: number) => box('irot', Buffer.of(angle));
	const file = (...boxes: Buffer[]) => Buffer.concat([ftyp, ...boxes]);
	const FOUND = { type: 'heic', width: 300, height: 200 };

	test.each<[string, Buffer[], object]>([
		['the largest of several', [extent(9, 9), extent(300, 200), extent(299, 200)], FOUND],
		['the first of two that are as large', [extent(300, 200), extent(200, 300)], FOUND],
		['one that is turned', [extent(200, 300), turn(1)], { ...FOUND, isTurned: true }],
		['one that is turned by its other bits', [extent(300, 200), turn(0xfe)], FOUND],
		['one before its pixels', [extent(300, 200), box('mdat'), extent(999, 999), turn(1)], FOUND],
		['none that is cut', [extent(300, 200).subarray(0, 19)], { type: 'heic' }],
		['a turn that is cut', [extent(300, 200), turn(1).subarray(0, 8)], FOUND],
		['nothing', [], { type: 'heic' }],
	])('is measured by %s', (_what, boxes, facts) => {
		expect(factsOf(file(...boxes))).toEqual(facts);
	});

	test('of an odd length of its first box is not turned by that', () => {
		const odd = box('ftyp', bytesOf('heic\0\0\0\0m'));
		expect(factsOf(Buffer.concat([odd, extent(300, 200)]))).toEqual(FOUND);
	});

	test.each<[string, Buffer, string]>([
		['its main brand', box('ftyp', bytesOf('heic\0\0\0\0')), 'heic'],
		['a brand that it is compatible with', box('ftyp', bytesOf('mp42\0\0\0\0isomheix')), 'heic'],
		['one of AVIF before one of HEIC', box('ftyp', bytesOf('heic\0\0\0\0avis')), 'avif'],
		[
			'not by one behind its first box',
			Buffer.concat([box('ftyp', bytesOf('mp42\0\0\0\0')), bytesOf('heic')]),
			'unknown',
		],
		['not by one across two places', box('ftyp', bytesOf('mp42\0\0he' + 'ic\0\0')), 'unknown'],
		['not without a box', box('ftyq', bytesOf('heic\0\0\0\0')), 'unknown'],
		['not by fifteen bytes', box('ftyp', bytesOf('heic\0\0\0')), 'unknown'],
		[
			'by a box that says to be longer',
			Buffer.concat([Buffer.from([0, 0, 9, 9]), bytesOf('ftypheic\0\0\0\0')]),
			'heic',
		],
	])('is known by %s', (_what, head, type) => {
		expect(factsOf(head).type).toBe(type);
	});

	test.each(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'])(
		'may be of the brand %s',
		(brand) => {
			expect(factsOf(box('ftyp', bytesOf(`${brand}\0\0\0\0`)))).toEqual({ type: 'heic' });
		},
	);
});
