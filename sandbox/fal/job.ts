// What an order for pictures comes to, once its input is checked.
import type { PixelSize } from '../drawing/sizes';
import type { Problem } from './errors';

/** An input with the model's defaults filled in. */
export type Input = Record<string, unknown>;

export type Format = 'png' | 'jpeg' | 'webp' | 'gif' | 'svg';

export interface Job {
	input: Input;
	prompt: string;
	size: PixelSize;
	count: number;
	format: Format;
	/** The pictures come in the answer itself. */
	isInline: boolean;
}

export interface NamedImage {
	loc: Problem['loc'];
	url: string;
	isMask: boolean;
}
