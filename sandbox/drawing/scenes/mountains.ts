// A mountain range at dawn: a sun, mist between the ridges, birds.
import { transparent } from '../palettes';
import { type Brush, disc, fillBelow, fillSky, glow, layerColour, outline } from './brush';

const RIDGES = 6;

export function mountains(brush: Brush): void {
	const { context, width, height, palette, random } = brush;
	const unit = Math.min(width, height);
	fillSky(brush, palette.sky);
	const sunX = width * random.between(0.25, 0.75);
	const sunY = height * random.between(0.26, 0.38);
	glow(brush, sunX, sunY, unit * 0.65, palette.light, 0.75);
	disc(brush, sunX, sunY, unit * random.between(0.07, 0.11), palette.light);
	birds(brush, sunX, sunY);
	for (let ridge = 0; ridge < RIDGES; ridge++) {
		const share = ridge / (RIDGES - 1);
		const base = height * (0.46 + share * 0.38);
		const line = jagged(brush, base, unit * (0.12 - share * 0.055));
		fillBelow(brush, line, layerColour(brush, share ** 0.85));
		if (ridge === RIDGES - 1) continue;
		const mist = context.createLinearGradient(0, base - unit * 0.02, 0, base + unit * 0.17);
		mist.addColorStop(0, transparent(palette.sky[2], 0));
		mist.addColorStop(1, transparent(palette.sky[2], 0.38 * (1 - share)));
		fillBelow(brush, line, mist);
	}
}

/** Smooth hills with sharper crests on them. */
function jagged(brush: Brush, base: number, swing: number): (x: number) => number {
	const hills = outline(brush, base, swing, 4);
	const { random, width } = brush;
	const crest = width * random.between(0.11, 0.19);
	const shift = random.next() * crest;
	const tilt = random.between(0.35, 0.65);
	return (x) => {
		const place = ((((x + shift) % crest) + crest) % crest) / crest;
		const rise = place < tilt ? place / tilt : (1 - place) / (1 - tilt);
		return hills(x) - rise * swing * 0.42 * (1.2 + Math.sin(x / crest));
	};
}

function birds(brush: Brush, nearX: number, nearY: number): void {
	const { context, random, width, height, palette } = brush;
	const unit = Math.min(width, height);
	context.strokeStyle = transparent(palette.land[1], 0.75);
	context.lineCap = 'round';
	for (let bird = 0; bird < 7; bird++) {
		const x = nearX + random.between(-0.3, 0.3) * unit;
		const y = nearY + random.between(-0.13, 0.1) * unit;
		const wing = unit * random.between(0.009, 0.019);
		context.lineWidth = wing * 0.17;
		context.beginPath();
		context.moveTo(x - wing, y - wing * 0.35);
		context.quadraticCurveTo(x - wing * 0.45, y - wing * 0.75, x, y);
		context.quadraticCurveTo(x + wing * 0.45, y - wing * 0.75, x + wing, y - wing * 0.35);
		context.stroke();
	}
}
