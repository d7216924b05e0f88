// What is known of how long tasks of a kind take.
import {
	createTaskLengths,
	kindOf,
	type Ending,
	type Expectation,
} from '../../../../pipeline/tasks/taskLengths';
import type { ImageRequest } from '../../../../providers/contract';
import { evoLink } from '../evoLinkTasks';

/** Of a task that took exactly so long. */
const exactly = (milliseconds: number): Ending => ({ openAt: milliseconds, endedAt: milliseconds });

function expectedAfter(...endings: Ending[]): Expectation | undefined {
	const known = createTaskLengths();
	for (const ending of endings) known.learn('any', ending);
	return known.expected('any');
}

const soonestOf = (...lengths: number[]) => expectedAfter(...lengths.map(exactly))?.soonest;

test('nothing is known of a kind that none was seen of', () => {
	const known = createTaskLengths();
	known.learn('other', exactly(5000));
	expect(known.expected('any')).toBeUndefined();
});

test.each<[string, number[], number]>([
	['the only one', [5000], 5000],
	['the quickest of a few', [6000, 5000, 7000, 9000], 5000],
	['the quickest of several but one, which may be odd', [6000, 5000, 7000, 9000, 8000], 6000],
	['none but the latest nine', [5, 5, 5, 6, 6, 7, 7, 8, 8, 8, 9, 9], 7],
])('the soonest end is that of %s', (_rule, lengths, soonest) => {
	expect(soonestOf(...lengths)).toBe(soonest);
});

describe('a task that was found ended took', () => {
	const found = (openAt: number, endedAt: number): Ending => ({ openAt, endedAt });

	test.each<[string, Ending[], number]>([
		['until the middle between the two polls', [found(9000, 10_000)], 9500],
		['at least 85 % of the whole, where it was seen open long before', [found(1000, 10_000)], 8500],
		['85 % of the whole, where it was never seen open', [found(0, 10_000)], 8500],
	])('%s', (_rule, endings, soonest) => {
		expect(expectedAfter(...endings)).toEqual({ soonest });
	});

	it('longer than nearly as long as others of its kind were seen open', () => {
		// Of four, the soonest is the quickest.
		const others = [found(9000, 12_000), found(9600, 12_000), found(8000, 13_000)];
		expect(expectedAfter(...others, found(0, 10_000))).toEqual({ soonest: 9560 });
	});

	it('perhaps less than others were seen open, where it ended before that', () => {
		expect(expectedAfter(found(10_500, 11_000), found(0, 10_000))).toEqual({ soonest: 8500 });
	});

	it('as if there were no others, where these weren’t seen open either', () => {
		expect(expectedAfter(found(0, 60_000), found(0, 50_000))).toEqual({ soonest: 42_500 });
	});

	it('as if there were no others, where these were asked long before they ended', () => {
		expect(expectedAfter(found(9000, 18_000), found(0, 17_000))).toEqual({ soonest: 14_450 });
	});
});

describe('the next ones are looked for sooner', () => {
	const seen: Ending = { openAt: 9900, endedAt: 10_100 };
	const unseen: Ending = { openAt: 0, endedAt: 10_000 };
	const soonestAfter = (...endings: Ending[]) => Math.round(expectedAfter(...endings)!.soonest);

	it('when four in a row weren’t seen open', () => {
		const three = [unseen, unseen, unseen];
		expect(soonestAfter(seen, ...three)).toBe(9703);
		expect(soonestAfter(seen, ...three, unseen)).toBe(8732);
	});

	it('until one is seen again', () => {
		const four = [unseen, unseen, unseen, unseen];
		expect(soonestAfter(seen, ...four, seen)).toBe(9703);
	});
});

describe('how much tasks of a kind differ', () => {
	const lengths = [10_000, 10_000, 10_000, 10_500, 11_000, 11_000, 11_500, 12_000, 12_500];

	it('is known of nine', () => {
		const soonest = 10_000;
		expect(expectedAfter(...lengths.map(exactly))).toEqual({ soonest, spread: 0.25 });
	});

	it('isn’t known of fewer', () => {
		expect(expectedAfter(...lengths.slice(1).map(exactly))).toEqual({ soonest: 10_000 });
	});
});

test('one that took less than half of what was expected makes all before it count no more', () => {
	expect(soonestOf(40_000, 41_000, 42_000, 43_000, 44_000, 19_000)).toBe(19_000);
	expect(soonestOf(40_000, 41_000, 42_000, 43_000, 44_000, 21_000)).toBe(40_000);
});

test('what is new is told: the first one, and one that makes the others count no more', () => {
	const known = createTaskLengths();
	const told = [40_000, 30_000, 50_000, 10_000, 12_000].map((each) =>
		known.learn('any', exactly(each)),
	);
	expect(told).toEqual([true, false, false, true, false]);
});

test('of five hundred kinds, the one that nothing was learnt of for longest makes place', () => {
	const known = createTaskLengths();
	for (let kind = 0; kind < 500; kind++) known.learn(`${kind}`, exactly(5000));
	known.learn('0', exactly(5000));
	known.learn('another', exactly(5000));
	const soonest = ['0', '1', '2', 'another'].map((kind) => known.expected(kind)?.soonest);
	expect(soonest).toEqual([5000, undefined, 5000, 5000]);
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
