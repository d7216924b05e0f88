// What a picture really is: one that an execution keeps, one at an address, one that a page shows.
import type { IBinaryData } from 'n8n-workflow';
import type { Locator } from 'playwright-core';
import sharp from 'sharp';
import { fileBytes } from './n8n';

/** What this file needs of the browser's HTMLImageElement, whose types only browser code has. */
interface DrawnImage {
	decode(): Promise<void>;
	naturalWidth: number;
	width: number;
}

/** The real width and height, read from the file itself. */
export async function sizeOf(
	file: IBinaryData | undefined,
): Promise<{ width: number; height: number }> {
	const { width, height } = await sharp(await fileBytes(file)).metadata();
	return { width, height };
}

/** The bytes of what lies at an address. */
export async function bytesAt(url: unknown): Promise<Buffer> {
	const response = await fetch(String(url));
	if (!response.ok) throw new Error(`${String(url)}: HTTP ${response.status}`);
	return Buffer.from(await response.arrayBuffer());
}

/** The type and the pixels of the picture at an address. */
export async function pictureAt(
	url: unknown,
): Promise<{ format: string; width: number; height: number }> {
	const { format, width, height } = await sharp(await bytesAt(url)).metadata();
	return { format, width, height };
}

/** How wide each picture is by itself and as the page shows it. Fails where one doesn't load. */
export async function drawnWidths(
	pictures: Locator,
): Promise<Array<{ real: number; shown: number }>> {
	return await Promise.all(
		(await pictures.all()).map(
			async (picture) =>
				await picture.evaluate(async (image: DrawnImage) => {
					await image.decode();
					return { real: image.naturalWidth, shown: image.width };
				}),
		),
	);
}
