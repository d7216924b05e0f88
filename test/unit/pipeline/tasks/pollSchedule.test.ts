// When a waiting task is polled: politely, never too often and never too late.
import fc from 'fast-check';

import {
	isJustInCase,
	lastPollAt,
	mayJoin,
	nextPollAt,
	patience,
	type Pace,
	type PollFacts,
} from '../../../../pipeline/tasks/pollSchedule';

const NOW = 1_000_000;
const UNKNOWN: Pace = { requests: 1, isTogether: false };
const chances = fc.double({ min: 0, max: 1, noNaN: true });

/** Of a task that has begun now, if nothing else is said. */
const factsOf = (facts: Partial<PollFacts> = {}): PollFacts => ({
	begunAt: NOW,
	askedAt: NOW,
	troubles: 0,
	chance: 0,
	...facts,
});
/** Milliseconds from the beginning. */
const nextOf = (facts: Partial<PollFacts>, pace: Partial<Pace> = {}) =>
	nextPollAt(factsOf(facts), { ...UNKNOWN, ...pace }) - NOW;
/** Of a task that was found open at this age. */
const after = (age: number, facts: Partial<PollFacts> = {}) => ({ ...facts, askedAt: NOW + age });

/** At which ages a task is polled that stays open. */
function pollsOf(count: number, facts: Partial<PollFacts>, pace: Partial<Pace> = {}): number[] {
	const polls: number[] = [];
	for (let age = 0; polls.length < count; polls.push(age)) age = nextOf(after(age, facts), pace);
	return polls.map((each) => Math.round(each));
}

describe('the first poll', () => {
	test.each<[string, number | undefined, number]>([
		['half of the estimate', 100, 50_000],
		['half of a short estimate', 10, 5000],
		['half a second where the estimate is nothing', 0, 500],
		['half a second where the estimate is less than nothing', -5, 500],
		['a minute where the estimate is an hour', 3600, 60_000],
		['a minute where the estimate is endless', Infinity, 60_000],
		['1.8 s where there is no estimate', undefined, 1800],
	])('comes after %s', (_rule, etaSeconds, wait) => {
		expect(nextOf({ etaSeconds })).toBe(wait);
	});

	it('comes up to a twentieth later by chance', () => {
		expect(nextOf({ etaSeconds: 100, chance: 1 })).toBe(52_500);
	});

	test.each<[string, number, number]>([
		['when the quickest ones had ended', 3000, 3000],
		['at half of that, where this is long enough', 10_000, 5000],
		['at a quarter of that, where this is', 30_000, 7500],
	])('of a known kind comes %s', (_rule, soonest, wait) => {
		expect(nextOf({ etaSeconds: 100 }, { soonest })).toBe(wait);
	});
});

describe('later polls', () => {
	it('of an unknown kind come a good quarter of its age apart, at least half a second', () => {
		expect(pollsOf(5, {})).toEqual([1800, 2304, 2949, 3775, 4832]);
		expect(nextOf(after(1000))).toBe(1800);
		expect(nextOf(after(1700))).toBe(2200);
	});

	it('come close together about the estimated end, and then further apart', () => {
		const eta = { etaSeconds: 10 };
		expect(pollsOf(4, eta)).toEqual([5000, 5550, 6161, 6838]);
		expect(nextOf(after(19_000, eta))).toBeCloseTo(21_090);
		expect(nextOf(after(20_000, eta))).toBeCloseTo(25_600);
	});

	it('come close together about the end of a known kind, and before that few and far between', () => {
		const soonest = 40_000;
		expect(pollsOf(6, {}, { soonest })).toEqual([5000, 10_000, 20_000, 40_000, 44_400, 49_284]);
		expect(nextOf(after(20_400), { soonest })).toBe(40_000);
		expect(nextOf(after(80_000), { soonest })).toBe(95_000);
	});

	it('come closer together where one request asks for many', () => {
		const eta = { etaSeconds: 10 };
		expect(pollsOf(4, eta, { isTogether: true })).toEqual([5000, 5350, 5725, 6125]);
	});

	it('are at least 0.18 s apart, or 0.15 s where one request asks for many', () => {
		expect(nextOf(after(1500), { soonest: 1500 })).toBe(1680);
		expect(nextOf(after(1500), { soonest: 1500, isTogether: true })).toBe(1650);
	});

	test.each<[string, number, number, number]>([
		['half as close as they differ', 0.16, 8000, 640],
		['no closer than a twenty-fifth of their time', 0.02, 8000, 320],
		['no further apart than others', 0.9, 8000, 880],
		['no further apart than others where they took longer', 0.02, 9600, 1056],
		['down to 0.065 s for very short ones', 0.02, 1000, 65],
	])('of a kind that is known well come %s', (_rule, spread, age, wait) => {
		const soonest = Math.min(age, 8000);
		expect(nextOf(after(age), { soonest, spread }) - age).toBeCloseTo(wait, -1);
	});

	it('of a kind that is known well come closer together where one request asks for many', () => {
		const pace = { soonest: 8000, spread: 0.02, isTogether: true };
		expect(nextOf(after(8000), pace)).toBe(8320);
		expect(nextOf(after(8000), { ...pace, spread: 0.9 })).toBe(8560);
	});

	it('are at most 15 s apart, or 18 s by chance', () => {
		expect(nextOf(after(3_600_000))).toBe(3_615_000);
		expect(nextOf(after(3_600_000, { chance: 1 }))).toBe(3_618_000);
		expect(nextOf(after(600_000), { soonest: 600_000 })).toBe(615_000);
	});

	test.each<[string, Partial<Pace>, number]>([
		['30 ms for each of many tasks that are asked for alone', { requests: 250 }, 7500],
		['no longer for 24 such tasks', { requests: 24, soonest: 4000 }, 440],
		['30 ms for each of 25 such tasks', { requests: 25, soonest: 4000 }, 750],
		['100 ms for each request for many tasks', { requests: 20, isTogether: true }, 2000],
	])('leave at least %s', (_rule, pace, wait) => {
		expect(nextOf(after(4000), pace)).toBe(4000 + wait);
	});

	it('never come before a first one that another task has brought forward', () => {
		expect(nextOf(after(2000, { etaSeconds: 100 }))).toBe(50_000);
	});

	it('count from when another task was asked in its place, if that was later', () => {
		expect(nextOf({ ...after(2000), excusedAt: NOW + 4000 })).toBe(5120);
		expect(nextOf({ ...after(4000), excusedAt: NOW + 2000 })).toBe(5120);
	});

	test.each<[string, fc.Arbitrary<number | undefined>, number]>([
		['0.18 s', fc.constant(undefined), 179],
		['0.065 s where much is known', chances, 65],
	])(
		'are never less than %s or more than 63 s apart, whatever chance says',
		(_how, spreads, least) => {
			const maybe = fc.option(fc.nat(10_000_000), { nil: undefined });
			const ages = fc.nat(3_600_000);
			const any = fc.tuple(maybe, maybe, spreads, ages, chances);
			fc.assert(
				fc.property(any, ([etaSeconds, soonest, spread, age, chance]) => {
					const facts = after(age + 1, { etaSeconds, chance });
					const wait = nextOf(facts, { soonest, spread }) - age - 1;
					expect(wait).toBeGreaterThanOrEqual(least);
					expect(wait).toBeLessThanOrEqual(63_001);
				}),
			);
		},
	);
});

