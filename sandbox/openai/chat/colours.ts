// Looks at a picture: its dimensions, and the name of its dominant colour.
import sharp from 'sharp';
import type { PixelSize } from '../../drawing/sizes';

export interface SeenPicture extends PixelSize {
	/** For example "image/png". */
	type: string;
	bytes: number;
	colour: string;
}

const types = ['png', 'jpeg', 'webp', 'gif'];

/** Undefined when the bytes are no png, jpeg, webp or gif that can be read. */
export async function look(bytes: Buffer): Promise<SeenPicture | undefined> {
	try {
		const image = sharp(bytes);
		const { width, height, format } = await image.metadata();
		if (!types.includes(format)) return undefined;
		const { dominant } = await image.flatten({ background: '#ffffff' }).stats();
		const type = `image/${format}`;
		return { width, height, type, bytes: bytes.length, colour: colourName(dominant) };
	} catch {
		return undefined;
	}
}

/** Upper bounds of the hue in degrees. */
const hues = [
	[15, 'red'],
	[45, 'orange'],
	[70, 'yellow'],
	[165, 'green'],
	[200, 'turquoise'],
	[260, 'blue'],
	[290, 'purple'],
	[340, 'pink'],
	[360, 'red'],
] as const;

export function colourName({ r, g, b }: { r: number; g: number; b: number }): string {
	const high = Math.max(r, g, b);
	const low = Math.min(r, g, b);
	const lightness = (high + low) / 510;
	const spread = high - low;
	if (lightness > 0.93) return 'white';
	if (lightness < 0.08) return 'black';
	if (spread < 28) return 'grey';
	const hue = hueOf({ r, g, b }, high, spread);
	if (hue >= 15 && hue < 45 && lightness < 0.4) return 'brown';
	return hues.find(([bound]) => hue < bound)?.[1] ?? 'red';
}

function hueOf({ r, g, b }: { r: number; g: number; b: number }, high: number, spread: number) {
	const sixth =
		high === r ? (g - b) / spread : high === g ? 2 + (b - r) / spread : 4 + (r - g) / spread;
	return (sixth * 60 + 360) % 360;
}
