// What picture files are called: as the person says, else by the first words of the prompt and a short number. Whatever
// stands in either, the name is safe on every disk and in any alphabet.
import { randomBytes } from 'crypto';

import type { ImageTask } from '../../providers/contract';
import { digestOf } from '../../providers/digest';
import { trimmed } from '../../providers/trimmed';
import type { OutputSettings } from './outputSettings';
import { splitEnding } from './store/fileEndings';

/** A name to which its ending is still to come. */
export interface FileName {
	stem: string;
	/** As the person has typed it, where it is one of a picture. */
	ending?: string;
}

/** Tasks whose images belong together. */
export interface NamedOrder {
	/** The provider's ID. */
	provider: string;
	tasks: ImageTask[];
	/** How many images there are in all of them. */
	count: number;
	/** Whose they are, where an item has several orders. */
	line?: string;
	/** The format that all of them are for, where the tasks themselves don't tell. */
	formatName?: string;
	/** A number from 0 to 1. */
	chance(): number;
	/** A text without secrets. In a name they would be written otherwise, so that nobody finds them there. */
	hide(text: string): string;
}

/** The name of an image: of which task, the how manyth there and among all, from 0. */
export type NameImage = (task: ImageTask, index: number, number: number) => FileName;

/** Disks take 255, and some programs that pack files take about half. A number and an ending are still to come. */
const MAX_BYTES = 90;
/** So many words of a prompt make a name that can be read at a glance. */
const MAX_WORDS = 6;
/** Of a format's name, which stands behind all that. */
const MAX_FORMAT_BYTES = 30;
/** As much of a text as is looked at: it may have megabytes. */
const MAX_CHARACTERS = 1000;
/** Short numbers have five digits. */
const LEAST_NUMBER = 10_000;
const NUMBERS = 90_000;

/** Devices of Windows: no file there can be called so, whatever follows behind a dot. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])$/i;
/** What some disk refuses. */
const REFUSED = /[<>:"/\\|?*]+/g;
/** What can't be seen or has no meaning of its own, and turns the direction of writing; but not what joins letters and emoji. */
const UNSEEN = /(?![\u200C\u200D])[\p{Cf}\p{Cs}\p{Co}\uFFFD-\uFFFF]/gu;
/** Files that begin so are hidden or taken for settings of a command; at the end, Windows cuts it off. */
const EDGE = /[\s.\-\u200C\u200D]/;
/** Letters with their marks, digits and emoji, in any alphabet. */
const WORDS =
	/[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200C\u200D]+/gu;

/** What the files of an order are called. */
export function namesFor(order: NamedOrder, { fileName = '', prompt }: OutputSettings): NameImage {
	const { tasks, count, line = '', chance, hide } = order;
	const placeInFormat = formatPlaces(order);
	const typed = typedName(hide(fileName));
	if (typed) {
		return (task, index, number) => {
			const place = placeInFormat(task, index);
			if (!place) return count > 1 ? numbered(typed, number + 1) : typed;
			const named = forFormat(typed, place.format);
			return place.of > 1 ? numbered(named, place.number + 1) : named;
		};
	}
	const [first] = tasks;
	const words = firstWords(hide(prompt ?? first?.asked?.prompt ?? '')) || firstWords(hide(line));
	if (words === '') return (task, index) => ({ stem: nameByTask(order, task, index) });
	const least = shortNumber(first?.id || line, chance);
	return (task, index, number) => {
		const place = placeInFormat(task, index);
		const own = numbered({ stem: words }, least + (place?.number ?? number));
		return place ? forFormat(own, place.format) : own;
	};
}

/** Which image of its format it is, from 0, and of how many. */
interface FormatPlace {
	/** As it stands in a file's name. */
	format: string;
	number: number;
	of: number;
}

/** Where several formats were made of one idea; undefined for any other image. */
function formatPlaces({
	tasks,
	formatName = '',
	hide,
}: NamedOrder): (task: ImageTask, index: number) => FormatPlace | undefined {
	const counts = new Map<string, number>();
	const places = new Map<ImageTask, { format: string; first: number }>();
	for (const task of tasks) {
		const format = formatWords(hide(task.asked?.format?.name ?? formatName));
		if (format === '') continue;
		const first = counts.get(format) ?? 0;
		counts.set(format, first + Math.max(1, task.images.length));
		places.set(task, { format, first });
	}
	return (task, index) => {
		const place = places.get(task);
		if (!place) return undefined;
		const { format, first } = place;
		return { format, number: first + index, of: counts.get(format)! };
	};
}

function formatWords(name: string): string {
	return trimmed(shortened(firstWords(name), MAX_FORMAT_BYTES), EDGE).toLowerCase();
}

function forFormat({ stem, ending }: FileName, format: string): FileName {
	return { stem: `${stem}-${format}`, ending };
}

/** What a person has typed, as a name; undefined where nothing of it can be in one. */
export function typedName(text: string): FileName | undefined {
	const { stem, ending } = splitEnding(text.trim());
	const safe = trimmed(shortened(plain(stem).replace(REFUSED, '-')), EDGE);
	if (safe === '') return undefined;
	const [device = ''] = safe.split('.');
	return { stem: DEVICE.test(device.trim()) ? `_${safe}` : safe, ending };
}

/** The first words of a text, with hyphens between them; an empty text where it has none. */
export function firstWords(text: string): string {
	const together = plain(text).replace(/(?<=\p{L})['’](?=\p{L})/gu, '');
	const words = (together.match(WORDS) ?? [])
		.map((word) => trimmed(word, EDGE))
		.filter((word) => word !== '')
		.slice(0, MAX_WORDS);
	while (words.length > 1 && bytesOf(words.join('-')) > MAX_BYTES) words.pop();
	return shortened(words.join('-'));
}

export function numbered({ stem, ending }: FileName, number: number): FileName {
	return { stem: `${stem}-${number}`, ending };
}

/** Named by its task, where nobody can tell what was asked for. The provider can't choose a path or an ending with its ID. */
function nameByTask({ provider, hide }: NamedOrder, { id }: ImageTask, index: number): string {
	// Without an id, chance keeps the pictures of one run from overwriting each other where they are saved.
	const origin = id === '' ? randomBytes(6).toString('hex') : id;
	return `${provider}-${hide(origin)
		.replace(/[^\w-]+/g, '_')
		.slice(0, 80)}-${index + 1}`;
}

/** The same for the same origin, so that a picture which is fetched again is called as before. */
function shortNumber(origin: string, chance: () => number): number {
	const part = origin === '' ? chance() : parseInt(digestOf(origin).slice(0, 8), 16) / 2 ** 32;
	return LEAST_NUMBER + Math.floor(part * NUMBERS);
}

/** Composed, in one line, and only what can be seen. */
function plain(text: string): string {
	return text
		.slice(0, MAX_CHARACTERS)
		.normalize('NFC')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.replace(UNSEEN, '');
}

/** No letter is cut from its marks, and no emoji into its parts, unless it alone is too long. */
function shortened(text: string, maxBytes = MAX_BYTES): string {
	if (bytesOf(text) <= maxBytes) return text;
	const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
	return begin(letters, maxBytes) || begin([...text], maxBytes);
}

function begin(parts: string[], maxBytes: number): string {
	let text = '';
	for (const part of parts) {
		if (bytesOf(text + part) > maxBytes) break;
		text += part;
	}
	return text;
}

function bytesOf(text: string): number {
	return Buffer.byteLength(text);
}