test('polls that tell nothing are followed by longer and longer waits', () => {
	const waits = [1, 2, 3, 4, 5, 6, 7, 8, 50].map(
		(troubles) => nextOf(after(4000, { troubles })) - 4000,
	);
	expect(waits.map((wait) => Math.round(wait))).toEqual([
		1500, 2100, 2940, 4116, 5762, 8067, 11_294, 15_000, 15_000,
	]);
});

test.each<[boolean, string, number | undefined]>([
	[true, 'nothing is known of its kind', undefined],
	[true, 'the quickest of its kind take longer', 5001],
	[false, 'the quickest of its kind had ended by now', 5000],
])('a task is asked for just in case: %s, when %s', (is, _rule, soonest) => {
	expect(isJustInCase(factsOf(), { ...UNKNOWN, soonest }, NOW + 5000)).toBe(is);
});

describe('a task joins a round that takes place anyway', () => {
	const facts = factsOf({ etaSeconds: 20 });
	test.each([
		[true, 'it is due', 10_000],
		[true, 'its time has passed', 11_000],
		[true, 'half of its wait has passed', 5000],
		[false, 'less than half of its wait has passed', 4999],
	])('%s, when %s', (joins, _rule, passed) => {
		expect(mayJoin(facts, UNKNOWN, NOW + passed)).toBe(joins);
	});

	it('always, when it is due', () => {
		fc.assert(
			fc.property(fc.nat(100_000), fc.nat(100_000), (age, late) => {
				const one = factsOf(after(age));
				expect(mayJoin(one, UNKNOWN, nextPollAt(one, UNKNOWN) + late)).toBe(true);
			}),
		);
	});
});

describe('a provider that asks to be left alone', () => {
	const facts = factsOf(after(2000, { troubles: 1, notBefore: NOW + 32_000 }));

	it('is left alone so long, whatever other tasks are polled meanwhile', () => {
		expect(nextPollAt(facts, UNKNOWN)).toBe(NOW + 32_000);
		expect(mayJoin(facts, UNKNOWN, NOW + 31_999)).toBe(false);
		expect(mayJoin(facts, UNKNOWN, NOW + 32_000)).toBe(true);
	});

	it('is not polled sooner than usual where it asks for less', () => {
		expect(nextOf({ ...facts, notBefore: NOW + 2100 })).toBe(3500);
	});
});

test.each([
	[1, 800],
	[5, 4000],
	[10, 9000],
	[900, 899_000],
])('the last poll of a wait of %i s comes after %i ms', (seconds, after) => {
	expect(lastPollAt(NOW, NOW + seconds * 1000)).toBe(NOW + after);
});

test('an answer is waited for longer after each poll that got none', () => {
	expect([0, 1, 2, 3, 50].map(patience)).toEqual([5000, 10_000, 20_000, 30_000, 30_000]);
});
