// What differs between the places that n8n runs our code in.
import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { cancelSignalOf, isToolRun, runIndexOf, throwIfCancelled } from '../../../pipeline/context';
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

test.each<[string, object, number]>([
	['the first, where n8n doesn’t count', {}, 0],
	['the first', { $runIndex: 0 }, 0],
	['a later one', { $runIndex: 3 }, 3],
])('a node’s run is %s, and n8n is asked for it once', (_what, proxy, runIndex) => {
	const items: number[] = [];
	const context = {
		getWorkflowDataProxy: (item: number) => {
			items.push(item);
			return proxy;
		},
	} as unknown as IExecuteFunctions;
	expect([runIndexOf(context), runIndexOf(context), items]).toEqual([runIndex, runIndex, [0]]);
});

const NODE = 'n8n-nodes-imagegen.evoLink';
const TOOL = 'n8n-nodes-imagegen.evoLinkTool';

test.each<[boolean, string, string, boolean | undefined]>([
	[false, 'in a workflow', NODE, false],
	[false, 'in an n8n that says nothing', NODE, undefined],
	[true, 'inside an agent', NODE, true],
	[true, "under a tool's name", TOOL, false],
	[true, "under a tool's name in an n8n that says nothing", TOOL, undefined],
])('whether it is a tool is %s %s', (expected, _rule, type, told) => {
	const context = {
		...(told !== undefined && { isToolExecution: () => told }),
		getNode: () => ({ type }),
	} as unknown as IExecuteFunctions;
	expect(isToolRun(context)).toBe(expected);
});
