// Orders that the person has named and the provider had already: how that is told.
import {
	forgetRepeat,
	isRepeated,
	notedRepeat,
	noteRepeat,
	tellRepeats,
} from '../../../../pipeline/told/repeats';
import { connectionIn, nodeInMemory, SECRET } from '../once/inMemory';

describe('what has been ordered before', () => {
	const note = (...items: number[]) => {
		const node = nodeInMemory();
		const context = node.begin();
		for (const itemIndex of items) {
			noteRepeat(context, { provider: 'EvoLink', itemIndex, orderReference: `row ${itemIndex}` });
		}
		return { node, context };
	};

	it('is known of an item until it gets another task', () => {
		const { context } = note(1, 2);
		expect([0, 1, 2].map((item) => isRepeated(context, item))).toEqual([false, true, true]);
		expect(notedRepeat(context, 0)).toBeUndefined();
		expect(notedRepeat(context, 1)).toEqual({
			provider: 'EvoLink',
			itemIndex: 1,
			orderReference: 'row 1',
		});
		forgetRepeat(context, 1);
		expect([0, 1, 2].map((item) => isRepeated(context, item))).toEqual([false, false, true]);
	});

	it('is nothing where nothing was noted', () => {
		const { context, node } = note();
		forgetRepeat(context, 0);
		expect(isRepeated(context, 0)).toBe(false);
		tellRepeats(connectionIn(context));
		expect(node.hints).toEqual([]);
	});

	it.each([
		[[1, 0], '"row 0" (item 0), "row 1" (item 1) already.'],
		[[0, 1, 2, 3, 4], '"row 3" (item 3), "row 4" (item 4) already.'],
		[[6, 5, 4, 3, 2, 1, 0], '"row 3" (item 3), "row 4" (item 4) and 2 more already.'],
	])('is told once for items %j, in their order', (items, names) => {
		const { node, context } = note(...items);
		tellRepeats(connectionIn(context));
		tellRepeats(connectionIn(context));
		expect(node.hints).toHaveLength(1);
		expect(node.hints[0]).toMatch(/^EvoLink had an order under "row 0" \(item 0\), /);
		expect(node.hints[0]).toContain(names);
	});

	it('names a reference once that has several formats, and no secret', () => {
		const { node, context } = note();
		const repeat = { provider: 'EvoLink', itemIndex: 0, orderReference: SECRET };
		noteRepeat(context, repeat);
		noteRepeat(context, repeat);
		tellRepeats(connectionIn(context));
		expect(node.hints[0]).toMatch(/^EvoLink had an order under "•••" \(item 0\) already\./);
	});
});
