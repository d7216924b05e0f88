// What differs between the places that n8n runs our code in.
import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { cancelSignalOf, runIndexOf, throwIfCancelled } from '../../../pipeline/context';
import { failureOf } from '../providers/support';

it('knows that an execution was cancelled where n8n tells it', () => {
	const { signal } = new AbortController();
	const executing = { getExecutionCancelSignal: () => signal } as unknown as IExecuteFunctions;
	expect(cancelSignalOf(executing)).toBe(signal);
	expect(cancelSignalOf({} as IWebhookFunctions)).toBeUndefined();
});

it('goes on unless the execution was cancelled', () => {
	expect(() => throwIfCancelled()).not.toThrow();
	expect(() => throwIfCancelled(new AbortController().signal)).not.toThrow();
	expect(failureOf(() => throwIfCancelled(AbortSignal.abort()))).toEqual({
		kind: 'cancelled',
		message: 'The execution was canceled.',
		advice: 'Tasks that were already started go on at the provider.',
	});
});

test.each<[string, object, number, number]>([
	['the first, where n8n doesn’t count', {}, 0, 0],
	['the first', { $runIndex: 0 }, 0, 0],
	['a later one', { $runIndex: 3 }, 2, 3],
])('a node’s run is %s', (_what, proxy, itemIndex, runIndex) => {
	const items: number[] = [];
	const context = {
		getWorkflowDataProxy: (item: number) => {
			items.push(item);
			return proxy;
		},
	} as unknown as IExecuteFunctions;
	expect([runIndexOf(context, itemIndex), items]).toEqual([runIndex, [itemIndex]]);
});
