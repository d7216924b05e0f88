// What is noted of items: found for each of them, taken once in their order, and apart for each execution.
import type { PipelineContext } from '../../../../pipeline/context';
import { createItemNotes } from '../../../../pipeline/told/itemNotes';

const anExecution = () => ({}) as PipelineContext;

test('each item has its own, in the order in which they were noted', () => {
	const notes = createItemNotes<string>();
	const context = anExecution();
	notes.add(context, 1, 'first of 1');
	notes.add(context, 0, 'first of 0');
	notes.add(context, 1, 'second of 1');
	expect(notes.of(context, 1)).toEqual(['first of 1', 'second of 1']);
	expect(notes.of(context, 2)).toEqual([]);
	expect(notes.of(anExecution(), 1)).toEqual([]);
});

test('all are taken once, in the order of the items', () => {
	const notes = createItemNotes<string>();
	const context = anExecution();
	for (const item of [10, 2, 1]) notes.add(context, item, `of ${item}`);
	notes.add(context, 2, 'of 2 again');
	notes.forget(context, 1);
	expect(notes.takeAll(context)).toEqual(['of 2', 'of 2 again', 'of 10']);
	expect(notes.takeAll(context)).toEqual([]);
});
