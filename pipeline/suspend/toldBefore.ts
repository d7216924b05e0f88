// What a person was told of the items when their tasks were started: n8n drops what it has shown while the execution
// waited, so it is kept with each item, and told again when the execution goes on.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../connection';
import { addHint, itemHintsOf } from '../once/itemHints';
import { notedRepeat, noteRepeat } from '../once/orderedBefore';
import type { SuspendedItem, Suspension } from './suspension';

/** The items with what was told of each. */
export function withTold(
	{ context, redact }: Connection<IExecuteFunctions>,
	items: SuspendedItem[],
): SuspendedItem[] {
	return items.map((item, itemIndex) => {
		const hints = itemHintsOf(context, itemIndex);
		const repeat = notedRepeat(context, itemIndex);
		return {
			...item,
			...(hints.length > 0 && { hints }),
			...(repeat && { repeat: redact.value(repeat) }),
		};
	});
}

export function tellAgain(connection: Connection<IExecuteFunctions>, { items }: Suspension): void {
	for (const [itemIndex, { hints = [], repeat }] of items.entries()) {
		for (const hint of hints) addHint(connection, hint, itemIndex);
		if (repeat) noteRepeat(connection.context, repeat);
	}
}
