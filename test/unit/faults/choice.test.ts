// The cells of a quick run: the same for the same seed, and each cell comes up under some seed.
import { drawn, shuffled } from '../../faults/choice';

const ALL = Array.from({ length: 1000 }, (_, index) => index);

test('a seed draws the same part again', () => {
	expect(drawn(ALL, 0.1, 7)).toEqual(drawn(ALL, 0.1, 7));
	expect(drawn(ALL, 0.1, 7)).toHaveLength(100);
});

test('what is drawn by a seed, once and for all', () => {
	expect(drawn(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'], 0.3, 42)).toMatchInlineSnapshot(`
		[
		  "a",
		  "h",
		  "d",
		]
	`);
});

test('no cell is drawn twice', () => {
	expect(new Set(drawn(ALL, 0.5, 3)).size).toBe(500);
	expect(shuffled(ALL, 3).toSorted((a, b) => a - b)).toEqual(ALL);
});

test('other seeds draw others, and in the end each one', () => {
	const seen = new Set(Array.from({ length: 100 }, (_, seed) => drawn(ALL, 0.1, seed)).flat());
	expect(seen.size).toBe(ALL.length);
});

test('a part of a few is at least one', () => {
	expect(drawn(['only'], 0.1, 1)).toEqual(['only']);
	expect(drawn([], 0.1, 1)).toEqual([]);
});
