// What a gateway says that it charged.
import { ownDollars } from '../../../../providers/answers/ownDollars';

test.each<[string, unknown, number | undefined]>([
	['dollars', { cost: 0.04, total_tokens: 5 }, 0.04],
	['nothing at all', { cost: 0 }, undefined],
	['less than nothing', { cost: -1 }, undefined],
	['a text', { cost: '0.04' }, undefined],
	['a number without end', { cost: Infinity }, undefined],
	['not a number', { cost: Number.NaN }, undefined],
	['no cost', { total_tokens: 5 }, undefined],
	['no account', undefined, undefined],
])('an account that tells %s', (_what, usage, amount) => {
	const cost = amount === undefined ? undefined : { amount, currency: 'USD', estimated: false };
	expect(ownDollars(usage)).toEqual(cost);
});
