// How a PNG's pixels are written, as the chunks before them tell (PNG, third edition, 11.2 and 11.3.1). Pure.

export interface PngLayout {
	width: number;
	height: number;
	isInterlaced: boolean;
	/** Bits of a sample. */
	depth: number;
	samples: number;
	bitsPerPixel: number;
	/** Whether the last sample of a pixel tells how opaque it is. */
	hasAlpha: boolean;
	/** Three bytes for each colour, where pixels are numbers of colours. */
	palette?: Buffer;
	/** How opaque each colour of the palette is; without a palette, the one colour that is transparent. */
	transparency?: Buffer;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const INDEXED = 3;
/** By colour type. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, [INDEXED]: 1, 4: 2, 6: 4 };
const WITH_ALPHA: ReadonlySet<number> = new Set([4, 6]);
const DEPTHS: ReadonlySet<number> = new Set([1, 2, 4, 8, 16]);

export function isPng(head: Buffer): boolean {
	return head.subarray(0, 8).equals(SIGNATURE);
}

/** Undefined where the first bytes don't reach up to the pixels, or tell what no PNG has. */
export function pngLayout(head: Buffer): PngLayout | undefined {
	const chunks = chunksBeforePixels(head);
	const facts = chunks?.get('IHDR');
	if (!chunks || !facts || facts.length < 13) return undefined;
	const [depth, colourType, , , interlace] = facts.subarray(8);
	const samples = SAMPLES[colourType!];
	const palette = colourType === INDEXED ? chunks.get('PLTE') : undefined;
	if (samples === undefined || !DEPTHS.has(depth!)) return undefined;
	if (colourType === INDEXED && !palette) return undefined;
	return {
		width: facts.readUInt32BE(0),
		height: facts.readUInt32BE(4),
		isInterlaced: interlace === 1,
		depth: depth!,
		samples,
		bitsPerPixel: samples * depth!,
		hasAlpha: WITH_ALPHA.has(colourType!),
		palette,
		transparency: chunks.get('tRNS'),
	};
}

/** By name. Undefined where the first pixels lie behind the head. */
function chunksBeforePixels(head: Buffer): Map<string, Buffer> | undefined {
	const chunks = new Map<string, Buffer>();
	for (let at = SIGNATURE.length; at + 8 <= head.length; ) {
		const name = head.toString('latin1', at + 4, at + 8);
		if (name === 'IDAT') return chunks;
		const end = at + 8 + head.readUInt32BE(at);
		chunks.set(name, head.subarray(at + 8, end));
		at = end + 4;
	}
	return undefined;
}
