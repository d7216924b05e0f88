// Pictures that tests send to the node: plain ones, noise of a wanted size in bytes, masks, and how they compare.
import { randomFillSync } from 'node:crypto';

import sharp from 'sharp';

import type { InputItem } from '../support';

export type InputFile = NonNullable<InputItem['binary']>[string];

interface Area {
	left: number;
	top: number;
	width: number;
	height: number;
}

const MEGABYTE = 1024 * 1024;

/** A picture in one colour, as a file of the type. */
export async function picture(
	type: 'png' | 'jpeg' | 'webp',
	{ width = 64, height = 64, background = '#c04020' } = {},
): Promise<InputFile> {
	const canvas = sharp({ create: { width, height, channels: 3, background } });
	const content = await canvas.toFormat(type).toBuffer();
	return { content, fileName: `picture.${type}`, mimeType: `image/${type}` };
}

/** A PNG that can't be packed, so that it has a little more than so many megabytes. */
export async function noise(megabytes: number): Promise<InputFile> {
	const width = 2048;
	const height = Math.ceil((megabytes * MEGABYTE) / (width * 3));
	const raw = randomFillSync(Buffer.alloc(width * height * 3));
	const content = await sharp(raw, { raw: { width, height, channels: 3 } })
		.png({ compressionLevel: 0 })
		.toBuffer();
	return { content, fileName: 'noise.png', mimeType: 'image/png' };
}

/** An opaque PNG with one transparent area. */
export async function maskWithHole(
	{ width, height }: { width: number; height: number },
	hole: Area,
): Promise<InputFile> {
	const raw = Buffer.alloc(width * height * 4, 255);
	for (let y = hole.top; y < hole.top + hole.height; y++) {
		for (let x = hole.left; x < hole.left + hole.width; x++) raw[(y * width + x) * 4 + 3] = 0;
	}
	const content = await sharp(raw, { raw: { width, height, channels: 4 } })
		.png()
		.toBuffer();
	return { content, fileName: 'mask.png', mimeType: 'image/png' };
}

/** How many pixels differ between two pictures of the same dimensions, inside and outside an area. */
export async function differences(
	before: Buffer,
	after: Buffer,
	area: Area,
): Promise<{ inside: number; outside: number }> {
	const [old, fresh] = await Promise.all([before, after].map(async (file) => await pixelsOf(file)));
	const { width } = await sharp(before).metadata();
	const found = { inside: 0, outside: 0 };
	for (let at = 0; at < old!.length; at += 4) {
		if (old!.readUInt32BE(at) === fresh!.readUInt32BE(at)) continue;
		const x = (at / 4) % width;
		const y = Math.floor(at / 4 / width);
		const isInside =
			x >= area.left && x < area.left + area.width && y >= area.top && y < area.top + area.height;
		found[isInside ? 'inside' : 'outside'] += 1;
	}
	return found;
}

async function pixelsOf(file: Buffer): Promise<Buffer> {
	return await sharp(file).ensureAlpha().raw().toBuffer();
}
