// What became of the requests that are paid for: found by item and by key, and never by looking through those of all items.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../../../../pipeline/connection';
import {
	createsOf,
	forgetCreatesOf,
	forgetPreparedOf,
	hasCreates,
	keepCreate,
	keepOutcome,
	recallCreate,
} from '../../../../pipeline/once/keptCreates';
import type { KeptCreate } from '../../../../pipeline/once/nodeMemory';
import { createRedactor } from '../../../../pipeline/secrets/redactor';
import { requestWith } from '../../providers/support';

type Creates = Record<string, KeptCreate>;

const RUN = 2;
const NO_KEYS: ReadonlySet<string> = new Set();

/** As much of n8n's context as keeps the creates, in the node's third run. */
function contextWith(creates: Creates): IExecuteFunctions {
	const memory = { imagegen: { version: 1, creates, failedToolRuns: {} } };
	return {
		getContext: () => memory,
		getWorkflowDataProxy: () => ({ $runIndex: RUN }),
	} as unknown as IExecuteFunctions;
}

function connectionWith(context: IExecuteFunctions): Connection<IExecuteFunctions> {
	return { context, redact: createRedactor([]) } as unknown as Connection<IExecuteFunctions>;
}

const unknown = (itemIndex: number, run = RUN): KeptCreate => ({
	state: 'unknown',
	run,
	itemIndex,
});
const placeOf = (key: string, itemIndex: number) => ({
	memoryKey: key,
	idempotencyKey: key,
	itemIndex,
});

test('an item has its own creates of this run, and those of its keys', () => {
	const kept = { a: unknown(0), b: unknown(1), earlier: unknown(0, 1), named: unknown(7, 0) };
	const context = contextWith(kept);
	expect(createsOf(context, 0, NO_KEYS)).toEqual([kept.a]);
	expect(createsOf(context, 1, new Set(['named', 'b', 'gone']))).toEqual([kept.b, kept.named]);
	expect(createsOf(context, 5, NO_KEYS)).toEqual([]);
});

test('what is kept is found, in its latest state, until it is forgotten', () => {
	const context = contextWith({ earlier: unknown(3, 0) });
	const connection = connectionWith(context);
	keepCreate(connection, placeOf('a', 3), { state: 'sent' });
	keepCreate(connection, placeOf('b', 3), { state: 'sent' });
	keepCreate(connection, placeOf('c', 4), { state: 'prepared', request: requestWith({}), at: 0 });
	keepOutcome(connection, placeOf('a', 3), { state: 'started', taskId: 'task-1' });
	keepOutcome(connection, placeOf('b', 3), undefined);
	const started = { state: 'started', taskId: 'task-1', run: RUN, itemIndex: 3 };
	expect(createsOf(context, 3, NO_KEYS)).toEqual([started]);

	forgetPreparedOf(context, new Set([3, 4]));
	expect(createsOf(context, 3, NO_KEYS)).toEqual([started]);
	expect(recallCreate(context, 'c')).toBeUndefined();
	forgetCreatesOf(context, new Set([3, 4]));
	expect(createsOf(context, 3, NO_KEYS)).toEqual([]);
	expect(recallCreate(context, 'earlier')).toEqual(unknown(3, 0));
});

test('what is kept anew for another item is no longer of the one before', () => {
	const context = contextWith({ a: unknown(3) });
	expect(createsOf(context, 3, NO_KEYS)).toEqual([unknown(3)]);
	keepCreate(connectionWith(context), placeOf('a', 4), { state: 'sent' });
	expect(createsOf(context, 3, NO_KEYS)).toEqual([]);
	expect(createsOf(context, 4, NO_KEYS)).toEqual([{ state: 'sent', run: RUN, itemIndex: 4 }]);
	forgetCreatesOf(context, new Set([3]));
	expect(recallCreate(context, 'a')).toBeDefined();
});

test('there are creates as long as one is left', () => {
	expect(hasCreates(contextWith({}))).toBe(false);
	const context = contextWith({ a: unknown(0) });
	expect(hasCreates(context)).toBe(true);
	forgetCreatesOf(context, new Set([0]));
	expect(hasCreates(context)).toBe(false);
});

test.each([
	['found', (context: IExecuteFunctions, item: number) => createsOf(context, item, NO_KEYS)],
	['counted', (context: IExecuteFunctions) => hasCreates(context)],
	[
		'forgotten',
		(context: IExecuteFunctions, item: number) => forgetCreatesOf(context, new Set([item])),
	],
])('those of a thousand items are %s without looking at all for each', (_how, work) => {
	const items = 1000;
	let looks = 0;
	const creates: Creates = Object.fromEntries(
		Array.from({ length: items }, (_none, item) => [`key-${item}`, unknown(item)]),
	);
	const watched = new Proxy(creates, {
		get: (target, key: string) => {
			looks += 1;
			return target[key];
		},
		ownKeys: (target) => {
			looks += Object.keys(target).length;
			return Reflect.ownKeys(target);
		},
	});
	const context = contextWith(watched);
	for (let item = 0; item < items; item += 1) work(context, item);
	expect(looks).toBeLessThanOrEqual(10 * items);
});
