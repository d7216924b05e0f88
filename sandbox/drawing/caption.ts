// The panel with the prompt on it, and where the picture is from, at the foot of an image or in the middle of an edited spot.
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

/** So that nobody takes a drawing for what a provider has made. */
export const ORIGIN = 'Sandbox picture';
/** Of the prompt's size. */
const ORIGIN_SIZE = 0.62;

export function drawCaption(
	context: SKRSContext2D,
	text: string,
	{ width, height }: PixelSize,
	palette: Palette,
	place: CaptionPlace = 'foot',
): void {
	const unit = Math.min(width, height);
	if (unit < 48) return;
	const margin = unit * measures[place].margin;
	const padding = unit * 0.036;
	const bar = unit * 0.008;
	const indent = padding + bar + padding * 0.7;
	const room = { width: width - margin * 2 - indent - padding, height: height * 0.4 };
	const wantedSize = unit * measures[place].fontSize;
	const origin = layOut(context, ORIGIN, room, wantedSize * ORIGIN_SIZE);
	const block = text === '' ? undefined : layOut(context, text, room, wantedSize);
	const textHeight = (block?.lines.length ?? 0) * (block?.lineHeight ?? 0);
	const panelHeight = origin.lineHeight + textHeight + padding * 1.6;
	const panelWidth = Math.min(
		width - margin * 2,
		Math.max(origin.width, block?.width ?? 0) + indent + padding * 1.3,
	);
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

	context.textBaseline = 'middle';
	const textTop = top + padding * 0.8;
	context.fillStyle = 'rgba(255, 255, 255, 0.8)';
	context.font = fontOf(origin.fontSize);
	context.fillText(origin.lines[0] ?? '', left + indent, textTop + origin.lineHeight / 2);
	if (!block) return;
	context.fillStyle = '#ffffff';
	context.font = fontOf(block.fontSize);
	for (const [index, line] of block.lines.entries()) {
		const middle = textTop + origin.lineHeight + (index + 0.5) * block.lineHeight;
		context.fillText(line, left + indent, middle);
	}
}
