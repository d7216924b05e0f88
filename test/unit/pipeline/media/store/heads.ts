// Reads heads of pictures that tests have made by hand, and EXIF for them.
import { readImageFacts } from '../../../../../pipeline/media/store/imageFacts';

/** Without the length, which is as it was given. */
export function factsOf(head: Buffer, bytes = head.length) {
	const { bytes: length, ...facts } = readImageFacts(head, bytes);
	expect(length).toBe(bytes);
	return facts;
}

export const bytesOf = (text: string) => Buffer.from(text, 'latin1');

/** What EXIF says in one entry: that the picture is to be turned by a right angle. */
export const SIDEWAYS = bytesOf('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0');
export const EXIF = Buffer.concat([bytesOf('Exif\0\0'), SIDEWAYS]);
