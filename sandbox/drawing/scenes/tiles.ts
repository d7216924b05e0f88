// A print of quarter circles, half circles and dots, like a tiled floor.
import { type Brush, disc } from './brush';

const SHORT_SIDE_TILES = 5;

export function tiles(brush: Brush): void {
	const { context, width, height, palette, random } = brush;
	context.fillStyle = palette.paper;
	context.fillRect(0, 0, width, height);
	const columns = Math.round((width / Math.min(width, height)) * SHORT_SIDE_TILES);
	const rows = Math.round((height / Math.min(width, height)) * SHORT_SIDE_TILES);
	const [tileWidth, tileHeight] = [width / columns, height / rows];
	const colours = [...palette.accents, palette.sky[1], palette.paper];
	const pick = () => colours[random.whole(colours.length)] ?? palette.paper;
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			context.save();
			context.translate(column * tileWidth, row * tileHeight);
			context.scale(tileWidth, tileHeight);
			drawTile(brush, pick, random.whole(6));
			context.restore();
		}
	}
}

/** Draws in a square from 0 to 1. */
function drawTile(brush: Brush, pick: () => string, kind: number): void {
	const { context, random } = brush;
	context.beginPath();
	context.rect(0, 0, 1.004, 1.004);
	context.clip();
	context.fillStyle = pick();
	context.fillRect(0, 0, 1.004, 1.004);
	context.translate(0.5, 0.5);
	context.rotate((random.whole(4) * Math.PI) / 2);
	context.translate(-0.5, -0.5);
	if (kind < 2) {
		disc(brush, 0, 0, 1, pick());
		disc(brush, 0, 0, 0.66, pick());
		disc(brush, 0, 0, 0.33, pick());
	} else if (kind === 2) {
		disc(brush, 0.5, 0, 0.5, pick());
		disc(brush, 0.5, 1, 0.5, pick());
	} else if (kind === 3) {
		disc(brush, 0.5, 0.5, 0.38, pick());
		disc(brush, 0.5, 0.5, 0.17, pick());
	} else if (kind === 4) {
		disc(brush, 0, 0, 1, pick());
		disc(brush, 1, 1, 0.5, pick());
	} else {
		context.fillStyle = pick();
		context.beginPath();
		context.moveTo(0, 0);
		context.lineTo(1, 0);
		context.lineTo(0, 1);
		context.fill();
		disc(brush, 0.3, 0.3, 0.18, pick());
	}
}
