// Times in all the forms in which providers have been seen to write them.
import { readTime } from '../../../../providers/answers/times';

describe('readTime', () => {
	it.each<[string, unknown, string | undefined]>([
		['seconds', 1757156493, '2025-09-06T11:01:33.000Z'],
		['seconds with a fraction', 1757156493.25, '2025-09-06T11:01:33.250Z'],
		['milliseconds', 1757156493123, '2025-09-06T11:01:33.123Z'],
		['microseconds', 1757156493123456, '2025-09-06T11:01:33.123Z'],
		['nanoseconds', 1757156493123456789n.toString(), '2025-09-06T11:01:33.123Z'],
		['seconds as text', '1757156493', '2025-09-06T11:01:33.000Z'],
		['ISO 8601', '2025-09-06T11:01:33Z', '2025-09-06T11:01:33.000Z'],
		['ISO 8601 with a zone', '2025-09-06T13:01:33+02:00', '2025-09-06T11:01:33.000Z'],
		['no zone', '2025-09-06T11:01:33.123456', '2025-09-06T11:01:33.123Z'],
		['a space', '2025-09-06 11:01:33', '2025-09-06T11:01:33.000Z'],
		['a day', '2025-09-06', '2025-09-06T00:00:00.000Z'],
		['an HTTP date', 'Sat, 06 Sep 2025 11:01:33 GMT', '2025-09-06T11:01:33.000Z'],
		['the last second that is one', 99_999_999_999, '5138-11-16T09:46:39.000Z'],
		['the first millisecond', 1e11, '1973-03-03T09:46:40.000Z'],
		['the last millisecond', 99_999_999_999_999, '5138-11-16T09:46:39.999Z'],
		['the first microsecond', 1e14, '1973-03-03T09:46:40.000Z'],
		['the first nanosecond', 1e17, '1973-03-03T09:46:40.000Z'],
		['what would be the next', 1e20, undefined],
		['a fraction as text, with spaces', ' 1757156493.25 ', '2025-09-06T11:01:33.250Z'],
		['a small fraction', 0.5, '1970-01-01T00:00:00.500Z'],
		['two numbers', '1757156493 5', undefined],
		['a number and a point', '1757156493.', undefined],
		['a day behind words', 'on 2025-09-06', undefined],
		['a text of 60 characters', '2025-09-06'.padEnd(60), '2025-09-06T00:00:00.000Z'],
		['a longer text', '2025-09-06'.padEnd(61), undefined],
		['nothing', undefined, undefined],
		['null', null, undefined],
		['zero', 0, undefined],
		['a negative number', -5, undefined],
		['NaN', Number.NaN, undefined],
		['Infinity', Infinity, undefined],
		['a number beyond all units', 1e300, undefined],
		['a word', 'soon', undefined],
		['a text with a number', 'job 5', undefined],
		['an impossible day', '2025-99-99', undefined],
		['a lone surrogate', '\ud800', undefined],
		['a long text', '9'.repeat(1_000_000), undefined],
		['an object', { seconds: 5 }, undefined],
	])('reads %s', (_, value, expected) => {
		expect(readTime(value)?.toISOString()).toBe(expected);
	});

	it.each([0, 1, 2, 3, 4, 5, 6])('reads every weekday, such as that in %i days', (days) => {
		const date = new Date(Date.UTC(2025, 8, 1 + days, 12));
		expect(readTime(date.toUTCString())).toEqual(date);
	});
});
