// What is noted of the items of an execution until it is told at its end. A new process has nothing to tell of an older one.
import type { PipelineContext } from '../context';

export interface ItemNotes<Note> {
	add(context: PipelineContext, itemIndex: number, note: Note): void;
	/** An item's, in the order in which they were noted. */
	of(context: PipelineContext, itemIndex: number): readonly Note[];
	forget(context: PipelineContext, itemIndex: number): void;
	/** Those of all items, in the items' order. They are forgotten with that. */
	takeAll(context: PipelineContext): Note[];
}

/** Each item's notes lie by themselves, so that ten thousand items look through no long list. */
export function createItemNotes<Note>(): ItemNotes<Note> {
	const noted = new WeakMap<PipelineContext, Map<number, Note[]>>();
	return {
		add: (context, itemIndex, note) => {
			const byItem = noted.get(context) ?? new Map<number, Note[]>();
			noted.set(context, byItem.set(itemIndex, [...(byItem.get(itemIndex) ?? []), note]));
		},
		of: (context, itemIndex) => noted.get(context)?.get(itemIndex) ?? [],
		forget: (context, itemIndex) => void noted.get(context)?.delete(itemIndex),
		takeAll: (context) => {
			const byItem = [...(noted.get(context) ?? [])];
			noted.delete(context);
			return byItem.sort(([a], [b]) => a - b).flatMap(([, notes]) => notes);
		},
	};
}
