// Before any item of a run is worked on: whether all of them together keep to the Maximum Cost.
import { createBill, isToolRun, unsentParts } from '../../../pipeline/once';
import { failureIn, resultOf } from '../../../pipeline/result';
import type { Execution } from '../../../pipeline/session';
import type { ItemOperation } from './operations';

/**
 * Undefined where there is nothing to keep to. An agent's calls are held against their limits one by one, each when it
 * is about to order.
 */
export function keepsToLimits<Session>(
	{ price }: Pick<ItemOperation<Session>, 'price'>,
	session: Session,
	{ context, spending }: Execution,
): ((itemIndexes: number[]) => Promise<void>) | undefined {
	const { maximumCost } = spending;
	if (!price || maximumCost === undefined || isToolRun(context)) return undefined;
	return async (itemIndexes) => {
		const bill = createBill(maximumCost, spending);
		for (const itemIndex of itemIndexes) {
			const order = await resultOf(price(session, itemIndex));
			// What the order would be refused for is told when its turn comes: nothing is sent then, either.
			if (!order.ok && failureIn(order.error)?.details.kind === 'badInput') continue;
			if (!order.ok) throw order.error;
			const { parts, orderedFrom: provider } = order.value;
			bill.add(itemIndex, order.value, unsentParts(context, itemIndex, parts, { provider, parts }));
		}
		bill.check();
	};
}
