// The panel with the prompt on it, at the foot of an image or in the middle of an edited spot.
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Palette } from './palettes';
import { transparent } from './palettes';
import type { PixelSize } from './sizes';
import { fontOf, layOut } from './text';

/** "middle" is for a spot of any outline, whose corners may not be seen. */
export type CaptionPlace = 'foot' | 'middle';

const measures = {
	foot: { margin: 0.05, fontSize: 0.042 },
	middle: { margin: 0.15, fontSize: 0.055 },
};

export function drawCaption(
	context: SKRSContext2D,
	text: string,
	{ width, height }: PixelSize,
	palette: Palette,
	place: CaptionPlace = 'foot',
): void {
	const unit = Math.min(width, height);
	if (text === '' || unit < 48) return;
	const margin = unit * measures[place].margin;
	const padding = unit * 0.036;
	const bar = unit * 0.008;
	const indent = padding + bar + padding * 0.7;
	const room = { width: width - margin * 2 - indent - padding, height: height * 0.4 };
	const block = layOut(context, text, room, unit * measures[place].fontSize);
	const panelHeight = block.lines.length * block.lineHeight + padding * 1.6;
	const panelWidth = Math.min(width - margin * 2, block.width + indent + padding * 1.3);
	const isFoot = place === 'foot';
	const left = isFoot ? margin : (width - panelWidth) / 2;
	const top = isFoot ? height - margin - panelHeight : (height - panelHeight) / 2;

	context.save();
	context.shadowColor = 'rgba(0, 0, 0, 0.35)';
	context.shadowBlur = unit * 0.03;
	context.shadowOffsetY = unit * 0.008;
	context.fillStyle = 'rgba(14, 16, 30, 0.72)';
	context.beginPath();
	context.roundRect(left, top, panelWidth, panelHeight, unit * 0.026);
	context.fill();
	context.restore();

	context.fillStyle = transparent(palette.accents[1], 1);
	context.beginPath();
	context.roundRect(left + padding, top + padding * 0.9, bar, panelHeight - padding * 1.8, bar / 2);
	context.fill();

	context.fillStyle = '#ffffff';
	context.textBaseline = 'middle';
	context.font = fontOf(block.fontSize);
	for (const [index, line] of block.lines.entries()) {
		context.fillText(line, left + indent, top + padding * 0.8 + (index + 0.5) * block.lineHeight);
	}
}
