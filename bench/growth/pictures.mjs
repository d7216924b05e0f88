// The pictures that the growth section's provider hands out: few and small, so that making them takes no time of it.
import { createHash } from 'node:crypto';

import sharp from 'sharp';

const COUNT = 16;
const EDGE = 64;

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Every item asks by its number, and neighbours get different pictures. */
export const promptOf = (number) => `Product number ${number} on a wooden shelf`;
export const numberIn = (prompt) => Number(/^Product number (\d+) /.exec(prompt)?.[1]);

/** @returns {Promise<{of: (number: number) => Buffer, shaOf: (number: number) => string}>} an item's picture */
export async function drawPictures() {
	const drawn = await Promise.all(
		Array.from({ length: COUNT }, async (_none, index) => {
			const background = { r: index * 15, g: 255 - index * 15, b: 128 };
			const create = { width: EDGE, height: EDGE, channels: 3, background };
			return await sharp({ create }).png().toBuffer();
		}),
	);
	const digests = drawn.map(sha256);
	return {
		of: (number) => drawn[number % COUNT],
		shaOf: (number) => digests[number % COUNT],
	};
}
