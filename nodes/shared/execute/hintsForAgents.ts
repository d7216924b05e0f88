// What an AI agent must know of its order: it sees the items, and none of n8n's hints.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Redactor } from '../../../pipeline/session';
import { toldOf } from '../../../pipeline/told';

/** The items, with what was told of each input item on the first one that came of it. */
export function withHints(
	context: IExecuteFunctions,
	redact: Redactor,
	items: INodeExecutionData[],
): INodeExecutionData[] {
	const seen = new Set<number>();
	return items.map((item) => {
		const { pairedItem } = item;
		const from = typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : 0;
		if (seen.has(from)) return item;
		seen.add(from);
		const { hints = [], shortfall } = toldOf({ context, redact }, from);
		const hint = [...hints, shortfall].filter(Boolean).join(' ');
		return hint === '' ? item : { ...item, json: { ...item.json, hint } };
	});
}
