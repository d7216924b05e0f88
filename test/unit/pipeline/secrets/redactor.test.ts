// Secrets are taken out of texts and data, in every form in which they can stand there.
import { withToken } from '../../../../pipeline/callbacks/callbackUrl';
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
	['as an address writes it, in small letters', 'k+/=12345', '?key=k%2b%2f%3d12345', '?key=•••'],
	['in an address, and all of it escaped', 'sk-abc', '?k=%73%6B%2D%61%62%63&a', '?k=•••&a'],
	['in an address that stands in another', 'k+/=12345', '?u=k%252B%252f%253D12345', '?u=•••'],
	['in JSON, with some letters escaped', 'sk-abcdef', '{"k":"sk-\\u0061b\\u0063def', '{"k":"•••'],
	['in JSON, with escaped slashes', 'sk/abc/def', '{"k":"sk\\/abc\\/def"}', '{"k":"•••"}'],
	[
		'in JSON that stands in JSON',
		'sk"abcdef',
		'"{\\"k\\":\\"sk\\\\\\"abcdef\\"}"',
		'"{\\"k\\":\\"•••\\"}"',
	],
	['in an address, with a backslash', 'sk\\abcdef', '?k=sk%5Cabcdef', '?k=•••'],
	['in JSON, with a tab', 'sk\tabcdef', '{"k":"sk\\tabcdef"}', '{"k":"•••"}'],
	['in a web page', 'sk/ab=cd', '<b>sk&#47;ab&#x3D;cd</b>', '<b>•••</b>'],
	[
		'with letters of any language',
		'schlüssel',
		'?k=schl%C3%BCssel, schl\\u00fcssel',
		'?k=•••, •••',
	],
	['in hexadecimal', 'sk-abc', 'is 736b2d616263 or 736B2D616263', 'is ••• or •••'],
	['as a script writes it', 'sk-abc', '\\x73\\x6B\\u{2d}\\u{000061}bc', '•••'],
	['in a web page that is written in another', 'sk-abc', '&amp;#115;k-&amp;amp;#x61;bc', '•••'],
	['in a web page, without semicolons', 'sk-Abc', 'sk-&#65bc', '•••'],
	[
		'in a web page, with the names of signs',
		'sk&ab<cd>"ef\'gh',
		'<b>sk&amp;ab&lt;cd&gt;&quot;ef&apos;gh</b> sk&ampab&#60;cd>&QUOTef&#39;gh',
		'<b>•••</b> •••',
	],
	[
		'with the names of signs, written in another page',
		'sk&ab<cd',
		'sk&amp;amp;ab&amp;lt;cd',
		'•••',
	],
	[
		'in base64, as an address writes it',
		'???>>>???>>>',
		'?k=Pz8%2FPj4%2BPz8%2FPj4%2B&a',
		'?k=•••&a',
	],
	['broken by a line of other alphabets', 'sk-abcdef', 'sk-a\u2028bc\u2029def', '•••'],
	['with a line break in it', 'sk-abcdef', 'a\n sk-abc\r\n\t def\n b', 'a\n •••\n b'],
	['with a line break in it, as JSON writes it', 'sk-abcdef', 'sk-a\\nbc\\r\\ndef', '•••'],
	['with signs that nobody sees', 'sk-abcdef', 's\u200bk-a\u00adb\u200d\u2060cd\ufeffef', '•••'],
	['only with a space in it', 'sk-abcdef', 'sk-abc def', 'sk-abc def'],
	[
		'in letters of any size, where it is long',
		'sk-AbCdEf_0123456',
		'SK-ABCDEF_0123456 and sk-abcdef_0123456, sk%2dabcdef%5f0123456, sk-ABC\ndef_0123456',
		'••• and •••, •••, •••',
	],
	[
		'in letters of any size, several times in a text without signs',
		'AbCdEf0123456789',
		'ABCDEF0123456789abcdef0123456789',
		'••••••',
	],
	['escaped, several times', 'sk-abc', 'sk%2dabc and sk%2Dabc', '••• and •••'],
	['broken, several times', 'sk-abc', 'sk-\nabc and s\nk-abc', '••• and •••'],
	[
		'broken, in letters of any size, several times',
		'AbCdEf0123456789',
		'ABCDEF\n0123456789, abc\ndef0123456789',
		'•••, •••',
	],
	['in another size and broken elsewhere', 'AbCdEf0123456789', 'abcdef0123456789 A\nB', '••• A\nB'],
	['with a row of backslashes', 'sk\\\\abcdef', '{"k":"sk\\\\\\\\abcdef"}', '{"k":"•••"}'],
	[
		'with more backslashes than any escape has',
		'sk-abc\\def',
		`sk-abc${'\\'.repeat(17)}def`,
		`sk-abc${'\\'.repeat(17)}def`,
	],
	['with a letter beyond those of scripts', 'sk-한글-abc', 'sk-\\ud55c\\uae00-abc', '•••'],
	['with a pair of surrogates', 'sk-😀-abc', '"sk-\\ud83d\\ude00-abc"', '"•••"'],
	[
		'in its own letters, where it is short',
		'sk-Abc_01234567',
		'sk-abc_01234567',
		'sk-abc_01234567',
	],
])('%s', (_rule, secret, given, expected) => {
	expect(createRedactor([secret]).text(given)).toBe(expected);
});

