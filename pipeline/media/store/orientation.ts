// Whether a picture lies on its side in its file, as phones write it: told by EXIF, and turned by whatever shows it. Pure.

/** EXIF 2.3, 4.6.4: values from 5 on swap width and height. */
const ORIENTATION_TAG = 0x0112;
const FIRST_SIDEWAYS = 5;
const LAST_SIDEWAYS = 8;
const EXIF_HEADER = 'Exif\0\0';
/** RFC 9649, 2.7. */
const EXIF_FLAG = 0x08;

/** ITU T.81, B.1.1.4: EXIF stands in a segment of its own, before the frame. */
export function isSidewaysJpeg(head: Buffer): boolean {
	for (let at = 2; at + 4 <= head.length && head[at] === 0xff; ) {
		const marker = head[at + 1]!;
		// 0xff may be repeated as padding before a marker; behind the start of the scan there are no more segments.
		if (marker === 0xff) {
			at += 1;
			continue;
		}
		if (marker === 0xda) return false;
		const end = at + 2 + head.readUInt16BE(at + 2);
		const segment = head.subarray(at + 4, end);
		if (marker === 0xe1 && segment.toString('latin1', 0, 6) === EXIF_HEADER) {
			return isSideways(segment.subarray(6));
		}
		at = end;
	}
	return false;
}

/** PNG, third edition, 11.3.4.5: in the chunk eXIf, before the pixels or behind them. */
export function isSidewaysPng(head: Buffer): boolean {
	for (let at = 8; at + 8 <= head.length; ) {
		const length = head.readUInt32BE(at);
		if (head.toString('latin1', at + 4, at + 8) === 'eXIf') {
			return isSideways(head.subarray(at + 8, at + 8 + length));
		}
		at += length + 12;
	}
	return false;
}

/** RFC 9649, 2.7: in the chunk EXIF, behind the pixels, so that only a small file tells it within its first bytes. */
export function isSidewaysWebp(head: Buffer): boolean {
	const exif = webpExif(head);
	return exif !== undefined && isSideways(exif);
}

/** Whether it has such a chunk, of which its first bytes don't reach the place. */
export function hidesOrientation(head: Buffer, bytes: number): boolean {
	const [flags = 0] = head.toString('latin1', 12, 16) === 'VP8X' ? head.subarray(20) : [];
	return (flags & EXIF_FLAG) !== 0 && head.length < bytes && !webpExif(head);
}

function webpExif(head: Buffer): Buffer | undefined {
	for (let at = 12; at + 8 <= head.length; ) {
		const length = head.readUInt32LE(at + 4);
		if (head.toString('latin1', at, at + 4) === 'EXIF') {
			const content = head.subarray(at + 8, at + 8 + length);
			const hasHeader = content.toString('latin1', 0, 6) === EXIF_HEADER;
			return hasHeader ? content.subarray(6) : content;
		}
		// Chunks begin at even places.
		at += 8 + length + (length % 2);
	}
	return undefined;
}

/** TIFF 6.0, section 2: a byte order, the place of the first list of entries, and entries of 12 bytes each. */
function isSideways(tiff: Buffer): boolean {
	const order = tiff.toString('latin1', 0, 2);
	if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return false;
	const isLittle = order === 'II';
	const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
	const list = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
	if (list + 2 > tiff.length) return false;
	for (let entry = 0; entry < short(list); entry++) {
		const at = list + 2 + entry * 12;
		if (at + 12 > tiff.length) return false;
		if (short(at) !== ORIENTATION_TAG) continue;
		const value = short(at + 8);
		return value >= FIRST_SIDEWAYS && value <= LAST_SIDEWAYS;
	}
	return false;
}
