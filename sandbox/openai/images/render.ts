// Draws one image of a job in its size, format and background.
import sharp from 'sharp';
import { drawEdit } from '../../drawing/edit';
import { drawPicture } from '../../drawing/picture';
import type { PixelSize } from '../../drawing/sizes';
import type { ImageJob } from './job';

export async function renderImage(job: ImageJob, index: number, size: PixelSize): Promise<Buffer> {
	const { drawnPrompt: prompt, material } = job;
	const png = material
		? await drawEdit({ prompt, index, size, reference: material.first, mask: material.mask })
		: await drawPicture({ prompt, index, size });
	// A mask says to the pixel what may change, so its edges are never faded.
	const shaped = job.background === 'transparent' && !material?.mask ? await fadeEdges(png) : png;
	return await encode(shaped, job);
}

async function encode(png: Buffer, { format, compression, background }: ImageJob): Promise<Buffer> {
	const quality = Math.max(1, compression);
	switch (format) {
		case 'png':
			return background === 'opaque' ? await opaque(png) : png;
		case 'jpeg':
			return await sharp(png).flatten({ background: '#ffffff' }).jpeg({ quality }).toBuffer();
		case 'webp': {
			const image = sharp(png);
			if (background === 'opaque') image.flatten({ background: '#ffffff' });
			return await image.webp({ quality, effort: 1 }).toBuffer();
		}
	}
}

async function opaque(png: Buffer): Promise<Buffer> {
	const { hasAlpha } = await sharp(png).metadata();
	if (!hasAlpha) return png;
	return await sharp(png)
		.flatten({ background: '#ffffff' })
		.png({ compressionLevel: 3 })
		.toBuffer();
}

/** Opaque in the middle, nothing in the corners: an ellipse with a soft edge. */
async function fadeEdges(png: Buffer): Promise<Buffer> {
	const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	const { width, height } = info;
	for (let y = 0; y < height; y++) {
		const vertical = (2 * y + 1) / height - 1;
		for (let x = 0; x < width; x++) {
			const horizontal = (2 * x + 1) / width - 1;
			const distance = Math.sqrt(horizontal * horizontal + vertical * vertical);
			const share = Math.min(1, Math.max(0, (1 - distance) / 0.08));
			const alpha = (y * width + x) * 4 + 3;
			data[alpha] = Math.round((data[alpha] ?? 255) * share);
		}
	}
	return await sharp(data, { raw: { width, height, channels: 4 } })
		.png({ compressionLevel: 3 })
		.toBuffer();
}
