// Draws one image of a job in its size, format and background.
import sharp from 'sharp';
import { drawEdit } from '../../drawing/edit';
import { keptPicture } from '../../drawing/kept-pictures';
import type { PixelSize } from '../../drawing/sizes';
import { drawSvg } from '../../drawing/svg';
import { animate } from './gif';
import type { ImageJob } from './job';

export async function renderImage(job: ImageJob, index: number, size: PixelSize): Promise<Buffer> {
	const { drawnPrompt: prompt, material } = job;
	const mask = material?.mask ?? (material?.markup && (await turnedOver(material.markup)));
	const png = material
		? await drawEdit({ prompt, index, size, reference: material.first, mask })
		: await keptPicture({ prompt, index, size });
	// A mask says to the pixel what may change, so nothing is cut off around it.
	const shaped = job.background === 'transparent' && !mask ? await cutOut(png) : png;
	return await encode(shaped, job);
}

/** As a mask: what is drawn on a markup is where the picture changes. */
async function turnedOver(markup: Buffer): Promise<Buffer> {
	const { data, info } = await sharp(markup)
		.ensureAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	for (let alpha = 3; alpha < data.length; alpha += 4) data[alpha] = 255 - (data[alpha] ?? 0);
	const { width, height } = info;
	return await sharp(data, { raw: { width, height, channels: 4 } })
		.png({ compressionLevel: 3 })
		.toBuffer();
}

async function encode(png: Buffer, job: ImageJob): Promise<Buffer> {
	const { format, compression, background, animation, drawnPrompt } = job;
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
		case 'gif': {
			const still = background === 'opaque' ? await opaque(png) : png;
			return animation ? await animate(still, animation) : still;
		}
		case 'svg':
			return await drawSvg(png, drawnPrompt, background === 'opaque');
	}
}

/** Of pictures that are kept, and asked for again. */
const opaqueOf = new WeakMap<Buffer, Promise<Buffer>>();

async function opaque(png: Buffer): Promise<Buffer> {
	const made = opaqueOf.get(png) ?? onWhite(png);
	opaqueOf.set(png, made);
	return await made;
}

async function onWhite(png: Buffer): Promise<Buffer> {
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
