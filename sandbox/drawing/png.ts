// Turns raw pixels into PNG: little compression, since the images only travel on this machine.
import sharp from 'sharp';

export interface RawImage {
	pixels: Uint8ClampedArray | Buffer;
	width: number;
	height: number;
}

export async function encodePng({ pixels, width, height }: RawImage): Promise<Buffer> {
	const bytes = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
	return await sharp(bytes, { raw: { width, height, channels: 4 } })
		.png({ compressionLevel: 3, adaptiveFiltering: true })
		.toBuffer();
}
