// AVIF and HEIC: told apart and measured by their first boxes (ISO/IEC 14496-12 and 23008-12). Pure.
import type { ImageFacts } from '../../../providers/contract';

const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);
const BRAND_BYTES = 4;

export interface HeifFacts extends Pick<ImageFacts, 'type' | 'width' | 'height'> {
	/** Whether it is to be turned by a right angle, one way or the other, to be seen. */
	isSideways: boolean;
}

/** Undefined when the file is neither; a film in the same container is neither. */
export function heifFacts(head: Buffer): HeifFacts | undefined {
	if (head.length < 16 || head.toString('latin1', 4, 8) !== 'ftyp') return undefined;
	const brands = brandsIn(head.subarray(8, Math.min(head.readUInt32BE(0), head.length)));
	const isOf = (known: ReadonlySet<string>) => brands.some((brand) => known.has(brand));
	const type = isOf(AVIF_BRANDS) ? 'avif' : isOf(HEIC_BRANDS) ? 'heic' : undefined;
	return type && { type, ...largest(head), isSideways: isSideways(head) };
}

/** The main one, the minor version in the shape of one, and those that the file is compatible with. */
function brandsIn(box: Buffer): string[] {
	const count = Math.floor(box.length / BRAND_BYTES);
	return Array.from({ length: count }, (_, i) =>
		box.toString('latin1', i * BRAND_BYTES, (i + 1) * BRAND_BYTES),
	);
}

/** A file also tells the dimensions of its thumbnail and of its tiles: the picture's own are the largest. */
function largest(head: Buffer): { width?: number; height?: number } {
	const boxes = beforePixels(head);
	let found: { width?: number; height?: number } = {};
	let area = 0;
	for (let at = boxes.indexOf('ispe'); at !== -1; at = boxes.indexOf('ispe', at + 4)) {
		if (at + 16 > boxes.length) break;
		const [width, height] = [boxes.readUInt32BE(at + 8), boxes.readUInt32BE(at + 12)];
		if (width * height <= area) continue;
		area = width * height;
		found = { width, height };
	}
	return found;
}

/** `irot` counts right angles. Its EXIF data don't count here. The thumbnail is turned like the picture. */
function isSideways(head: Buffer): boolean {
	const boxes = beforePixels(head);
	const at = boxes.indexOf('irot');
	return at !== -1 && at + 4 < boxes.length && (boxes[at + 4]! & 1) === 1;
}

function beforePixels(head: Buffer): Buffer {
	const pixels = head.indexOf('mdat');
	return head.subarray(0, pixels === -1 ? head.length : pixels);
}
