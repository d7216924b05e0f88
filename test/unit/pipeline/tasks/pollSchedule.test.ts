// When a waiting task is polled: politely, never too often and never too late.
import fc from 'fast-check';

import {
	firstPoll,
	isDue,
	lastPollAt,
	mayJoin,
	nextPoll,
	patience,
	type PollSchedule,
} from '../../../../pipeline/tasks/pollSchedule';

const NOW = 1_000_000;
const chances = fc.double({ min: 0, max: 1, noNaN: true });

describe('the first poll', () => {
	test.each<[string, number | undefined, number]>([
		['half of the estimate', 100, 50_000],
		['half of a short estimate', 10, 5000],
		['half a second where the estimate is nothing', 0, 500],
		['half a second where the estimate is less than nothing', -5, 500],
		['a minute where the estimate is an hour', 3600, 60_000],
		['a minute where the estimate is endless', Infinity, 60_000],
		['two seconds where there is no estimate', undefined, 2000],
	])('comes after %s', (_rule, etaSeconds, wait) => {
		expect(firstPoll(etaSeconds, NOW, 0)).toEqual({ at: NOW + wait, wait });
	});

	it('comes up to a fifth later by chance', () => {
		expect(firstPoll(100, NOW, 1).at).toBe(NOW + 60_000);
	});
});

describe('later polls', () => {
	const waitsAfter = (first: PollSchedule, count: number) => {
		const waits: number[] = [];
		for (let looks = 1, schedule = first; looks <= count; looks++) {
			schedule = nextPoll(schedule, looks, schedule.at, 0);
			waits.push(schedule.wait);
		}
		return waits;
	};

	it('start small again, get further apart, and stop growing at 15 s', () => {
		const waits = waitsAfter(firstPoll(100, NOW, 0), 9).map((wait) => Math.round(wait));
		expect(waits).toEqual([1500, 2100, 2940, 4116, 5762, 8067, 11294, 15000, 15000]);
	});

	it('are the same however long the first wait was', () => {
		expect(waitsAfter(firstPoll(1, NOW, 0), 9)).toEqual(waitsAfter(firstPoll(600, NOW, 0), 9));
	});

	it('are never less than 1.5 s or more than 18 s apart, whatever was estimated and whatever chance says', () => {
		const estimate = fc.option(fc.double({ noNaN: true }), { nil: undefined });
		fc.assert(
			fc.property(estimate, fc.array(chances, { minLength: 1, maxLength: 30 }), (eta, luck) => {
				luck.reduce(
					(schedule, chance, i) => {
						const next = nextPoll(schedule, i + 1, schedule.at, chance);
						expect(next.at - schedule.at).toBeGreaterThanOrEqual(1499);
						expect(next.at - schedule.at).toBeLessThanOrEqual(18_001);
						return next;
					},
					firstPoll(eta, NOW, 0.5),
				);
			}),
		);
	});
});

test.each([
	[true, 'its time has come', NOW],
	[true, 'its time has passed', NOW - 1],
	[false, 'its time is to come', NOW + 1],
])('a look is due: %s, when %s', (due, _rule, at) => {
	expect(isDue({ at, wait: 1000 }, NOW)).toBe(due);
});

describe('a task joins a round that takes place anyway', () => {
	test.each([
		[true, 'it is due', NOW],
		[true, 'half of its wait has passed', NOW + 500],
		[false, 'less than half of its wait has passed', NOW + 501],
	])('%s, when %s', (joins, _rule, at) => {
		expect(mayJoin({ at, wait: 1000 }, NOW)).toBe(joins);
	});

	it('always, when it is due', () => {
		fc.assert(
			fc.property(fc.integer({ max: NOW }), fc.nat(), (at, wait) => {
				expect(mayJoin({ at, wait }, NOW)).toBe(true);
			}),
		);
	});
});

describe('a provider that asks to be left alone', () => {
	const schedule = nextPoll(firstPoll(4, NOW, 0), 1, NOW, 0, 30);

	it('is left alone so long, whatever other tasks are polled meanwhile', () => {
		expect(schedule.at).toBe(NOW + 30_000);
		expect(mayJoin(schedule, NOW + 29_999)).toBe(false);
		expect(mayJoin(schedule, NOW + 30_000)).toBe(true);
	});

	it('is polled as before after that', () => {
		const next = nextPoll(schedule, 2, NOW + 30_000, 0);
		expect(next.at - NOW - 30_000).toBeCloseTo(2100);
	});

	it('is not polled sooner than usual where it asks for less', () => {
		expect(nextPoll(firstPoll(4, NOW, 0), 1, NOW, 0, 0.1).at).toBe(NOW + 1500);
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
