// Files anywhere in an answer, each an object with its address and type: models call them as they like.
import { entriesOf } from './entries';
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

/** A list of images, one image, or whatever else of the answer is one: masks only where there is nothing else. */
export function pictureEntriesIn(body: JsonObject): unknown[] {
	const named = [body.images, body.image].map(entriesOf).find(({ length }) => length > 0);
	if (named) return named;
	const plain = Object.fromEntries(Object.entries(body).filter(([name]) => !MASK.test(name)));
	const pictures = filesIn(plain, isPicture);
	return pictures.length > 0 ? pictures : filesIn(body, isPicture);
}

function isPicture({ content_type: type }: JsonObject): boolean {
	return typeof type === 'string' && type.startsWith('image/');
}
