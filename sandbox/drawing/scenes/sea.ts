// The sea in the evening: waves in layers and the light's path on the water.
import { mix, transparent } from '../palettes';
import { type Brush, disc, fillBelow, fillSky, glow, outline } from './brush';

const WAVES = 8;

export function sea(brush: Brush): void {
	const { context, width, height, palette, random } = brush;
	const unit = Math.min(width, height);
	const horizon = height * 0.47;
	fillSky(brush, [...palette.sky, palette.light]);
	const lightX = width * random.between(0.3, 0.7);
	const lightY = horizon - unit * random.between(0.07, 0.18);
	clouds(brush, horizon);
	glow(brush, lightX, lightY, unit * 0.6, palette.light, 0.85);
	disc(brush, lightX, lightY, unit * 0.085, palette.light);
	for (let wave = 0; wave < WAVES; wave++) {
		const share = wave / (WAVES - 1);
		const base = horizon + (height - horizon) * share ** 1.35 * 0.9;
		const line = outline(brush, base, unit * (0.003 + share * 0.028), 3);
		const colour = mix(
			mix(palette.sky[1], palette.accents[0], 0.25),
			palette.land[1],
			0.15 + share * 0.8,
		);
		fillBelow(brush, line, colour);
		const crest = context.createLinearGradient(0, 0, width, 0);
		crest.addColorStop(0, transparent(palette.light, 0));
		crest.addColorStop(lightX / width, transparent(palette.light, 0.75 - share * 0.5));
		crest.addColorStop(1, transparent(palette.light, 0));
		context.strokeStyle = crest;
		context.lineWidth = unit * (0.002 + share * 0.002);
		context.beginPath();
		for (let x = 0; x <= width; x += width / 200) context.lineTo(x, line(x));
		context.stroke();
	}
	glitter(brush, lightX, horizon);
}

function clouds(brush: Brush, horizon: number): void {
	const { context, random, width, height, palette } = brush;
	for (let cloud = 0; cloud < 9; cloud++) {
		const x = width * random.next();
		const y = horizon * random.between(0.12, 0.85);
		const long = width * random.between(0.1, 0.3);
		context.fillStyle = transparent(palette.light, random.between(0.06, 0.2));
		for (let part = 0; part < 4; part++) {
			context.beginPath();
			const partX = x + random.between(-0.5, 0.5) * long;
			const flat = height * random.between(0.005, 0.014);
			context.ellipse(
				partX,
				y + random.between(-1, 1) * flat,
				long * random.between(0.3, 0.7),
				flat,
				0,
				0,
				Math.PI * 2,
			);
			context.fill();
		}
	}
}

function glitter(brush: Brush, lightX: number, horizon: number): void {
	const { context, random, width, height, palette } = brush;
	for (let spark = 0; spark < 130; spark++) {
		const share = random.next() ** 1.4;
		const y = horizon + (height - horizon) * share;
		const x = lightX + (random.next() + random.next() - 1) * width * (0.035 + share * 0.16);
		context.fillStyle = transparent(palette.light, 0.65 * (1 - share));
		context.beginPath();
		context.ellipse(x, y, width * random.between(0.004, 0.02), height * 0.0015, 0, 0, Math.PI * 2);
		context.fill();
	}
}
