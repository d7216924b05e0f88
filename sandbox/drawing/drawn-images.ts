// Draws each image once, however many ask for it at the same time, and keeps the latest for a while.
import { BoundedBytes } from '../files/bounded-bytes';

const TOTAL_LIMIT = 96 * 1024 * 1024;

export class DrawnImages {
	private readonly drawn = new BoundedBytes<Buffer>(TOTAL_LIMIT);

	private readonly drawing = new Map<string, Promise<Buffer | undefined>>();

	/** Undefined when the image is neither kept nor can be drawn, which `draw` says by undefined. */
	async image(name: string, draw: () => Promise<Buffer | undefined>): Promise<Buffer | undefined> {
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
