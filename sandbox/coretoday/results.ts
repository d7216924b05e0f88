// Draws a prediction's images when their links are fetched, and keeps the latest for a while.
import sharp from 'sharp';
import { DrawnImages } from '../drawing/drawn-images';
import { drawEdit } from '../drawing/edit';
import { keptPicture } from '../drawing/kept-pictures';
import { BoundedBytes } from '../files/bounded-bytes';
import type { Prediction } from './predictions';

const REFERENCE_LIMIT = 256 * 1024 * 1024;

export class Results {
	private readonly drawn = new DrawnImages();

	private readonly references = new BoundedBytes<Buffer>(REFERENCE_LIMIT);

	keepReference(id: string, bytes: Buffer): void {
		this.references.set(id, bytes, bytes.length);
	}

	/** Undefined when the picture that it was made from is no longer kept. */
	async image(prediction: Prediction, index: number): Promise<Buffer | undefined> {
		return await this.drawn.image(`${prediction.id}/${index}`, async () => {
			const reference = this.references.get(prediction.id);
			if (prediction.files.length > 0 && !reference) return undefined;
			return await draw(prediction, index, reference);
		});
	}
}

async function draw(prediction: Prediction, index: number, reference?: Buffer): Promise<Buffer> {
	const { size, drawnPrompt: prompt, request } = prediction;
	const { format, compression } = request.image;
	const png = reference
		? await drawEdit({ prompt, index, size, reference })
		: await keptPicture({ prompt, index, size });
	if (format === 'png') return png;
	const quality = Math.max(1, compression);
	const image = sharp(png).flatten({ background: '#ffffff' });
	return await (
		format === 'jpeg' ? image.jpeg({ quality }) : image.webp({ quality, effort: 1 })
	).toBuffer();
}
