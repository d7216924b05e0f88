// AVIF and HEIC: told apart and measured by their first boxes (ISO/IEC 14496-12 and 23008-12). Pure.
import type { ImageFacts } from '../../providers/contract';

const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);
const BRAND_BYTES = 4;

/** Undefined when the file is neither; a film in the same container is neither. */
export function heifFacts(head: Buffer): Pick<ImageFacts, 'type' | 'width' | 'height'> | undefined {
	if (head.length < 16 || head.toString('latin1', 4, 8) !== 'ftyp') return undefined;
	const brands = brandsIn(head.subarray(8, Math.min(head.readUInt32BE(0), head.length)));
	if (brands.some((brand) => AVIF_BRANDS.has(brand))) return { type: 'avif', ...largest(head) };
	if (brands.some((brand) => HEIC_BRANDS.has(brand))) return { type: 'heic', ...largest(head) };
	return undefined;
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
	const pixels = head.indexOf('mdat');
	const boxes = head.subarray(0, pixels === -1 ? head.length : pixels);
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
