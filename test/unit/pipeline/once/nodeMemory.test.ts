// n8n's memory of the node: what this version has written is found again, what an earlier one has written is understood.
import type { IExecuteFunctions } from 'n8n-workflow';

import {
	keepSuspended,
	memoryOf,
	recallSuspended,
	suspendedExpression,
} from '../../../../pipeline/once/nodeMemory';

/** As much of n8n's context as keeps the memory. What n8n saves comes back as JSON. */
function contextWith(saved: object): IExecuteFunctions {
	const memory = JSON.parse(JSON.stringify(saved)) as object;
	return { getContext: () => memory } as unknown as IExecuteFunctions;
}

const EMPTY = { version: 1, creates: {}, failedToolRuns: {} };
const output = [{ json: { taskId: 'task-1' }, pairedItem: { item: 0 } }];
const image = { url: 'https://files.test/1.png' };

const itemsOf = (items: object[]) => ({
	runIndex: 1,
	items: { 0: { wanted: 'digest', output: items } },
});

/** A whole record as the package wrote it before it had a version. */
const UNVERSIONED = {
	firstExecution: '17',
	startedTasks: { key1: 'task-1' },
	finishedTasks: { key2: { model: 'm', images: [image], expiresAt: '2026-11-28T12:00:00.000Z' } },
	unknownCreates: ['key3'],
	failedToolRuns: { wish: [0, 2] },
	finishedItems: { runIndex: 1, items: { 0: { wanted: 'digest', output } } },
};

it('is empty at first', () => {
	expect(memoryOf(contextWith({}))).toEqual(EMPTY);
});

it('keeps what is written into it', () => {
	const saved: Record<string, unknown> = {};
	const context = { getContext: () => saved } as unknown as IExecuteFunctions;
	memoryOf(context).creates.key = { state: 'started', taskId: 'task-1' };
	const again = contextWith(saved);
	expect(memoryOf(again).creates).toEqual({ key: { state: 'started', taskId: 'task-1' } });
});

it('understands what was written before it had a version', () => {
	expect(memoryOf(contextWith(UNVERSIONED))).toEqual({
		version: 1,
		firstExecution: '17',
		creates: {
			key1: { state: 'started', taskId: 'task-1' },
			key2: { state: 'finished', task: UNVERSIONED.finishedTasks.key2, files: {}, lost: {} },
			key3: { state: 'unknown' },
		},
		failedToolRuns: { wish: [0, 2] },
		finishedItems: UNVERSIONED.finishedItems,
	});
});

it('leaves what belongs to others where it is', () => {
	const saved = { suspension: '{}', ...UNVERSIONED };
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

test.each<[string, object]>([
	['startedTasks', { startedTasks: { key: 5 } }],
	['startedTasks as a list', { startedTasks: ['task-1'] }],
	['finishedTasks', { finishedTasks: { key: { images: 'none' } } }],
	['unknownCreates', { unknownCreates: { key: true } }],
	['failedToolRuns', { failedToolRuns: { wish: 'first' } }],
	['finishedItems', { finishedItems: [output] }],
	['finishedItems without rows', { finishedItems: itemsOf([{ pairedItem: { item: 0 } }]) }],
	['finishedItems with texts for rows', { finishedItems: itemsOf([{ json: 'row' }]) }],
	[
		'finishedItems without what was wanted',
		{ finishedItems: { runIndex: 1, items: { 0: { output } } } },
	],
	['finishedItems of no run', { finishedItems: { ...itemsOf(output), runIndex: 'first' } }],
	['firstExecution', { firstExecution: 17 }],
])('%s in another form than of then is ignored, and the rest is not', (_field, damaged) => {
	const memory = memoryOf(contextWith({ ...UNVERSIONED, ...damaged }));
	const isFirstExecution = 'firstExecution' in damaged;
	expect(memory.firstExecution).toBe(isFirstExecution ? undefined : '17');
	if (isFirstExecution) expect(memory.failedToolRuns).toEqual({ wish: [0, 2] });
	expect(Object.keys(memory.creates)).not.toContain('key');
	expect(memory.finishedItems).toEqual(
		'finishedItems' in damaged ? undefined : UNVERSIONED.finishedItems,
	);
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
