// What every scene draws with, and the few strokes that several of them share.
import type { SKRSContext2D } from '@napi-rs/canvas';
import { mix, type Palette, transparent } from '../palettes';
import type { Random } from '../random';

export interface Brush {
	context: SKRSContext2D;
	width: number;
	height: number;
	palette: Palette;
	random: Random;
}

export type Scene = (brush: Brush) => void;

export function fillSky({ context, width, height }: Brush, colours: readonly string[]): void {
	const gradient = context.createLinearGradient(0, 0, 0, height);
	for (const [index, colour] of colours.entries()) {
		gradient.addColorStop(index / (colours.length - 1), colour);
	}
	context.fillStyle = gradient;
	context.fillRect(0, 0, width, height);
}

/** A soft light that fades out towards its edge. */
export function glow(
	brush: Brush,
	x: number,
	y: number,
	radius: number,
	colour: string,
	strength: number,
): void {
	const gradient = brush.context.createRadialGradient(x, y, 0, x, y, radius);
	gradient.addColorStop(0, transparent(colour, strength));
	gradient.addColorStop(0.4, transparent(colour, strength * 0.35));
	gradient.addColorStop(1, transparent(colour, 0));
	brush.context.fillStyle = gradient;
	brush.context.fillRect(x - radius, y - radius, radius * 2, radius * 2);
}

export function disc(
	{ context }: Brush,
	x: number,
	y: number,
	radius: number,
	colour: string,
): void {
	context.fillStyle = colour;
	context.beginPath();
	context.arc(x, y, radius, 0, Math.PI * 2);
	context.fill();
}

export function stars(brush: Brush, count: number, downTo: number): void {
	const { random, width, height } = brush;
	const unit = Math.min(width, height) / 1000;
	for (let star = 0; star < count; star++) {
		const brightness = random.between(0.25, 0.95);
		const radius = random.between(0.6, 1.9) * unit;
		disc(
			brush,
			random.next() * width,
			random.next() * height * downTo,
			radius,
			transparent('#ffffff', brightness),
		);
	}
}

/** Fills everything below a line that is given as the height at each x. */
export function fillBelow(
	{ context, width, height }: Brush,
	line: (x: number) => number,
	colour: string | CanvasGradient,
): void {
	const step = Math.max(1, width / 400);
	context.fillStyle = colour;
	context.beginPath();
	context.moveTo(0, height);
	for (let x = 0; x < width + step; x += step) context.lineTo(x, line(x));
	context.lineTo(width, height);
	context.closePath();
	context.fill();
}

/** Several sine waves on top of each other look like a natural outline. */
export function outline(
	{ random, width }: Brush,
	base: number,
	swing: number,
	detail: number,
): (x: number) => number {
	const waves = Array.from({ length: detail }, (_none, index) => ({
		length: (width * random.between(0.7, 1.3)) / (index + 0.6) ** 1.5,
		height: swing / (index + 1) ** 1.35,
		shift: random.between(0, Math.PI * 2),
	}));
	return (x) =>
		waves.reduce(
			(sum, wave) => sum + Math.sin((x / wave.length) * Math.PI * 2 + wave.shift) * wave.height,
			base,
		);
}

export function layerColour({ palette }: Brush, share: number): string {
	return mix(palette.land[0], palette.land[1], share);
}

type CanvasGradient = ReturnType<SKRSContext2D['createLinearGradient']>;
