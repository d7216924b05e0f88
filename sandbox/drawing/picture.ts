// Draws a picture for a prompt: always the same for the same prompt, index and size.
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { type CaptionPlace, drawCaption } from './caption';
import { registerFonts } from './fonts';
import { type Palette, palettes } from './palettes';
import { encodePng } from './png';
import { hashText, seededRandom } from './random';
import { aurora } from './scenes/aurora';
import type { Scene } from './scenes/brush';
import { mountains } from './scenes/mountains';
import { orbs } from './scenes/orbs';
import { sea } from './scenes/sea';
import { tiles } from './scenes/tiles';
import { type PixelSize, withinPixelLimit } from './sizes';

const scenes: readonly Scene[] = [mountains, sea, aurora, tiles, orbs];

/** Larger pictures are drawn at this size and enlarged; only the text is drawn in full. */
const SCENE_PIXELS = 2_500_000;

export interface PictureRequest {
	prompt: string;
	/** From 0; every index has another scene and other colours. */
	index: number;
	size: PixelSize;
}

/** Returns a PNG in exactly the size asked for. */
export async function drawPicture(request: PictureRequest): Promise<Buffer> {
	const { width, height } = request.size;
	const context = paintPicture(request);
	return await encodePng({ pixels: context.getImageData(0, 0, width, height).data, width, height });
}

export function paintPicture(
	{ prompt, index, size }: PictureRequest,
	captionPlace?: CaptionPlace,
): SKRSContext2D {
	registerFonts();
	const canvas = createCanvas(size.width, size.height);
	const context = canvas.getContext('2d');
	paintScene(context, prompt, index, size);
	drawCaption(context, prompt, size, paletteOf(prompt, index), captionPlace);
	return context;
}

export function paletteOf(prompt: string, index: number): Palette {
	return pick(palettes, hashText(prompt) + index);
}

function paintScene(target: SKRSContext2D, prompt: string, index: number, size: PixelSize): void {
	const seed = hashText(prompt);
	const scene = pick(scenes, (seed >>> 8) + index);
	const { width, height } = withinPixelLimit(size, SCENE_PIXELS);
	const isWhole = width === size.width && height === size.height;
	const context = isWhole ? target : createCanvas(width, height).getContext('2d');
	const random = seededRandom(hashText(`${seed}/${index}`));
	context.save();
	scene({ context, width, height, palette: paletteOf(prompt, index), random });
	context.restore();
	if (isWhole) return;
	target.imageSmoothingQuality = 'high';
	target.drawImage(context.canvas, 0, 0, size.width, size.height);
}

function pick<Item>(list: readonly Item[], place: number): Item {
	return list[place % list.length] as Item;
}
