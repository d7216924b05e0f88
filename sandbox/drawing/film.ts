// A film for a prompt: its picture, to which the camera comes a little nearer every second.
import sharp from 'sharp';
import { mp4Of } from './mp4';
import type { PixelSize } from './sizes';

/** The share of the picture's edges that the last second shows. */
const LAST_SHARE = 0.7;

export async function filmOf(picture: Buffer, size: PixelSize, seconds: number): Promise<Buffer> {
	const pictures: Buffer[] = [];
	for (let second = 0; second < seconds; second++) {
		const share = 1 - (1 - LAST_SHARE) * (seconds === 1 ? 0 : second / (seconds - 1));
		pictures.push(await middleOf(picture, size, share));
	}
	return mp4Of(pictures, size);
}

async function middleOf(
	picture: Buffer,
	{ width, height }: PixelSize,
	share: number,
): Promise<Buffer> {
	const seen = { width: Math.round(width * share), height: Math.round(height * share) };
	return await sharp(picture)
		.extract({
			left: Math.floor((width - seen.width) / 2),
			top: Math.floor((height - seen.height) / 2),
			...seen,
		})
		.resize(width, height)
		.flatten()
		.jpeg({ quality: 70 })
		.toBuffer();
}
