// A northern night: stars, ribbons of light, a forest in front.
import { mix, transparent } from '../palettes';
import { type Brush, fillBelow, fillSky, outline, stars } from './brush';

export function aurora(brush: Brush): void {
	const { context, width, height, palette, random } = brush;
	const night = mix(palette.land[1], '#050914', 0.55);
	fillSky(brush, [night, mix(palette.sky[0], night, 0.35), mix(palette.sky[1], night, 0.25)]);
	stars(brush, 260, 0.75);
	context.globalCompositeOperation = 'screen';
	for (const colour of [
		palette.accents[2],
		palette.sky[2],
		palette.accents[1],
		palette.accents[0],
	]) {
		ribbon(brush, colour, height * random.between(0.2, 0.42), height * random.between(0.22, 0.38));
	}
	context.globalCompositeOperation = 'source-over';
	const far = outline(brush, height * 0.72, height * 0.025, 4);
	fillBelow(brush, far, mix(night, palette.sky[1], 0.3));
	forest(brush, height * 0.79, height * 0.085, mix(night, palette.sky[0], 0.35));
	forest(brush, height * 0.9, height * 0.15, mix(night, '#000000', 0.35));
	context.fillStyle = mix(night, '#000000', 0.35);
	context.fillRect(0, height * 0.93, width, height);
}

function ribbon(brush: Brush, colour: string, top: number, long: number): void {
	const { context, width, height } = brush;
	const line = outline(brush, top + long * 0.6, height * 0.08, 3);
	const shimmer = outline(brush, 0.75, 0.3, 4);
	// Whole pixels: strips that overlap by a fraction would show as stripes.
	const step = Math.max(1, Math.round(width / 400));
	for (let x = 0; x < width; x += step) {
		const foot = line(x);
		const head = foot - long * Math.abs(shimmer(x));
		const gradient = context.createLinearGradient(0, head, 0, foot + long * 0.12);
		gradient.addColorStop(0, transparent(colour, 0));
		gradient.addColorStop(0.8, transparent(colour, 0.5));
		gradient.addColorStop(1, transparent(colour, 0));
		context.fillStyle = gradient;
		context.fillRect(x, head, step, foot + long * 0.12 - head);
	}
}

function forest(brush: Brush, base: number, tallest: number, colour: string): void {
	const { context, random, width, height } = brush;
	const ground = outline(brush, base, tallest * 0.2, 3);
	fillBelow(brush, ground, colour);
	context.fillStyle = colour;
	for (let x = -tallest; x < width + tallest; x += tallest * random.between(0.12, 0.3)) {
		const tall = tallest * random.between(0.45, 1);
		const foot = Math.min(height, ground(x) + tall * 0.1);
		for (let tier = 0; tier < 4; tier++) {
			const half = tall * (0.09 + tier * 0.045);
			const tip = foot - tall * (1 - tier * 0.2);
			context.beginPath();
			context.moveTo(x, tip);
			context.lineTo(x + half, tip + tall * 0.34);
			context.lineTo(x - half, tip + tall * 0.34);
			context.fill();
		}
	}
}
