// Pictures in forms that nobody ordered: other types, with bytes behind their end, and what is no picture that anybody knows.
import sharp from 'sharp';

export type OddFormat = 'padded' | 'avif' | 'heic' | 'svg' | 'unknown';

/** As much as a phone's film, cut short, behind the picture that it belongs to. */
const PADDING = Buffer.alloc(4096, 'film');

export async function inFormat(
	format: OddFormat,
	image: Buffer,
): Promise<{ bytes: Buffer; type: string }> {
	switch (format) {
		case 'padded':
			return {
				bytes: Buffer.concat([await sharp(image).jpeg().toBuffer(), PADDING]),
				type: 'image/jpeg',
			};
		case 'avif':
			return { bytes: await sharp(image).avif({ effort: 0 }).toBuffer(), type: 'image/avif' };
		case 'heic':
			return { bytes: heic(await sharp(image).avif({ effort: 0 }).toBuffer()), type: 'image/heic' };
		case 'svg':
			return { bytes: Buffer.from(await svg(image)), type: 'image/svg+xml' };
		case 'unknown':
			return { bytes: Buffer.concat([Buffer.from([0, 1, 2, 255]), image]), type: 'image/x-new' };
	}
}

/** The container is the same, so an AVIF whose brands are those of HEIC looks like one from outside. */
function heic(avif: Buffer): Buffer {
	const length = avif.readUInt32BE(0);
	const brands = avif.toString('latin1', 8, length).replaceAll('avif', 'heic');
	return Buffer.concat([avif.subarray(0, 8), Buffer.from(brands, 'latin1'), avif.subarray(length)]);
}

async function svg(image: Buffer): Promise<string> {
	const { width, height } = await sharp(image).metadata();
	return `\uFEFF<?xml version="1.0" encoding="UTF-8"?>
<!-- Drawn by the sandbox -->
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<rect width="100%" height="100%" fill="#c04020"/>
</svg>
`;
}
