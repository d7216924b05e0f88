// What an image call asks for, once it has been checked.
import type { PixelSize } from '../../drawing/sizes';
import type { ImageRules } from '../models';
import type { Animation } from './gif';
import type { SvgAuthor } from './svg';

export type OutputFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'svg';

/** What the records tell of a picture that was sent in. */
export interface InputImage extends PixelSize {
	/** For example "image/png". */
	type: string;
	bytes: number;
}

/** The pictures of an edit: facts of all, and the bytes of those that the drawing needs. */
export interface EditMaterial {
	images: InputImage[];
	first: Buffer;
	mask?: Buffer;
	maskFacts?: InputImage;
	/** Transparent, but for what is drawn on it. */
	markup?: Buffer;
	markupFacts?: InputImage;
}

export interface ImageJob {
	model: string;
	rules: ImageRules;
	/** As it was sent, directives and all. */
	prompt: string;
	drawnPrompt: string;
	n: number;
	/** As it was asked for, so possibly "auto". */
	size: string;
	quality: string;
	background: 'transparent' | 'opaque';
	format: OutputFormat;
	compression: number;
	/** For a GIF. */
	animation?: Animation;
	/** For an SVG. */
	author?: SvgAuthor;
	answerAs: 'base64' | 'url';
	safetyIdentifier?: string;
	stream: boolean;
	partialImages: number;
	material?: EditMaterial;
}
