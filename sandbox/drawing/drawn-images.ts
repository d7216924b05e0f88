// Draws each image once, however many ask for it at the same time, and keeps the latest for a while.
import { BoundedBytes } from '../files/bounded-bytes';

const TOTAL_LIMIT = 96 * 1024 * 1024;

export class DrawnImages<Image extends Buffer | undefined = Buffer | undefined> {
	private readonly drawn = new BoundedBytes<Buffer>(TOTAL_LIMIT);

	private readonly drawing = new Map<string, Promise<Image>>();

	/** Undefined when the image is neither kept nor can be drawn, which `draw` may say by undefined. */
	async image(name: string, draw: () => Promise<Image>): Promise<Buffer | Image> {
		const kept = this.drawn.get(name);
		if (kept) return kept;
		const drawing = this.drawing.get(name) ?? draw();
		this.drawing.set(name, drawing);
		try {
			const image = await drawing;
			if (image) this.drawn.set(name, image, image.length);
			return image;
		} finally {
			this.drawing.delete(name);
		}
	}
}
