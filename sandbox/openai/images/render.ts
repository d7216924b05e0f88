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
	// A mask says to the pixel what may change, so nothing is cut off around it.
	const shaped = job.background === 'transparent' && !material?.mask ? await cutOut(png) : png;
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

/** Cuts a card with round corners out of the picture; what lies around it is transparent. */
async function cutOut(png: Buffer): Promise<Buffer> {
	const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	const { width, height } = info;
	const unit = Math.min(width, height);
	const radius = unit * 0.06;
	const inset = unit * 0.022 + radius;
	for (let y = 0; y < height; y++) {
		const down = Math.abs(y + 0.5 - height / 2) - (height / 2 - inset);
		for (let x = 0; x < width; x++) {
			const across = Math.abs(x + 0.5 - width / 2) - (width / 2 - inset);
			const outside = Math.hypot(Math.max(across, 0), Math.max(down, 0)) - radius;
			const share = Math.min(1, Math.max(0, 0.5 - outside));
			const alpha = (y * width + x) * 4 + 3;
			data[alpha] = Math.round((data[alpha] ?? 255) * share);
		}
	}
	return await sharp(data, { raw: { width, height, channels: 4 } })
		.png({ compressionLevel: 3 })
		.toBuffer();
}
