// What came otherwise than it was asked for and may have been charged all the same: fewer images, or images of another
// size. Told once for all items of a run.
import type { ImageFacts, ImageTask } from '../../providers/contract';
import { hasSize } from '../../providers/limits/sizes';
import type { Connection } from '../connection';
import { addHint } from './hints';
import type { PipelineContext } from '../context';
import { createItemNotes } from './itemNotes';

/** More than these nobody reads. */
const MAX_TOLD = 5;
const MAX_SIZES_TOLD = 3;

/** What one item's tasks have brought. */
export interface Arrived {
	tasks: ImageTask[];
	/** How many images have come, whether they can be had or not. */
	count: number;
	/** Of the pictures that have been looked at: what they are, and what size was asked for. */
	pictures: Array<{ facts: ImageFacts; asked: string | undefined }>;
}

/** What differs from what was asked for, as sentences; an empty text where nothing does, or nobody knows. */
export function shortfallIn({ tasks, count, pictures }: Arrived, whose: string): string {
	return [
		missing(tasks, count, whose),
		...[...new Set(pictures.map(({ asked }) => asked))].map((asked) =>
			otherSize(
				asked,
				pictures.filter((picture) => picture.asked === asked).map(({ facts }) => facts),
				whose,
			),
		),
	]
		.filter((sentence) => sentence !== '')
		.join(' ');
}

function missing(tasks: ImageTask[], count: number, whose: string): string {
	// Not a number where one of them isn't known, and then nothing is less than it.
	const wanted = tasks.reduce((sum, { asked }) => sum + (asked?.count ?? Number.NaN), 0);
	if (!(count < wanted)) return '';
	const reasons = new Set(tasks.flatMap(({ failure }) => failure?.message || []));
	return [`Only ${count} of ${wanted} images of ${whose} arrived.`, ...reasons].join(' ');
}

function otherSize(asked: string | undefined, facts: ImageFacts[], whose: string): string {
	const others = facts.filter((each) => !hasSize(asked, each));
	if (others.length === 0) return '';
	const found = [...new Set(others.map(({ width, height }) => `${width} × ${height}`))];
	const sizes = found.slice(0, MAX_SIZES_TOLD).join(', ');
	const which =
		others.length === 1 && facts.length === 1
			? `The image of ${whose} has`
			: `${others.length} of ${facts.length} images of ${whose} have`;
	return `${which} ${sizes} pixels, not the size ${asked} that was asked for.`;
}

const noted = createItemNotes<string>();

/** To be told with `tellShortfalls`. */
export function noteShortfall(
	context: PipelineContext,
	itemIndex: number,
	shortfall: string,
): void {
	noted.add(context, itemIndex, shortfall);
}

/** What has been noted of an item; undefined where nothing was. */
export function notedShortfall(context: PipelineContext, itemIndex: number): string | undefined {
	const notes = noted.of(context, itemIndex);
	return notes.length > 0 ? notes.join(' ') : undefined;
}

/** Tells what has been noted for all items, in their order, with one hint. To be called when all of them are done. */
export function tellShortfalls(connection: Pick<Connection, 'context' | 'redact'>): void {
	const notes = noted.takeAll(connection.context);
	if (notes.length === 0) return;
	const told = notes.slice(0, MAX_TOLD);
	const more = notes.length - told.length;
	const others = `There are ${more} more with fewer images, or images of another size, than was asked for.`;
	addHint(connection, [...told, ...(more > 0 ? [others] : [])].join(' '));
}
