// What is in a picture that an execution keeps.
import type { IBinaryData } from 'n8n-workflow';
import sharp from 'sharp';
import { fileBytes } from './n8n';

/** The real width and height, read from the file itself. */
export async function sizeOf(
	file: IBinaryData | undefined,
): Promise<{ width: number; height: number }> {
	const { width, height } = await sharp(await fileBytes(file)).metadata();
	return { width, height };
}
