// Hints under a node's output: how they are shown, without secrets, and which are kept for a later try.
import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import { addHint, addNote, hintsOf } from '../../../../pipeline/told/hints';
import { createRedactor } from '../../../../pipeline/secrets/redactor';

function execution(hasHints = true) {
	const hints: NodeExecutionHint[] = [];
	const addExecutionHints = (...more: NodeExecutionHint[]) => hints.push(...more);
	const context = (hasHints ? { addExecutionHints } : {}) as unknown as IExecuteFunctions;
	return { context, redact: createRedactor(['sk-secret']), hints };
}

test('a hint is a warning, and a note is none; both are without secrets', () => {
	const run = execution();
	addHint(run, 'One of sk-secret.');
	addNote(run, 'Two of sk-secret.');
	expect(run.hints).toEqual([
		{ message: 'One of •••.', location: 'outputPane', type: 'warning' },
		{ message: 'Two of •••.', location: 'outputPane', type: 'info' },
	]);
});

test('those of an item are kept as they were shown, and no others', () => {
	const run = execution();
	addHint(run, 'Of all.');
	addHint(run, 'First of sk-secret.', 0);
	addHint(run, 'Second.', 0);
	addNote(run, 'A note.');
	expect(hintsOf(run.context, 0)).toEqual(['First of •••.', 'Second.']);
	expect(hintsOf(run.context, 1)).toEqual([]);
});

test('the same one is shown once, and kept once with each item', () => {
	const run = execution();
	for (const item of [0, 1, 0]) addHint(run, 'Cut off, sk-secret.', item);
	expect(run.hints.map(({ message }) => message)).toEqual(['Cut off, •••.']);
	expect([0, 1].map((item) => hintsOf(run.context, item))).toEqual([
		['Cut off, •••.'],
		['Cut off, •••.'],
	]);
	const next = execution();
	addHint(next, 'Cut off, sk-secret.');
	expect(next.hints).toHaveLength(1);
});

test('what is taken of them changes nothing', () => {
	const run = execution();
	addHint(run, 'First.', 0);
	hintsOf(run.context, 0).push('Mine.');
	expect(hintsOf(run.context, 0)).toEqual(['First.']);
});

test('an n8n without hints shows none; what is told of an item is kept all the same, for the item itself', () => {
	const run = execution(false);
	addHint(run, 'First.', 0);
	addNote(run, 'A note.');
	expect(hintsOf(run.context, 0)).toEqual(['First.']);
});
