// Turns a mask that marks in white into one that is transparent there. One that has transparent parts of its own marks by these.
import sharp from 'sharp';

export async function openWhereWhite(mask: Buffer): Promise<Buffer> {
	if (!(await sharp(mask).stats()).isOpaque) return mask;
	const { data, info } = await sharp(mask)
		.flatten()
		.toColourspace('b-w')
		.negate()
		.raw()
		.toBuffer({ resolveWithObject: true });
	const { width, height } = info;
	return await sharp({ create: { width, height, channels: 3, background: 'black' } })
		.joinChannel(data, { raw: info })
		.png()
		.toBuffer();
}
