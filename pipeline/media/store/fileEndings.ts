// The endings of picture files: what is put behind a name, and what a person may have typed there.
import type { ImageFacts, ImageType } from '../../../providers/contract';

/** The usual one first. */
const ENDINGS: Readonly<Record<ImageType, readonly string[]>> = {
	png: ['png'],
	jpeg: ['jpg', 'jpeg', 'jpe', 'jfif'],
	webp: ['webp'],
	gif: ['gif'],
	avif: ['avif'],
	heic: ['heic', 'heif'],
	svg: ['svg'],
};

/** Also those of pictures that no provider makes. Of a name such as `v1.2`, nothing is an ending. */
const TYPED = new RegExp(
	`\\.(${[...Object.values(ENDINGS).flat(), 'bmp', 'tiff?'].join('|')})$`,
	'i',
);

/** A name and the ending of a picture that was typed behind it. */
export function splitEnding(fileName: string): { stem: string; ending?: string } {
	const [whole, ending] = TYPED.exec(fileName) ?? [''];
	return { stem: fileName.slice(0, fileName.length - whole.length), ending };
}

/**
 * The name with an ending that is true: the typed one where it fits the picture, else the usual one. What is of unknown
 * type has none, as a wrong one would be believed.
 */
export function withEnding(stem: string, type: ImageFacts['type'], typed = ''): string {
	if (type === 'unknown') return stem;
	const isTrue = ENDINGS[type].includes(typed.toLowerCase());
	return `${stem}.${isTrue ? typed : ENDINGS[type][0]}`;
}
