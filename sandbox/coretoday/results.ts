// Draws a prediction's images when their links are fetched, and keeps the latest for a while.
import sharp from 'sharp';
import { drawEdit } from '../drawing/edit';
import { drawPicture } from '../drawing/picture';
import { BoundedBytes } from '../files/bounded-bytes';
import type { Prediction } from './predictions';

const MEGABYTE = 1024 * 1024;

export class Results {
	private readonly drawn = new BoundedBytes<Buffer>(96 * MEGABYTE);

	private readonly references = new BoundedBytes<Buffer>(256 * MEGABYTE);

	private readonly drawing = new Map<string, Promise<Buffer>>();

	keepReference(id: string, bytes: Buffer): void {
		this.references.set(id, bytes, bytes.length);
	}

	/** Undefined when the picture that it was made from is no longer kept. */
	async image(prediction: Prediction, index: number): Promise<Buffer | undefined> {
		const name = `${prediction.id}/${index}`;
		const kept = this.drawn.get(name);
		if (kept) return kept;
		const reference = this.references.get(prediction.id);
		if (prediction.files.length > 0 && !reference) return undefined;
		const drawing = this.drawing.get(name) ?? draw(prediction, index, reference);
		this.drawing.set(name, drawing);
		try {
			const image = await drawing;
			this.drawn.set(name, image, image.length);
			return image;
		} finally {
			this.drawing.delete(name);
		}
	}
}

async function draw(prediction: Prediction, index: number, reference?: Buffer): Promise<Buffer> {
	const { size, drawnPrompt: prompt, request } = prediction;
	const { format, compression } = request.image;
	const png = reference
		? await drawEdit({ prompt, index, size, reference })
		: await drawPicture({ prompt, index, size });
	if (format === 'png') return png;
	const quality = Math.max(1, compression);
	const image = sharp(png).flatten({ background: '#ffffff' });
	return await (
		format === 'jpeg' ? image.jpeg({ quality }) : image.webp({ quality, effort: 1 })
	).toBuffer();
}
