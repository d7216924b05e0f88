// Lays text out in lines: words where there are words, characters in Chinese and where a word is too long.
import type { SKRSContext2D } from '@napi-rs/canvas';
import { FONT_STACK } from './fonts';

export interface TextBlock {
	lines: string[];
	fontSize: number;
	lineHeight: number;
	/** The widest line, in pixels. */
	width: number;
}

const LINE_HEIGHT = 1.36;
const MAXIMUM_LINES = 7;
const words = new Intl.Segmenter('und', { granularity: 'word' });
const characters = new Intl.Segmenter('und', { granularity: 'grapheme' });

export function fontOf(size: number): string {
	return `${size}px ${FONT_STACK}`;
}

/** The largest size, from the wanted one downwards, at which the text fits; cut with an ellipsis when none does. */
export function layOut(
	context: SKRSContext2D,
	text: string,
	room: { width: number; height: number },
	wantedSize: number,
): TextBlock {
	const smallest = Math.max(6, wantedSize * 0.5);
	for (let fontSize = wantedSize; ; fontSize *= 0.9) {
		context.font = fontOf(fontSize);
		const lines = wrap(context, text, room.width);
		const lineHeight = fontSize * LINE_HEIGHT;
		const fitting = Math.max(1, Math.min(MAXIMUM_LINES, Math.floor(room.height / lineHeight)));
		if (lines.length > fitting && fontSize > smallest) continue;
		const shown = lines.length > fitting ? cut(context, lines, fitting, room.width) : lines;
		const width = Math.max(...shown.map((line) => context.measureText(line).width));
		return { lines: shown, fontSize, lineHeight, width };
	}
}

function wrap(context: SKRSContext2D, text: string, width: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const piece of pieces(text)) {
		if (fits(context, line + piece, width)) {
			line += piece;
			continue;
		}
		if (line.trim() !== '') lines.push(line.trim());
		line = piece.trimStart();
		// A single piece that is wider than the line is broken between characters.
		while (line !== '' && !fits(context, line, width)) {
			const head = longestHead(context, line, width);
			lines.push(head);
			line = line.slice(head.length);
		}
	}
	if (line.trim() !== '') lines.push(line.trim());
	return lines.length > 0 ? lines : [''];
}

/** Words, each with the punctuation that follows it, so that no line begins with a comma. */
function pieces(text: string): string[] {
	const found: string[] = [];
	for (const { segment, isWordLike } of words.segment(text)) {
		const isClosing = !isWordLike && /^[\p{Pe}\p{Pf}\p{Po}]/u.test(segment);
		const last = found.at(-1);
		// Korean and Latin break at spaces only; Intl may divide a Korean word further.
		const isInsideWord =
			last !== undefined &&
			/[\p{sc=Hangul}\p{sc=Latin}\p{N}]$/u.test(last) &&
			/^[\p{sc=Hangul}\p{sc=Latin}\p{N}]/u.test(segment);
		if (last !== undefined && last.trim() !== '' && (isClosing || isInsideWord)) {
			found[found.length - 1] = last + segment;
		} else {
			found.push(segment);
		}
	}
	return found;
}

function fits(context: SKRSContext2D, text: string, width: number): boolean {
	return context.measureText(text.trimEnd()).width <= width;
}

function longestHead(context: SKRSContext2D, text: string, width: number): string {
	let head = '';
	for (const { segment } of characters.segment(text)) {
		if (head !== '' && !fits(context, head + segment, width)) break;
		head += segment;
	}
	return head;
}

function cut(context: SKRSContext2D, lines: string[], count: number, width: number): string[] {
	const shown = lines.slice(0, count);
	const last = [...characters.segment(shown.pop() ?? '')].map(({ segment }) => segment);
	while (last.length > 0 && !fits(context, `${last.join('')}…`, width)) last.pop();
	return [...shown, `${last.join('')}…`];
}