test.each(['', 'x', 'xy', 'xyz'])('in base64, behind "%s" and before more', (before) => {
	const { text } = createRedactor(['sk-abcdef?~']);
	for (const form of ['base64', 'base64url'] as const) {
		const quoted = Buffer.from(`${before}sk-abcdef?~:more`).toString(form);
		const shown = text(`Basic ${quoted}!`);
		expect(shown).toContain('•••');
		const left = shown.replace('Basic ', '').split('•••');
		expect(left.map((part) => Buffer.from(part, form).toString()).join()).not.toMatch(
			/sk-|abc|def/,
		);
	}
});

test('in base64 that is broken into lines', () => {
	const quoted = Buffer.from('user:sk-abcdef_0123456789:more').toString('base64');
	const lines = quoted.replace(/.{8}/g, '$&\r\n');
	const shown = createRedactor(['sk-abcdef_0123456789']).text(lines);
	expect(shown).toMatch(/^dXNlcjp•••/);
});

test('only long ones are taken out of what is still to be worked with', () => {
	const { long, text } = createRedactor(['ollama', 'sk-abcdef_0123456']);
	expect(long('http://ollama.test/sk-abcdef_0123456')).toBe('http://ollama.test/•••');
	expect(text('http://ollama.test/sk-abcdef_0123456')).toBe('http://•••.test/•••');
});

test('a megabyte of anything is gone through in time', () => {
	const secrets = [
		'a\\\\sk-abcdef',
		'sk-sk-sk-sk-sk-end',
		'%25%25%25&#000',
		'nnnnrrrrnnnnrrrr-end',
	];
	const { text } = createRedactor(secrets);
	const pieces = [
		'\\',
		'%',
		'%25',
		'&#0',
		'sk-',
		'\\u0073',
		'%73',
		'&#x73;',
		'&amp;',
		'&lt',
		'sk-\\',
	];
	const gaps = ['\n', '\n   ', 's\u200b', 'sk-\n', '\\n', '\\\\n', 'n\\n', '&amp;', '\\x6e'];
	for (const piece of [...pieces, ...gaps]) {
		const long = piece.repeat(Math.floor(1_000_000 / piece.length));
		// In two words, as what is expected would stand in the report of a test that fails.
		expect([piece, text(long) === long]).toEqual([piece, true]);
	}
});

test('a secret within a longer one leaves nothing of it', () => {
	const { text } = createRedactor(['secret', 'secret-and-more']);
	expect(text('secret-and-more, secret')).toBe('•••, •••');
	expect(createRedactor(['name:secret', 'secret']).text('n%61me:secret, na\nme:secret')).toBe(
		'•••, •••',
	);
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

test('data of many levels is gone through as far as n8n can save it, and what lies deeper is left out', () => {
	let deep: unknown = 'sk-abcdef';
	for (let level = 0; level < 100_000; level++) deep = [deep];
	const shown = JSON.stringify(createRedactor(['sk-abcdef']).value(deep));
	expect(shown).toMatch(/^\[{500,}"•••"\]{500,}$/);
});

test('what has no prototype is plain data, and what is nothing stays', () => {
	const bare = Object.assign(Object.create(null) as Record<string, unknown>, { a: 'sk-abcdef' });
	const { value } = createRedactor(['sk-abcdef']);
	expect(value({ bare, none: null, list: [null, undefined] })).toEqual({
		bare: { a: '•••' },
		none: null,
		list: [null, undefined],
	});
});

test('without a secret, data is the same object', () => {
	const given = { a: ['b'] };
	expect(createRedactor([' ', 'none']).value(given)).toBe(given);
});

test('with the key go the tokens of callbacks that follow from it', () => {
	const { text } = redactorOf(['sk-abcdef']);
	expect(text('sk-abcdef')).toBe('•••');
	const address = 'https://n8n.test/1';
	expect(text(withToken(address, 'sk-abcdef'))).toBe(`${address}?token=•••`);
	expect(text(withToken(address, 'sk-abcdef', 'row 7'))).toContain('&token=•••.');
	expect(redactorOf(['']).text('anything')).toBe('anything');
});

test.each(['Bearer sk-abcdef', '"sk-abcdef"\n', 'sk-\u200babcdef'])(
	'a key that is kept as %j is hidden as it is sent',
	(kept) => {
		expect(redactorOf([kept]).text('The key sk-abcdef is wrong.')).toBe('The key ••• is wrong.');
	},
);
