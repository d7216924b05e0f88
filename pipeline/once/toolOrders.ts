// What an AI agent has ordered with the node in one execution: each of its calls is a run of its own, so that the limits
// are held against all of them together. What is ordered is marked before anything is awaited, as calls may go on at once.
import type { IExecuteFunctions } from 'n8n-workflow';

import { counted } from '../../providers/counted';
import { inDollars, type PricedPart } from '../../providers/limits/orderPrice';
import { memoryOf, type ToolOrders } from './nodeMemory';
import { costLimit, isAbove, isSent, type SpendingLimits } from './spendingLimits';

export interface ToolOrder extends PricedPart {
	/** Its idempotency key. */
	key: string;
}

const STOP =
	'Nothing was sent. Do not call this tool again in this run: tell the person what happened.';

/**
 * Marks an agent's order as made. Throws when it would be more than is allowed; the words are for the agent, which reads
 * nothing but the message. What an earlier call has started is taken up, and doesn't count a second time.
 */
export function reserveToolOrder(
	context: IExecuteFunctions,
	{ maximumImages, maximumCost, allowUnknownPrices }: SpendingLimits,
	orders: readonly ToolOrder[],
): void {
	const { byKey } = ordersOf(context);
	const added = orders.filter(({ key }) => !byKey[key] && !isSent(context, key));
	if (added.length === 0) return;
	const before = Object.values(byKey);
	const ordered = before.reduce((sum, { images }) => sum + images, 0);
	const wanted = added.reduce((sum, { images }) => sum + images, 0);
	if (ordered + wanted > maximumImages) {
		throw costLimit(
			`The limit of ${counted(maximumImages, 'image')} for one run of this workflow is reached: ${counted(ordered, 'image')} were ordered before, and this call asks for ${wanted} more. ${STOP} The person can raise Maximum Images per Execution in the Options of this tool.`,
			'Raise Maximum Images per Execution in the Options of this tool.',
		);
	}
	if (maximumCost !== undefined) {
		const spent = before.reduce((sum, { max }) => sum + max, 0);
		const unknown = added.some(({ estimate }) => estimate === undefined);
		const cost = added.reduce((sum, { estimate }) => sum + (estimate?.max ?? 0), 0);
		if (isAbove(spent + cost, maximumCost)) {
			throw costLimit(
				`The Maximum Cost of ${inDollars(maximumCost)} for one run of this workflow is reached: up to ${inDollars(spent)} were ordered before, and this call may cost up to ${inDollars(cost)} more. ${STOP} The person can raise Maximum Cost in the Options of this tool.`,
				'Raise Maximum Cost in the Options of this tool.',
			);
		}
		if (unknown && !allowUnknownPrices) {
			throw costLimit(
				`The price of this call isn't known, so that nobody can tell whether the Maximum Cost of ${inDollars(maximumCost)} is kept. ${STOP} The person can turn on Allow Unknown Prices in the Options of this tool.`,
				'Choose a model with a known price, enter your own prices in the credential, or turn on Allow Unknown Prices in the Options of this tool.',
			);
		}
	}
	for (const { key, images, estimate } of added) byKey[key] = { images, max: estimate?.max ?? 0 };
}

/** To be told when a call has ended: what surely wasn't done doesn't count. */
export function releaseUnsent(context: IExecuteFunctions, keys: Iterable<string>): void {
	const byKey = memoryOf(context).toolOrders?.byKey;
	if (!byKey) return;
	for (const key of keys) if (!isSent(context, key)) delete byKey[key];
}

/** Retry makes another execution of a failed one, with the memory of that: its agent begins anew. */
function ordersOf(context: IExecuteFunctions): ToolOrders {
	const memory = memoryOf(context);
	const execution = context.getExecutionId();
	if (memory.toolOrders?.execution !== execution) {
		memory.toolOrders = { execution, byKey: {} };
	}
	return memory.toolOrders!;
}
