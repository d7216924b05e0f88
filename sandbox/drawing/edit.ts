// Edits a reference image: only where the mask is transparent, or visibly as a whole when there is no mask.
import { createCanvas } from '@napi-rs/canvas';
import sharp from 'sharp';
import { type CaptionPlace, drawCaption } from './caption';
import { registerFonts } from './fonts';
import { transparent } from './palettes';
import { paintPicture, paletteOf } from './picture';
import { encodePng, type RawImage } from './png';
import type { PixelSize } from './sizes';

export interface EditRequest {
	prompt: string;
	index: number;
	/** The result's size; the reference is scaled and cropped to it when it has another. */
	size: PixelSize;
	reference: Buffer;
	/** A PNG with the reference's dimensions; alpha 0 means: edit here. */
	mask?: Buffer;
}

interface Box extends PixelSize {
	left: number;
	top: number;
}

export async function drawEdit(request: EditRequest): Promise<Buffer> {
	const { size, mask } = request;
	const image = await rawPixels(request.reference, size, 'lanczos3');
	if (mask) {
		// A mask's edge must stay where it is: no smoothing.
		const { pixels } = await rawPixels(mask, size, 'nearest');
		editThroughMask(image, pixels, request);
		return await encodePng(image);
	}
	return await encodePng(restyle(image, request));
}

async function rawPixels(
	file: Buffer,
	{ width, height }: PixelSize,
	kernel: 'lanczos3' | 'nearest',
): Promise<RawImage & { pixels: Buffer }> {
	const pixels = await sharp(file)
		.autoOrient()
		.resize({ width, height, fit: 'cover', kernel })
		.toColourspace('srgb')
		.ensureAlpha()
		.raw()
		.toBuffer();
	return { pixels, width, height };
}

/** Replaces pixels where the mask lets them through; a half-transparent mask blends. */
function editThroughMask(image: RawImage, mask: Buffer, { prompt, index }: EditRequest): void {
	const box = openBox(mask, image);
	if (!box) return;
	const patch = paintPicture({ prompt, index, size: box }, captionPlace(mask, image, box));
	const painted = patch.getImageData(0, 0, box.width, box.height).data;
	const { pixels, width } = image;
	for (let y = 0; y < box.height; y++) {
		for (let x = 0; x < box.width; x++) {
			const there = ((y + box.top) * width + x + box.left) * 4;
			const kept = (mask[there + 3] ?? 255) / 255;
			if (kept === 1) continue;
			const here = (y * box.width + x) * 4;
			for (let channel = 0; channel < 4; channel++) {
				const old = pixels[there + channel] ?? 0;
				const fresh = painted[here + channel] ?? 0;
				pixels[there + channel] = Math.round(old * kept + fresh * (1 - kept));
			}
		}
	}
}

/** In the middle of what is open, unless what stays stands there, such as a product whose background is drawn anew. */
function captionPlace(mask: Buffer, { width }: PixelSize, box: Box): CaptionPlace {
	const [x, y] = [box.left + (box.width >> 1), box.top + (box.height >> 1)];
	return mask[(y * width + x) * 4 + 3] === 255 ? 'foot' : 'middle';
}

/** The smallest box around everything that may be edited. */
function openBox(mask: Buffer, { width, height }: PixelSize): Box | undefined {
	let [left, top, right, bottom] = [width, height, -1, -1];
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			if (mask[(y * width + x) * 4 + 3] === 255) continue;
			left = Math.min(left, x);
			right = Math.max(right, x);
			top = Math.min(top, y);
			bottom = y;
		}
	}
	if (right < 0) return undefined;
	return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Tints the image, frames it and writes the prompt on it. */
function restyle(image: RawImage, { prompt, index }: EditRequest): RawImage {
	registerFonts();
	const { width, height } = image;
	const palette = paletteOf(prompt, index);
	const context = createCanvas(width, height).getContext('2d');
	const original = context.createImageData(width, height);
	original.data.set(image.pixels);
	context.putImageData(original, 0, 0);

	const tint = context.createLinearGradient(0, 0, width, height);
	tint.addColorStop(0, palette.accents[0]);
	tint.addColorStop(0.5, palette.sky[2]);
	tint.addColorStop(1, palette.accents[2]);
	context.fillStyle = tint;
	context.globalCompositeOperation = 'soft-light';
	context.fillRect(0, 0, width, height);
	context.globalCompositeOperation = 'source-atop';
	context.globalAlpha = 0.16;
	context.fillRect(0, 0, width, height);
	context.globalAlpha = 1;
	context.globalCompositeOperation = 'source-over';

	const unit = Math.min(width, height);
	context.strokeStyle = transparent(palette.light, 0.85);
	context.lineWidth = Math.max(1, unit * 0.006);
	context.beginPath();
	context.roundRect(
		unit * 0.022,
		unit * 0.022,
		width - unit * 0.044,
		height - unit * 0.044,
		unit * 0.03,
	);
	context.stroke();
	drawCaption(context, prompt, { width, height }, palette);
	return { pixels: context.getImageData(0, 0, width, height).data, width, height };
}
