// Secrets are taken out of texts and data, in every form in which they can stand there.
import { redactorOf } from '../../../../pipeline/session';
import { createRedactor } from '../../../../pipeline/secrets/redactor';

test.each<[string, string, string, string]>([
	['in a sentence', 'sk-abcdef', 'The key sk-abcdef is wrong.', 'The key ••• is wrong.'],
	['several times', 'sk-abcdef', 'sk-abcdefsk-abcdef', '••••••'],
	['as an address writes it', 'k+/=12345', '?key=k%2B%2F%3D12345&a=b', '?key=•••&a=b'],
	['as JSON writes it', 'a"b\\c789', '{"key":"a\\"b\\\\c789"}', '{"key":"•••"}'],
	['with blanks around it in the credential', '  sk-abcdef ', 'Bearer sk-abcdef', 'Bearer •••'],
	['not at all', 'sk-abcdef', 'sk-abcde', 'sk-abcde'],
	['a placeholder stays', 'none', 'none of them', 'none of them'],
	['with half a character', 'sk-\ud800abc', 'the sk-\ud800abc', 'the •••'],
])('%s', (_rule, secret, given, expected) => {
	expect(createRedactor([secret]).text(given)).toBe(expected);
});

test('a secret within a longer one leaves nothing of it', () => {
	const { text } = createRedactor(['secret', 'secret-and-more']);
	expect(text('secret-and-more, secret')).toBe('•••, •••');
});

test('data is redacted through and through, and what is no plain data stays', () => {
	const bytes = Buffer.from('sk-abcdef');
	const date = new Date(0);
	const given = { a: ['sk-abcdef', 1, null, { 'x-sk-abcdef': 'y sk-abcdef' }], bytes, date };
	const redacted = createRedactor(['sk-abcdef']).value(given);
	expect(redacted).toEqual({ a: ['•••', 1, null, { 'x-•••': 'y •••' }], bytes, date });
	expect(redacted.bytes).toBe(bytes);
	expect(given.a[0]).toBe('sk-abcdef');
});

test('with the key goes the callback token that follows from it', () => {
	const token = redactorOf(['sk-abcdef']);
	expect(token.text('sk-abcdef')).toBe('•••');
	expect(redactorOf(['']).text('anything')).toBe('anything');
});

test.each(['Bearer sk-abcdef', '"sk-abcdef"\n', 'sk-\u200babcdef'])(
	'a key that is kept as %j is hidden as it is sent',
	(kept) => {
		expect(redactorOf([kept]).text('The key sk-abcdef is wrong.')).toBe('The key ••• is wrong.');
	},
);
