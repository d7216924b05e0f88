// n8n's memory of the node: what this version has written is found again, and what another has written is ignored.
import type { IExecuteFunctions } from 'n8n-workflow';

import {
	keepSuspended,
	memoryOf,
	type KeptCreate,
	recallSuspended,
	suspendedExpression,
} from '../../../../pipeline/once/nodeMemory';

/** As much of n8n's context as keeps the memory. What n8n saves comes back as JSON. */
function contextWith(saved: object): IExecuteFunctions {
	const memory = JSON.parse(JSON.stringify(saved)) as object;
	return { getContext: () => memory } as unknown as IExecuteFunctions;
}

const EMPTY = { version: 1, creates: {}, failedToolRuns: {} };

it('is empty at first', () => {
	expect(memoryOf(contextWith({}))).toEqual(EMPTY);
});

it('keeps what is written into it', () => {
	const saved: Record<string, unknown> = {};
	const context = { getContext: () => saved } as unknown as IExecuteFunctions;
	const create: KeptCreate = { state: 'started', taskId: 'task-1', run: 0, itemIndex: 3 };
	memoryOf(context).creates.key = create;
	const again = contextWith(saved);
	expect(memoryOf(again).creates).toEqual({ key: create });
});

it('leaves what belongs to others where it is', () => {
	const saved = { suspension: '{}' };
	memoryOf({ getContext: () => saved } as unknown as IExecuteFunctions);
	expect(Object.keys(saved).sort()).toEqual(['imagegen', 'suspension']);
	expect(saved.suspension).toBe('{}');
});

test.each<[string, object]>([
	['a later version', { imagegen: { version: 2, creates: { key: 'task-1' } } }],
	['no record at all', { imagegen: 'version 1' }],
	['nothing', { imagegen: null }],
])('%s is ignored', (_what, saved) => {
	expect(memoryOf(contextWith(saved))).toEqual(EMPTY);
});

describe('what the node waits for while its execution is suspended', () => {
	it('is kept beside the rest, until it is forgotten', () => {
		const saved: Record<string, unknown> = { imagegen: EMPTY };
		const context = { getContext: () => saved } as unknown as IExecuteFunctions;
		expect(recallSuspended(context)).toBeUndefined();
		keepSuspended(context, '{"tasks":1}');
		expect(saved).toEqual({ imagegen: EMPTY, suspension: '{"tasks":1}' });
		expect(recallSuspended(context)).toBe('{"tasks":1}');
		keepSuspended(context, undefined);
		expect(saved).toStrictEqual({ imagegen: EMPTY });
	});

	test.each([
		['EvoLink', '{{ $node["EvoLink"].context.suspension }}'],
		['Say "hi"', '{{ $node["Say \\"hi\\""].context.suspension }}'],
		[
			'{{ $json }} {}',
			'{{ $node["\\u007b\\u007b $json \\u007d\\u007d \\u007b\\u007d"].context.suspension }}',
		],
	])('is found by an expression for a node called %s', (name, expression) => {
		expect(suspendedExpression(name)).toBe(expression);
	});
});
