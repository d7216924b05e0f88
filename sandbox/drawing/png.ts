// Turns raw pixels into PNG: little compression, since the images only travel on this machine.
import sharp from 'sharp';

export interface RawImage {
	pixels: Uint8ClampedArray | Buffer;
	width: number;
	height: number;
}

/** An image without any transparency becomes a PNG without an alpha channel. */
export async function encodePng({ pixels, width, height }: RawImage): Promise<Buffer> {
	const bytes = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
	const image = sharp(bytes, { raw: { width, height, channels: 4 } });
	if (isOpaque(bytes)) image.removeAlpha();
	return await image.png({ compressionLevel: 3, adaptiveFiltering: true }).toBuffer();
}

function isOpaque(pixels: Buffer): boolean {
	for (let alpha = 3; alpha < pixels.length; alpha += 4) {
		if (pixels[alpha] !== 255) return false;
	}
	return true;
}
