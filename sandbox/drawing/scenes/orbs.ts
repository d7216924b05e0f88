// Glass balls afloat in coloured light.
import { mix, transparent } from '../palettes';
import { type Brush, disc, fillSky, glow } from './brush';

export function orbs(brush: Brush): void {
	const { width, height, palette, random } = brush;
	const unit = Math.min(width, height);
	fillSky(brush, [palette.sky[0], mix(palette.sky[0], palette.sky[1], 0.7), palette.sky[1]]);
	for (const colour of [...palette.accents, palette.sky[2], palette.light]) {
		const radius = unit * random.between(0.45, 0.8);
		glow(brush, width * random.next(), height * random.next(), radius, colour, 0.7);
	}
	for (let ball = 0; ball < 16; ball++) {
		const radius = unit * (0.02 + random.next() ** 2.2 * 0.15);
		const colour = palette.accents[random.whole(4)] ?? palette.light;
		orb(
			brush,
			width * random.between(0.04, 0.96),
			height * random.between(0.04, 0.9),
			radius,
			colour,
		);
	}
}

function orb(brush: Brush, x: number, y: number, radius: number, colour: string): void {
	const { context, palette } = brush;
	glow(brush, x + radius * 0.15, y + radius * 0.45, radius * 1.5, palette.land[1], 0.5);
	const body = context.createRadialGradient(
		x - radius * 0.35,
		y - radius * 0.4,
		radius * 0.05,
		x,
		y,
		radius,
	);
	body.addColorStop(0, mix(colour, '#ffffff', 0.75));
	body.addColorStop(0.45, colour);
	body.addColorStop(0.85, mix(colour, palette.land[1], 0.55));
	body.addColorStop(1, mix(colour, palette.sky[2], 0.4));
	context.fillStyle = body;
	context.beginPath();
	context.arc(x, y, radius, 0, Math.PI * 2);
	context.fill();
	glow(brush, x - radius * 0.4, y - radius * 0.45, radius * 0.5, '#ffffff', 0.9);
	disc(brush, x + radius * 0.45, y + radius * 0.5, radius * 0.07, transparent('#ffffff', 0.4));
}
