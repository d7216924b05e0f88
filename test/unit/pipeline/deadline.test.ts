// The one point in time by which an item's work ends.
import { deadlineIn, inWords, timeLeft } from '../../../pipeline/deadline';

const NOW = Date.UTC(2026, 10, 28);

test.each([
	['as it begins', 0, 60_000],
	['on the way', 59_999, 1],
	['when it is over', 60_000, 0],
	['long after', 3_600_000, 0],
	['on a clock that was set back', -3_600_000, 3_660_000],
])('%s, so much is left', (_when, passed, left) => {
	expect(timeLeft(deadlineIn(60, NOW), NOW + passed)).toBe(left);
});

test('without a deadline there is no end', () => {
	expect(timeLeft(undefined, NOW)).toBe(Infinity);
});

test.each([
	[1, '1 second'],
	[0, '0 seconds'],
	[0.5, '0.5 seconds'],
	[90, '90 seconds'],
	[119, '119 seconds'],
	[120, '2 minutes'],
	[149, '2 minutes'],
	[150, '3 minutes'],
	[900, '15 minutes'],
])('a Time Limit of %i is told as %s', (seconds, words) => {
	expect(inWords(deadlineIn(seconds, NOW))).toBe(words);
});
