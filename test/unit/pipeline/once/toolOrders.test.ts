// What an AI agent may order in one execution: its calls count together, each order once, and what surely wasn't done not.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { CreateState } from '../../../../pipeline/once/nodeMemory';
import type { SpendingLimits } from '../../../../pipeline/once/spendingLimits';
import {
	releaseUnsent,
	reserveToolOrder,
	type ToolOrder,
} from '../../../../pipeline/once/toolOrders';
import { failureIn } from '../../../../pipeline/result';
import { requestWith } from '../../providers/support';

let saved: Record<string, unknown>;
beforeEach(() => (saved = {}));

const contextIn = (execution: string) =>
	({ getContext: () => saved, getExecutionId: () => execution }) as unknown as IExecuteFunctions;
const context = contextIn('17');

const keep = (key: string, create: CreateState) => {
	saved.imagegen ??= { version: 1, creates: {}, failedToolRuns: {} };
	(saved.imagegen as { creates: Record<string, CreateState> }).creates[key] = create;
};

const orderOf = (key: string, images: number, dollars?: number): ToolOrder => ({
	key,
	images,
	estimate: dollars === undefined ? undefined : { min: dollars, max: dollars },
});

const TEN: SpendingLimits = { maximumImages: 10, allowUnknownPrices: false };
const ONE_DOLLAR: SpendingLimits = { ...TEN, maximumImages: 100, maximumCost: 1 };

/** Undefined where it is allowed. */
function refusalOf(limits: SpendingLimits, orders: ToolOrder[], where = context) {
	try {
		reserveToolOrder(where, limits, orders);
		return undefined;
	} catch (error) {
		return failureIn(error as Error)?.details;
	}
}

/** An agent reads nothing but the message. */
const STOP =
	'Nothing was sent. Do not call this tool again in this run: tell the person what happened.';

it('counts the images of all calls together', () => {
	expect(refusalOf(TEN, [orderOf('a', 4), orderOf('b', 3)])).toBeUndefined();
	const refusal = refusalOf(TEN, [orderOf('c', 4)]);
	expect(refusal).toEqual({
		kind: 'costLimit',
		message: `The limit of 10 images for one run of this workflow is reached: 7 images were ordered before, and this call asks for 4 more. ${STOP} The person can raise Maximum Images per Execution in the Options of this tool.`,
		advice: 'Raise Maximum Images per Execution in the Options of this tool.',
		nothingSent: true,
	});
	expect(refusalOf(TEN, [orderOf('c', 3)])).toBeUndefined();
});

it('counts nothing of what was refused', () => {
	expect(refusalOf(TEN, [orderOf('a', 11)])).toBeDefined();
	expect(refusalOf(TEN, [orderOf('a', 10)])).toBeUndefined();
});

it('counts an order once that is placed again', () => {
	expect(refusalOf(TEN, [orderOf('a', 8)])).toBeUndefined();
	expect(refusalOf(TEN, [orderOf('a', 8)])).toBeUndefined();
	expect(refusalOf(TEN, [orderOf('a', 8), orderOf('b', 2)])).toBeUndefined();
	expect(refusalOf(TEN, [orderOf('b', 2), orderOf('c', 1)])).toBeDefined();
});

it('counts nothing for what an earlier try has sent', () => {
	keep('a', { state: 'started', taskId: 'task-1' });
	expect(refusalOf(TEN, [orderOf('a', 30)])).toBeUndefined();
	expect(refusalOf(TEN, [orderOf('b', 10)])).toBeUndefined();
});

it('begins anew in another execution, as Retry makes one', () => {
	expect(refusalOf(TEN, [orderOf('a', 10)])).toBeUndefined();
	expect(refusalOf(TEN, [orderOf('b', 10)], contextIn('18'))).toBeUndefined();
	expect(refusalOf(TEN, [orderOf('c', 1)], contextIn('18'))).toBeDefined();
});

describe('a limit of costs', () => {
	it('holds for all calls together', () => {
		expect(refusalOf(ONE_DOLLAR, [orderOf('a', 1, 0.3), orderOf('b', 1, 0.4)])).toBeUndefined();
		const refusal = refusalOf(ONE_DOLLAR, [orderOf('c', 1, 0.2), orderOf('d', 1, 0.2)]);
		expect(refusal).toEqual({
			kind: 'costLimit',
			message: `The Maximum Cost of $1.00 for one run of this workflow is reached: up to $0.70 were ordered before, and this call may cost up to $0.40 more. ${STOP} The person can raise Maximum Cost in the Options of this tool.`,
			advice: 'Raise Maximum Cost in the Options of this tool.',
			nothingSent: true,
		});
		expect(refusalOf(ONE_DOLLAR, [orderOf('c', 1, 0.3)])).toBeUndefined();
	});

	it('refuses what has no known price, unless that is allowed', () => {
		const unknown = [orderOf('a', 1, 0.3), orderOf('b', 1)];
		expect(refusalOf(ONE_DOLLAR, unknown)).toEqual({
			kind: 'costLimit',
			message: `The price of this call isn't known, so that nobody can tell whether the Maximum Cost of $1.00 is kept. ${STOP} The person can turn on Allow Unknown Prices in the Options of this tool.`,
			advice:
				'Choose a model with a known price, enter your own prices in the credential, or turn on Allow Unknown Prices in the Options of this tool.',
			nothingSent: true,
		});
		expect(refusalOf({ ...ONE_DOLLAR, allowUnknownPrices: true }, unknown)).toBeUndefined();
		// What isn't known counts as nothing.
		expect(refusalOf(ONE_DOLLAR, [orderOf('c', 1, 0.7)])).toBeUndefined();
		expect(refusalOf(ONE_DOLLAR, [orderOf('d', 1, 0.1)])).toBeDefined();
	});

	it('asks for no price where there is none', () => {
		expect(refusalOf(TEN, [orderOf('a', 1)])).toBeUndefined();
	});
});

describe('a call that has failed', () => {
	test.each<[string, CreateState | undefined, boolean]>([
		['sent nothing', undefined, false],
		[
			'has only prepared its request',
			{ state: 'prepared', request: requestWith({}), at: 0 },
			false,
		],
		['may have started something', { state: 'unknown' }, true],
		['has started a task', { state: 'started', taskId: 'task-1' }, true],
	])('and %s', (_what, create, counts) => {
		reserveToolOrder(context, TEN, [orderOf('a', 10)]);
		if (create) keep('a', create);
		releaseUnsent(context, ['a', 'of another call']);
		expect(refusalOf(TEN, [orderOf('b', 1)]) !== undefined).toBe(counts);
	});

	it('leaves no trace in a node that is no tool', () => {
		releaseUnsent(context, ['a']);
		expect(saved.imagegen ?? {}).not.toHaveProperty('toolOrders');
	});
});
