// Looks through a PNG's pixels for what a mask needs: a transparent part. Row by row, so that a small file that unpacks to
// a large picture takes no memory, and only until the answer is known.
import type { PixelFacts } from '../../providers/contract';
import { resultOf } from '../result';
import { createPixelView } from './pixelView';
import { isPng, pngLayout, type PngLayout } from './pngLayout';

/** More than these take too long to look through: then the provider is the first to see them. */
const MAX_PIXELS = 64_000_000;
/** Of a row, which is held whole: more than any picture has. */
const MAX_WIDTH = 65_535;
/** What is unpacked at a time. */
const PIECE_BYTES = 64 * 1024;

/**
 * Undefined where the pixels can't be looked at: the file is no PNG, is broken, or has too many of them. The first
 * transparent pixel ends it. `head` holds the file's first bytes.
 */
export async function pngPixels(
	head: Buffer,
	file: AsyncIterable<Buffer>,
): Promise<PixelFacts | undefined> {
	const layout = isPng(head) ? pngLayout(head) : undefined;
	if (!layout || layout.width > MAX_WIDTH) return undefined;
	if (layout.width * layout.height > MAX_PIXELS) return undefined;
	const looked = await resultOf(look(layout, file));
	return looked.ok ? looked.value : undefined;
}

async function look(
	layout: PngLayout,
	file: AsyncIterable<Buffer>,
): Promise<PixelFacts | undefined> {
	const packed = ReadableStream.from<Buffer>(packedPixels(file));
	const view = createPixelView(layout);
	const rows = rowReader(layout, view.see);
	// Leaving the loop ends the unpacking and closes the file.
	for await (const bytes of packed.pipeThrough(new DecompressionStream('deflate'))) {
		const isWhole = rows.take(bytes);
		if (isWhole || view.isDecided()) return view.facts();
	}
	return undefined;
}

/** What the chunks IDAT hold, joined. PNG, third edition, 5.3: a length, a name, that many bytes, and a checksum. */
async function* packedPixels(file: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
	/** Of the signature or the checksum of the chunk before, to be passed over. */
	let skipped = 8;
	let head: Buffer = Buffer.alloc(0);
	let left = 0;
	let holdsPixels = false;
	for await (const bytes of file) {
		for (let at = 0; at < bytes.length; ) {
			const before = at;
			if (skipped > 0) {
				at += Math.min(skipped, bytes.length - at);
				skipped -= at - before;
			} else if (head.length < 8) {
				at = Math.min(at + 8 - head.length, bytes.length);
				head = Buffer.concat([head, bytes.subarray(before, at)]);
				if (head.length < 8) continue;
				left = head.readUInt32BE(0);
				holdsPixels = head.toString('latin1', 4) === 'IDAT';
			} else {
				at = Math.min(at + Math.min(left, PIECE_BYTES), bytes.length);
				left -= at - before;
				if (holdsPixels && at > before) yield bytes.subarray(before, at);
				if (left > 0) continue;
				skipped = 4;
				head = Buffer.alloc(0);
			}
		}
	}
}

/** The parts that an interlaced picture comes in: first column, first row, and the steps from there (PNG, 8.2). */
const ADAM7 = [
	[0, 0, 8, 8],
	[4, 0, 8, 8],
	[0, 4, 4, 8],
	[2, 0, 4, 4],
	[0, 2, 2, 4],
	[1, 0, 2, 2],
	[0, 1, 1, 2],
] as const;
const WHOLE = [[0, 0, 1, 1]] as const;

/** Puts unpacked bytes together to rows, and hands each on as soon as it is there. */
function rowReader(
	{ width, height, bitsPerPixel, isInterlaced }: PngLayout,
	onRow: (row: Buffer, pixels: number) => void,
) {
	const bytesPerPixel = Math.max(1, bitsPerPixel / 8);
	const parts = (isInterlaced ? ADAM7 : WHOLE)
		.map(([column, row, across, down]) => ({
			pixels: Math.ceil((width - column) / across),
			rows: Math.ceil((height - row) / down),
		}))
		.filter(({ pixels, rows }) => pixels > 0 && rows > 0);
	let part = 0;
	let row = 0;
	let filled = 0;
	let current = emptyRow();
	let previous = emptyRow();

	/** With its filter's number before it. */
	function emptyRow(): Buffer {
		const { pixels = 0 } = parts[part] ?? {};
		return Buffer.alloc(1 + Math.ceil((pixels * bitsPerPixel) / 8));
	}

	function endRow(): void {
		unfilter(current, previous, bytesPerPixel);
		onRow(current.subarray(1), parts[part]!.pixels);
		[previous, current] = [current, previous];
		filled = 0;
		row += 1;
		if (row < parts[part]!.rows) return;
		part += 1;
		row = 0;
		current = emptyRow();
		previous = emptyRow();
	}

	return {
		/** Answers whether all rows have come. */
		take(bytes: Uint8Array): boolean {
			for (let at = 0; at < bytes.length && part < parts.length; ) {
				const end = Math.min(at + current.length - filled, bytes.length);
				current.set(bytes.subarray(at, end), filled);
				filled += end - at;
				at = end;
				if (filled === current.length) endRow();
			}
			return part === parts.length;
		},
	};
}

/** PNG, 9.2: each byte was written as what it differs by from those before it, above it, or both. */
function unfilter(row: Buffer, above: Buffer, bytesPerPixel: number): void {
	const filter = row[0]!;
	if (filter === 0) return;
	for (let at = 1; at < row.length; at++) {
		const left = at > bytesPerPixel ? row[at - bytesPerPixel]! : 0;
		const up = above[at]!;
		const corner = at > bytesPerPixel ? above[at - bytesPerPixel]! : 0;
		row[at] = row[at]! + predicted(filter, left, up, corner);
	}
}

function predicted(filter: number, left: number, up: number, corner: number): number {
	if (filter === 1) return left;
	if (filter === 2) return up;
	if (filter === 3) return (left + up) >> 1;
	const toLeft = Math.abs(up - corner);
	const toUp = Math.abs(left - corner);
	const toCorner = Math.abs(left + up - 2 * corner);
	if (toLeft <= toUp && toLeft <= toCorner) return left;
	return toUp <= toCorner ? up : corner;
}
