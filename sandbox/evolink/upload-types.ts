// Which files the files host takes: four kinds of pictures, and sound and film.
import { imageType } from '../files/image-file';

const PICTURES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];

/** By the content where it is a picture, else by what the sender says. Undefined: it is refused. */
export function typeOfUpload(bytes: Buffer, saidType?: string | null): string | undefined {
	const seen = imageType(bytes) ?? (isGif(bytes) ? 'image/gif' : undefined);
	if (seen) return seen;
	const said = saidType?.split(';')[0]?.trim().toLowerCase() ?? '';
	return PICTURES.includes(said) || /^(audio|video)\/[\w.+-]+$/.test(said) ? said : undefined;
}

function isGif(bytes: Buffer): boolean {
	return /^GIF8[79]a$/.test(bytes.subarray(0, 6).toString('latin1'));
}
