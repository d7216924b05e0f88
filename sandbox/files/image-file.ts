// Looks into the bytes of a file: what it is, whether it is a whole picture, its dimensions, whether it has alpha.
import sharp from 'sharp';

export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp';

export interface ImageFacts {
	type: ImageType;
	width: number;
	height: number;
	hasAlpha: boolean;
}

/** The type by content; the file's name and Content-Type are not believed. */
export function imageType(bytes: Buffer): ImageType | undefined {
	if (bytes.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n') return 'image/png';
	if (bytes.subarray(0, 3).toString('latin1') === '\xff\xd8\xff') return 'image/jpeg';
	const riff = bytes.subarray(0, 12).toString('latin1');
	if (riff.startsWith('RIFF') && riff.endsWith('WEBP')) return 'image/webp';
	return undefined;
}

export function contentType(bytes: Buffer): string {
	const type = imageType(bytes);
	if (type) return type;
	const start = bytes.subarray(0, 512);
	const isText = !start.includes(0) && !start.toString('utf8').includes('\uFFFD');
	return isText ? 'text/plain' : 'application/octet-stream';
}

/** Undefined when the bytes are no jpeg, png or webp that can be read. */
export async function imageFacts(bytes: Buffer): Promise<ImageFacts | undefined> {
	const type = imageType(bytes);
	if (!type) return undefined;
	try {
		const image = sharp(bytes);
		const { autoOrient, hasAlpha } = await image.metadata();
		// As it is seen: phones write it lying on its side, and say so.
		const { width, height } = autoOrient;
		// The head alone says nothing about the rest: a file that is cut fails only here.
		await image.resize(8, 8).raw().toBuffer();
		return { type, width, height, hasAlpha };
	} catch {
		return undefined;
	}
}
