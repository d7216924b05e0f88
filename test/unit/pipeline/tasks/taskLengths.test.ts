// What is known of how long tasks of a kind take.
import { createTaskLengths, kindOf } from '../../../../pipeline/tasks/taskLengths';
import type { ImageRequest } from '../../../../providers/contract';
import { evoLink } from '../evoLinkTasks';

function soonestOf(...lengths: number[]): number | undefined {
	const known = createTaskLengths();
	for (const length of lengths) known.learn('any', length);
	return known.soonest('any');
}

test('nothing is known of a kind that none was seen of', () => {
	const known = createTaskLengths();
	known.learn('other', 5000);
	expect(known.soonest('any')).toBeUndefined();
});

test.each<[string, number[], number]>([
	['the only one', [5000], 5000],
	['the quickest of a few', [6000, 5000, 7000, 9000], 5000],
	['the quickest of several but one, which may be odd', [6000, 5000, 7000, 9000, 8000], 6000],
	['none but the latest nine', [5, 5, 5, 6, 6, 7, 7, 8, 8, 8, 9, 9], 7],
])('the soonest end is that of %s', (_rule, lengths, soonest) => {
	expect(soonestOf(...lengths)).toBe(soonest);
});

test('one that took less than half of what was expected makes all before it count no more', () => {
	expect(soonestOf(40_000, 41_000, 42_000, 43_000, 44_000, 19_000)).toBe(19_000);
	expect(soonestOf(40_000, 41_000, 42_000, 43_000, 44_000, 21_000)).toBe(40_000);
});

test('what is new is told: the first one, and one that makes the others count no more', () => {
	const known = createTaskLengths();
	const told = [40_000, 30_000, 50_000, 10_000, 12_000].map((each) => known.learn('any', each));
	expect(told).toEqual([true, false, false, true, false]);
});

test('of five hundred kinds, the one that nothing was learnt of for longest makes place', () => {
	const known = createTaskLengths();
	for (let kind = 0; kind < 500; kind++) known.learn(`${kind}`, 5000);
	known.learn('0', 5000);
	known.learn('another', 5000);
	expect(['0', '1', '2', 'another'].map(known.soonest)).toEqual([5000, undefined, 5000, 5000]);
});

describe('a kind', () => {
	const request: ImageRequest = { model: 'any', prompt: 'A fox', count: 1, references: [] };
	const kind = kindOf(evoLink, request);

	it('is the same whatever the words are', () => {
		expect(kindOf(evoLink, { ...request, prompt: 'A hen', orderReference: '7' })).toBe(kind);
	});

	test.each<[string, Partial<ImageRequest>]>([
		['the model', { model: 'other' }],
		['the size', { size: '1:1' }],
		['the resolution', { resolution: '4K' }],
		['the quality', { quality: 'high' }],
		['the number of images', { count: 2 }],
	])('differs by %s', (_what, more) => {
		expect(kindOf(evoLink, { ...request, ...more })).not.toBe(kind);
	});

	it('differs by the provider', () => {
		expect(kindOf({ ...evoLink, id: 'other' }, request)).not.toBe(kind);
	});
});
