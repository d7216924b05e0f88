// Animations: their parameters, the sizes of their frames, and a real GIF out of a picture.
import sharp from 'sharp';
import { parsePixels, type PixelSize } from '../../drawing/sizes';
import { invalid } from '../errors';
import type { Fields } from '../fields';

export interface Animation {
	frames: number;
	frameMs: number;
}

const USUAL: Animation = { frames: 9, frameMs: 200 };
const FEWEST_FRAMES = 2;
const MAX_FRAMES = 16;
/** A GIF counts hundredths of a second. */
const TICK_MS = 10;
const LONGEST_MS = 655_350;
/** OpenAI tells no figures; these have been measured by others. */
const LONGEST_EDGE = 960;
const MAX_PIXELS = 8_294_400;
const EDGE_STEP = 16;
const USUAL_EDGE = 512;
/** A drawing has few colours, and fewer make it faster. */
const COLOURS = 64;

/** Undefined for other formats, which take none of this. */
export function readAnimation(fields: Fields, format: string): Animation | undefined {
	const frames = fields.integer('frame_count', FEWEST_FRAMES, MAX_FRAMES);
	const frameMs = fields.integer('frame_duration_ms', 1, Number.MAX_SAFE_INTEGER);
	if (format === 'gif')
		return { frames: frames ?? USUAL.frames, frameMs: frameMs ?? USUAL.frameMs };
	const given = frames === undefined ? frameMs && 'frame_duration_ms' : 'frame_count';
	if (!given) return undefined;
	const message = `'${given}' is only supported when 'output_format' is 'gif'.`;
	throw invalid(message, 'invalid_value', fields.nameOf(given));
}

/** All frames together count, so that many frames are small ones. */
export function checkFrames(size: string, { frames }: Animation, param: string): void {
	const pixels = parsePixels(size);
	if (!pixels) return;
	const { width, height } = pixels;
	const isFitting =
		Math.max(width, height) <= LONGEST_EDGE && width * height * frames <= MAX_PIXELS;
	const isEven = [width, height].every((edge) => edge > 0 && edge % EDGE_STEP === 0);
	if (isFitting && isEven) return;
	throw invalid(
		`Invalid size '${size}': ${frames} frames of this size do not satisfy the model's GIF size limits.`,
		'invalid_value',
		param,
	);
}

/** What "auto" comes to: a small frame, in the shape of the first image. */
export function frameSize(size: string, reference: PixelSize | undefined): PixelSize {
	const stated = parsePixels(size);
	if (stated) return stated;
	const ratio = reference ? reference.width / reference.height : 1;
	const short = Math.round((USUAL_EDGE * Math.min(ratio, 1 / ratio)) / EDGE_STEP) * EDGE_STEP;
	const edge = Math.max(EDGE_STEP, short);
	return ratio >= 1 ? { width: USUAL_EDGE, height: edge } : { width: edge, height: USUAL_EDGE };
}

/** The picture moves a step to the side from frame to frame, and comes around again. */
export async function animate(png: Buffer, { frames, frameMs }: Animation): Promise<Buffer> {
	const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	const { width, height } = info;
	const row = width * 4;
	const film = Buffer.alloc(data.length * frames);
	for (let frame = 0; frame < frames; frame++) {
		const shift = Math.floor((frame * width) / frames) * 4;
		for (let y = 0; y < height; y++) {
			const from = y * row;
			const to = frame * data.length + from;
			data.copy(film, to, from + shift, from + row);
			data.copy(film, to + row - shift, from, from + shift);
		}
	}
	const delay = Math.min(LONGEST_MS, Math.max(TICK_MS, Math.round(frameMs / TICK_MS) * TICK_MS));
	const raw = { width, height: height * frames, channels: 4, pageHeight: height } as const;
	return await sharp(film, { raw })
		.gif({
			delay: Array<number>(frames).fill(delay),
			loop: 0,
			colours: COLOURS,
			effort: 1,
			dither: 0,
		})
		.toBuffer();
}
