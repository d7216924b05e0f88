// What a person was told of an item: n8n drops it with a run that fails or waits, so it is kept with the item, and told
// again by the next one.
import type { Connection } from '../connection';
import { addHint, hintsOf } from './hints';
import { notedRepeat, noteRepeat, type Repeat } from './repeats';
import { notedShortfall, noteShortfall } from './shortfalls';
import { notedSpending, noteSpending, type Spending } from './spending';

/** Without secrets, and as JSON. */
export interface Told {
	hints?: string[];
	/** Of fewer or other images than were asked for, which is told for all items at once. */
	shortfall?: string;
	/** What its images cost. */
	spending?: Spending;
	/** Where its images had been ordered before. */
	repeat?: Repeat;
}

type Teller = Pick<Connection, 'context' | 'redact'>;

export function toldOf({ context, redact }: Teller, itemIndex: number): Told {
	const hints = hintsOf(context, itemIndex);
	const shortfall = notedShortfall(context, itemIndex);
	const spending = notedSpending(context, itemIndex);
	const repeat = notedRepeat(context, itemIndex);
	return {
		...(hints.length > 0 && { hints }),
		...(shortfall !== undefined && { shortfall: redact.text(shortfall) }),
		...(spending && { spending }),
		...(repeat && { repeat: redact.value(repeat) }),
	};
}

export function tellAgain(
	teller: Teller,
	itemIndex: number,
	{ hints = [], shortfall, spending, repeat }: Told,
): void {
	const { context } = teller;
	for (const hint of hints) addHint(teller, hint, itemIndex);
	if (shortfall !== undefined) noteShortfall(context, itemIndex, shortfall);
	if (spending) noteSpending(context, itemIndex, spending, true);
	if (repeat) noteRepeat(context, repeat);
}
