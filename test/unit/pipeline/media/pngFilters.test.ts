// The five ways in which a PNG's rows are written: pixels at the very edges of black and of white come out as they were.
import { deflateSync } from 'node:zlib';

import { pngPixels } from '../../../../pipeline/media/pngPixels';

const WIDTH = 41;
const HEIGHT = 30;
/** One more or less makes a third of them grey, which is more than a soft edge has. */
const DARK = [64, 64, 64, 0, 32];
const LIGHT = [191, 191, 191, 223, 255];

interface Kind {
	colour: number;
	depth: 8 | 16;
	samples: number;
}

/** Rows of pixels that are dark or light, by turns that repeat nowhere. */
function rowsOf({ depth, samples }: Kind): Buffer[] {
	let state = 7;
	const next = (below: number) => {
		state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
		return (state >> 8) % below;
	};
	return Array.from({ length: HEIGHT }, () => {
		const bytes: number[] = [];
		for (let pixel = 0; pixel < WIDTH; pixel++) {
			const shades = next(2) === 0 ? DARK : LIGHT;
			for (let sample = 0; sample < samples; sample++) {
				const shade = shades[next(shades.length)]!;
				bytes.push(...(depth === 16 ? [shade, shade] : [shade]));
			}
		}
		return Buffer.from(bytes);
	});
}

/** PNG, third edition, 9.2: what each byte is told to differ by. */
const EXPECTED = [
	() => 0,
	(a: number) => a,
	(_a: number, b: number) => b,
	(a: number, b: number) => Math.floor((a + b) / 2),
	(a: number, b: number, c: number) =>
		[a, b, c].reduce((best, each) =>
			Math.abs(a + b - c - each) < Math.abs(a + b - c - best) ? each : best,
		),
] as const;

function filtered(
	rows: Buffer[],
	filterOf: (row: number) => number,
	bytesPerPixel: number,
): Buffer {
	return Buffer.concat(
		rows.map((row, y) => {
			const above = rows[y - 1] ?? Buffer.alloc(row.length);
			const filter = filterOf(y);
			const written = Array.from(row, (byte, x) => {
				const left = row[x - bytesPerPixel] ?? 0;
				const corner = above[x - bytesPerPixel] ?? 0;
				return byte - EXPECTED[filter]!(left, above[x]!, corner);
			});
			return Buffer.from([filter, ...written]);
		}),
	);
}

function png({ colour, depth, samples }: Kind, filterOf: (row: number) => number): Buffer {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(WIDTH, 0);
	head.writeUInt32BE(HEIGHT, 4);
	head[8] = depth;
	head[9] = colour;
	const bytesPerPixel = (samples * depth) / 8;
	const rows = filtered(rowsOf({ colour, depth, samples }), filterOf, bytesPerPixel);
	const chunk = (name: string, content: Buffer) => {
		const begin = Buffer.alloc(8);
		begin.writeUInt32BE(content.length);
		begin.write(name, 4, 'latin1');
		return Buffer.concat([begin, content, Buffer.alloc(4)]);
	};
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		chunk('IHDR', head),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

async function* inPieces(file: Buffer): AsyncGenerator<Buffer> {
	for (let at = 0; at < file.length; at += 100) yield file.subarray(at, at + 100);
}

describe.each<[string, Kind]>([
	['grey', { colour: 0, depth: 8, samples: 1 }],
	['grey of 16 bits', { colour: 0, depth: 16, samples: 1 }],
	['colours', { colour: 2, depth: 8, samples: 3 }],
	['colours of 16 bits', { colour: 2, depth: 16, samples: 3 }],
])('%s', (_kind, kind) => {
	test.each<[string, (row: number) => number]>([
		['as they are', () => 0],
		['by what stands before them', () => 1],
		['by what stands above', () => 2],
		['by the mean of both', () => 3],
		['by the nearest of three', () => 4],
		['in each row by another', (row) => row % 5],
	])('written %s', async (_way, filterOf) => {
		const file = png(kind, filterOf);
		expect(await pngPixels(file, inPieces(file))).toEqual({
			isOpaque: true,
			isBlackAndWhite: true,
			hasWhite: true,
		});
	});
});
