// The latest pictures, kept: whoever asks for the same prompt again, as a measurement does, doesn't wait for its drawing.
import { DrawnImages } from './drawn-images';
import { drawPicture, type PictureRequest } from './picture';

const kept = new DrawnImages<Buffer>();

/** As drawPicture, drawn once. */
export async function keptPicture(request: PictureRequest): Promise<Buffer> {
	const { prompt, index, size } = request;
	const name = JSON.stringify([prompt, index, size.width, size.height]);
	return await kept.image(name, async () => await drawPicture(request));
}
