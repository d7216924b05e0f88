// Orders that the person has named and the provider had already, in this execution or another: it isn't ordered a second
// time, and a person learns that and why.
import type { Connection } from '../connection';
import type { PipelineContext } from '../context';
import { createItemNotes } from './itemNotes';
import { addHint } from './hints';

/** More than these nobody reads. */
const MAX_TOLD = 5;

/** An order that the provider had already. */
export interface Repeat {
	/** Its name. */
	provider: string;
	itemIndex: number;
	orderReference: string;
}

const repeats = createItemNotes<Repeat>();

/** To be told with `tellRepeats`. */
export function noteRepeat(context: PipelineContext, repeat: Repeat): void {
	repeats.add(context, repeat.itemIndex, repeat);
}

/** What a later run is to note again; undefined where its images hadn't been ordered before. */
export function notedRepeat(context: PipelineContext, itemIndex: number): Repeat | undefined {
	return repeats.of(context, itemIndex)[0];
}

/** Whether an item's images had been ordered before. */
export function isRepeated(context: PipelineContext, itemIndex: number): boolean {
	return notedRepeat(context, itemIndex) !== undefined;
}

/** To be called where its task had failed, so that the item gets another one. */
export function forgetRepeat(context: PipelineContext, itemIndex: number): void {
	repeats.forget(context, itemIndex);
}

/** Tells with one hint whose images have come that had been ordered before. To be called when all items are done. */
export function tellRepeats(connection: Pick<Connection, 'context' | 'redact'>): void {
	const inOrder = repeats.takeAll(connection.context);
	if (inOrder.length === 0) return;
	const [{ provider }] = inOrder as [Repeat];
	const names = [
		...new Set(
			inOrder.map(({ itemIndex, orderReference }) => `"${orderReference}" (item ${itemIndex})`),
		),
	];
	const more = names.length > MAX_TOLD ? ` and ${names.length - MAX_TOLD} more` : '';
	addHint(
		connection,
		`${provider} had an order under ${names.slice(0, MAX_TOLD).join(', ')}${more} already. It gave that order's task again: nothing was ordered or charged a second time. To order anew, enter a reference that has not been used.`,
	);
}
