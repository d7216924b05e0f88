// Draws a task's pictures when their links are fetched, and keeps the latest for a while.
import sharp from 'sharp';
import { DrawnImages } from '../drawing/drawn-images';
import { drawEdit } from '../drawing/edit';
import { keptPicture } from '../drawing/kept-pictures';
import type { PixelSize } from '../drawing/sizes';
import { drawSvg } from '../drawing/svg';
import { BoundedBytes } from '../files/bounded-bytes';
import type { Job } from './job';
import type { Task } from './tasks';

const REFERENCE_LIMIT = 256 * 1024 * 1024;

/** The name of the mask's place beside the pictures'. */
export const MASK_INDEX = 1000;

interface Reference {
	bytes: Buffer;
	mask?: Buffer;
}

export class Results {
	private readonly drawn = new DrawnImages();

	private readonly references = new BoundedBytes<Reference>(REFERENCE_LIMIT);

	keepReference(id: string, reference: Reference): void {
		const size = reference.bytes.length + (reference.mask?.length ?? 0);
		this.references.set(id, reference, size);
	}

	/** Undefined when the picture that it was made from is no longer kept. */
	async image(task: Task, index: number, isBlack: boolean): Promise<Buffer | undefined> {
		const { job, model } = task;
		if (!job || !model) return undefined;
		return await this.drawn.image(`${task.id}/${index}`, async () => {
			const reference = this.references.get(task.id);
			if (task.images.length > 0 && !reference) return undefined;
			const png = isBlack
				? await black(job.size)
				: await draw(task, job, index, model.work, reference);
			return await inFormat(png, job, task.drawnPrompt);
		});
	}
}

async function draw(
	{ drawnPrompt: prompt }: Task,
	{ size }: Job,
	index: number,
	work: 'edit' | 'upscale' | 'cutout' | 'vector',
	reference?: Reference,
): Promise<Buffer> {
	if (!reference) return await keptPicture({ prompt, index, size });
	const { bytes, mask } = reference;
	if (index === MASK_INDEX) return await ellipse(size);
	if (work === 'upscale') return await scaled(bytes, size);
	if (work === 'cutout') return await cutOut(bytes, size);
	return await drawEdit({ prompt, index, size, reference: bytes, mask });
}

async function black({ width, height }: PixelSize): Promise<Buffer> {
	return await sharp({ create: { width, height, channels: 3, background: '#000000' } })
		.png()
		.toBuffer();
}

async function scaled(picture: Buffer, { width, height }: PixelSize): Promise<Buffer> {
	return await sharp(picture).autoOrient().resize(width, height, { fit: 'fill' }).png().toBuffer();
}

/** What is in the middle stays. */
async function cutOut(picture: Buffer, size: PixelSize): Promise<Buffer> {
	const whole = await scaled(picture, size);
	return await sharp(whole)
		.ensureAlpha()
		.composite([{ input: await ellipse(size, 'none'), blend: 'dest-in' }])
		.png()
		.toBuffer();
}

async function ellipse({ width, height }: PixelSize, background = 'black'): Promise<Buffer> {
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${background}"/><ellipse cx="50%" cy="50%" rx="38%" ry="42%" fill="white"/></svg>`;
	return await sharp(Buffer.from(svg)).png().toBuffer();
}

async function inFormat(png: Buffer, { format }: Job, title: string): Promise<Buffer> {
	switch (format) {
		case 'png':
			return png;
		case 'svg':
			return await drawSvg(png, title, true);
		case 'webp':
			return await sharp(png).webp({ effort: 1 }).toBuffer();
		case 'gif':
			return await sharp(png).gif({ effort: 1 }).toBuffer();
		case 'jpeg':
			return await sharp(png).flatten({ background: '#ffffff' }).jpeg({ quality: 90 }).toBuffer();
	}
}
