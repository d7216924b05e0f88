// Files anywhere in an answer, each an object with its address and type, whatever it is called there.
import { itemsOf, objectOf, textOf, type JsonObject } from './loose';

const MAX_LEVELS = 3;

/** Those that `isWanted`, in the answer's order. Whatever stands in a file belongs to it. */
export function filesIn(
	value: unknown,
	isWanted: (file: JsonObject) => boolean,
	level = 0,
): JsonObject[] {
	if (level > MAX_LEVELS) return [];
	const object = objectOf(value);
	if (object && textOf(object.url) !== undefined) return isWanted(object) ? [object] : [];
	const inner = object ? Object.values(object) : itemsOf(value);
	return inner.flatMap((each) => filesIn(each, isWanted, level + 1));
}

/** A mask beside pictures is none that was asked for. */
const MASK = /mask/i;

/** All that are pictures: masks only where there is nothing else. */
export function pictureFilesIn(body: JsonObject): JsonObject[] {
	const plain = Object.fromEntries(Object.entries(body).filter(([name]) => !MASK.test(name)));
	const pictures = filesIn(plain, isPicture);
	return pictures.length > 0 ? pictures : filesIn(body, isPicture);
}

function isPicture({ content_type: type }: JsonObject): boolean {
	return typeof type === 'string' && type.startsWith('image/');
}
