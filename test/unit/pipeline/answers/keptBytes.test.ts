// What is kept of an answer, up to a limit.
import { KeptBytes, tooLargeAnswer } from '../../../../pipeline/answers/keptBytes';
import { failureOf } from '../../providers/support';

test('bytes are copied one behind the other, and parts of them can be had or forgotten', () => {
	const kept = new KeptBytes(100);
	const source = Buffer.from('abcdef');
	kept.append(source);
	kept.append(source, 2);
	kept.append(source, 1, 3);
	kept.append(source, 4, 99);
	source.fill('x');
	expect(kept.bytes().toString()).toBe('abcdefcdefbcef');
	expect(kept.bytes(3, 7).toString()).toBe('defc');
	expect(kept.bytes(12).toString()).toBe('ef');
	kept.cutTo(4);
	expect(kept.bytes().toString()).toBe('abcd');
	kept.append(Buffer.from('g'));
	expect([kept.length, kept.bytes().toString()]).toEqual([5, 'abcdg']);
});

test('what is kept stays as it grows far beyond what was there at first', () => {
	const kept = new KeptBytes(1_000_000);
	const pieces = Array.from({ length: 100 }, (_, i) => Buffer.alloc(i * 97, i));
	for (const piece of pieces) kept.append(piece);
	expect(kept.bytes().equals(Buffer.concat(pieces))).toBe(true);
});

test('the limit itself is kept, and nothing beyond it', () => {
	const kept = new KeptBytes(3);
	kept.append(Buffer.from('abc'));
	expect(failureOf(() => kept.append(Buffer.from('d'))).kind).toBe('unreadableAnswer');
	expect(kept.bytes().toString()).toBe('abc');
});

test('what is too large is told in whole megabytes', () => {
	expect(tooLargeAnswer(2.9 * 1024 * 1024).details).toEqual({
		kind: 'unreadableAnswer',
		message: 'The answer is larger than 2 MB, its pictures not counted.',
		advice: 'Ask for less at once, and check the Base URL in the credential.',
		// It would be as large again.
		shouldRetry: false,
	});
});
