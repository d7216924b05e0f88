// A task's cost in shares: whatever it is and however many there are, together they are the whole.
import fc from 'fast-check';

import { shareOf, sumOfCosts, sumOfUsages } from '../../../../pipeline/media/costShares';

const PARTS = 100_000_000;
const inParts = (value: number) => Math.round(value * PARTS);

test('the shares add up to the whole, and none is more than the least part larger than another', () => {
	const dollars = fc.integer({ min: 0, max: 1_000 * PARTS }).map((parts) => parts / PARTS);
	fc.assert(
		fc.property(dollars, fc.integer({ min: 1, max: 50 }), (amount, of) => {
			const cost = { amount, currency: 'USD' as const, credits: amount * 68, estimated: true };
			const shares = Array.from({ length: of }, (_, index) => shareOf(cost, index, of));
			const amounts = shares.map((share) => inParts(share.amount));
			expect(amounts.reduce((sum, each) => sum + each, 0)).toBe(inParts(amount));
			expect(Math.max(...amounts) - Math.min(...amounts)).toBeLessThanOrEqual(1);
			const credits = shares.map((share) => inParts(share.credits!));
			expect(credits.reduce((sum, each) => sum + each, 0)).toBe(inParts(amount * 68));
		}),
	);
});

test('a whole cost stays as it is, without credits where there are none', () => {
	const cost = { amount: 0.0208, currency: 'USD' as const, estimated: false };
	expect(shareOf(cost, 0, 1)).toEqual(cost);
});

test('shares that are added up are the whole to the last digit', () => {
	const cost = { amount: 0.1, currency: 'USD', credits: 7.25, estimated: false } as const;
	const shares = [0, 1, 2].map((index) => shareOf(cost, index, 3));
	expect(sumOfCosts(shares)).toEqual(cost);
	const other = { amount: 0.2, currency: 'USD', estimated: true } as const;
	expect(sumOfCosts([cost, other])).toEqual({ ...cost, amount: 0.3, estimated: true });
	expect(sumOfCosts([])).toBeUndefined();
});

test.each<[string, Array<Record<string, unknown>>, unknown]>([
	['none', [], undefined],
	['one as it is', [{ tokens: 1, rule: 'a' }], { tokens: 1, rule: 'a' }],
	[
		'numbers at any depth',
		[
			{ tokens: 1, details: { image: 0.1 } },
			{ tokens: 2, details: { image: 0.2, text: 3 } },
		],
		{ tokens: 3, details: { image: 0.3, text: 3 } },
	],
	['of words the first', [{ rule: 'a' }, { rule: 'b', more: [1] }], { rule: 'a', more: [1] }],
	['what isn’t alike is left as it was', [{ x: 1 }, { x: { y: 1 } }], { x: 1 }],
	['nothing is left as it was', [{ x: null }, { x: { y: 1 } }, { x: 2 }], { x: null }],
	['nothing adds nothing', [{ x: { y: 1 } }, { x: null }], { x: { y: 1 } }],
	['a list is left as it was', [{ x: [1] }, { x: { y: 1 } }], { x: [1] }],
	['names like those of objects', [{ constructor: 1 }, { constructor: 2 }], { constructor: 3 }],
])('usages are added up: %s', (_what, usages, sum) => {
	expect(sumOfUsages(usages)).toEqual(sum);
});
