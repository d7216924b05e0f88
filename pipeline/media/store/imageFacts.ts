// Reads a picture's type, dimensions and transparency from its first bytes. Pure; a file's name is never believed.
import type { ImageFacts, ImageType } from '../../../providers/contract';
import { heifFacts } from './heifFacts';
import { hidesOrientation, isSidewaysJpeg, isSidewaysPng, isSidewaysWebp } from './orientation';
import { isSvg, svgDimensions } from './textFacts';

/** Enough for any PNG, WebP or GIF, and for a JPEG behind a thumbnail and colour profile. */
export const HEAD_BYTES = 256 * 1024;

const MIME_TYPES: Record<ImageType, string> = {
	png: 'image/png',
	jpeg: 'image/jpeg',
	webp: 'image/webp',
	gif: 'image/gif',
	avif: 'image/avif',
	heic: 'image/heic',
	svg: 'image/svg+xml',
};

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PNG_COLOUR_TYPES_WITH_ALPHA = new Set([4, 6]);

/** For a file of unknown type the one that says so. */
export function mimeTypeOf(type: ImageFacts['type']): string {
	return type === 'unknown' ? 'application/octet-stream' : MIME_TYPES[type];
}

/** `head` holds the file's first bytes, `bytes` is its whole length. Never throws. */
export function readImageFacts(head: Buffer, bytes: number): ImageFacts {
	if (head.subarray(0, 8).equals(PNG_SIGNATURE)) {
		return { type: 'png', bytes, ...turned(pngFacts(head), isSidewaysPng(head)) };
	}
	if (head.length > 2 && head.readUInt16BE(0) === 0xffd8) {
		return { type: 'jpeg', bytes, ...turned(jpegDimensions(head), isSidewaysJpeg(head)) };
	}
	if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP') {
		const facts = turned(webpDimensions(head), isSidewaysWebp(head));
		return {
			type: 'webp',
			bytes,
			...facts,
			...(hidesOrientation(head, bytes) && { mayBeTurned: true }),
		};
	}
	if (/^GIF8[79]a$/.test(ascii(head, 0, 6)) && head.length >= 10)
		return { type: 'gif', bytes, width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
	const heif = heifFacts(head);
	if (heif) {
		const { isSideways, ...facts } = heif;
		return { bytes, ...turned(facts, isSideways) };
	}
	return isSvg(head) ? { type: 'svg', bytes, ...svgDimensions(head) } : { type: 'unknown', bytes };
}

/** As programs show it. A square looks alike either way. */
function turned<Facts extends Partial<ImageFacts>>(facts: Facts, isSideways: boolean): Facts {
	const { width, height } = facts;
	if (!isSideways || width === height) return facts;
	return { ...facts, width: height, height: width, isTurned: true };
}

/** PNG, second edition, 11.2.2 (IHDR) and 11.3.2.1 (tRNS). */
function pngFacts(head: Buffer): Partial<ImageFacts> {
	if (head.length < 29 || ascii(head, 12, 16) !== 'IHDR') return {};
	const beforePixels = head.indexOf('IDAT');
	const hasTransparencyChunk = head
		.subarray(0, beforePixels === -1 ? head.length : beforePixels)
		.includes('tRNS');
	return {
		width: head.readUInt32BE(16),
		height: head.readUInt32BE(20),
		hasAlpha: PNG_COLOUR_TYPES_WITH_ALPHA.has(head[25]!) || hasTransparencyChunk,
	};
}

/** Walks the segments to the frame header (ITU T.81, B.2.2). */
function jpegDimensions(head: Buffer): Partial<ImageFacts> {
	let position = 2;
	while (position + 9 < head.length) {
		if (head[position] !== 0xff) return {};
		const marker = head[position + 1]!;
		const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (isFrame) {
			return { height: head.readUInt16BE(position + 5), width: head.readUInt16BE(position + 7) };
		}
		// 0xff may be repeated as padding before a marker.
		position += marker === 0xff ? 1 : 2 + head.readUInt16BE(position + 2);
	}
	return {};
}

/** RFC 9649: the three kinds of WebP keep their dimensions in different places. */
function webpDimensions(head: Buffer): Partial<ImageFacts> {
	if (head.length < 30) return {};
	const kind = ascii(head, 12, 16);
	if (kind === 'VP8X')
		return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
	if (kind === 'VP8 ')
		return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
	if (kind !== 'VP8L') return {};
	const bits = head.readUInt32LE(21);
	return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

function ascii(bytes: Buffer, from: number, to: number): string {
	return bytes.toString('latin1', from, to);
}
