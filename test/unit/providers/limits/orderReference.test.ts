// The person's own name for an order: what it may be.
import fc from 'fast-check';

import { readOrderReference } from '../../../../providers/limits/orderReference';
import { failureOf } from '../support';

test.each([
	['4711', '4711'],
	[' 4711\n', '4711'],
	['주문 4711', '주문 4711'],
	['a&b=c#d?e/f%g+h "i" <j>', 'a&b=c#d?e/f%g+h "i" <j>'],
	['{{ $json.id }}', '{{ $json.id }}'],
	['👩‍🚀 zero-width joiners hold emoji together', '👩‍🚀 zero-width joiners hold emoji together'],
	['x'.repeat(200), 'x'.repeat(200)],
])('%j is taken as %j', (given, taken) => {
	expect(readOrderReference(given)).toBe(taken);
});

test.each(['', '   ', '\n\t', '\u00a0', '\ufeff'])('%j is none', (given) => {
	expect(readOrderReference(given)).toBeUndefined();
});

test('one that is too long is refused with its length and its begin', () => {
	const { message, advice } = failureOf(() => readOrderReference('word '.repeat(2000)));
	expect(message).toBe(
		'Your Reference has 9,999 characters, at most 200 are taken. It begins with "word word word word word word word word ".',
	);
	expect(advice).toContain('such as an order or row number');
});

test.each([
	['4711\nEvoLink has started the task x', 'a line break in it, behind "4711"'],
	['4711\r\nx', 'a line break in it, behind "4711"'],
	['4711\u2028x', 'a line break in it, behind "4711"'],
	['4711\tx', 'a character that nobody can see in it, behind "4711"'],
	['a\u0000b', 'a character that nobody can see in it, behind "a"'],
	['a\u202eb', 'a character that nobody can see in it, behind "a"'],
	['a\u200bb', 'a character that nobody can see in it, behind "a"'],
	['a\ud800b', 'a character that nobody can see in it, behind "a"'],
])('%j is refused', (given, message) => {
	expect(failureOf(() => readOrderReference(given)).message).toBe(`Your Reference has ${message}.`);
});

it('answers one line, or refuses in one', () => {
	const text = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 250 }),
		fc.string({ unit: 'grapheme' }),
	);
	fc.assert(
		fc.property(text, (given) => {
			let said: string;
			try {
				said = readOrderReference(given) ?? '';
			} catch (error) {
				said = (error as Error).message;
			}
			expect(said).not.toMatch(/[\n\r\u2028\u2029\0]/);
		}),
	);
});
