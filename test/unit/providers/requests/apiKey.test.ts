// Keys as people paste them: mended, or told in words that don't show them.
import { meantKey, readKey } from '../../../../providers/requests/apiKey';
import { failureOf } from '../support';

describe('a key is what was meant', () => {
	test.each([
		['as it is', 'sk-proj_A1.b2~c3+d4/e5==', 'sk-proj_A1.b2~c3+d4/e5=='],
		['spaces around it', '  sk-1 ', 'sk-1'],
		['a line break', 'sk-1\r\n', 'sk-1'],
		['a hard space and a byte order mark', '\ufeff\u00a0sk-1', 'sk-1'],
		['a space that nobody sees, inside', 'sk-\u200b1', 'sk-1'],
		['quotes', '"sk-1"', 'sk-1'],
		['single quotes', "'sk-1'", 'sk-1'],
		['quotes of a text program', '“sk-1”', 'sk-1'],
		['a quote at one end', 'sk-1"', 'sk-1'],
		['what stands behind it in a file of settings', '"sk-1",\n', 'sk-1'],
		['a Bearer', 'Bearer sk-1', 'sk-1'],
		['a bearer in small letters', 'bearer  sk-1', 'sk-1'],
		['a Bearer with a colon', 'Bearer: sk-1', 'sk-1'],
		['a quoted Bearer', '"Bearer sk-1"', 'sk-1'],
		['a Bearer before quotes', 'Bearer "sk-1"', 'sk-1'],
		['a whole header', 'Authorization: Bearer sk-1', 'sk-1'],
		["fal's header", 'Authorization: Key a1:b2', 'a1:b2'],
		['a key that is called so', 'key:secret', 'key:secret'],
		["Core.Today's header", 'X-API-Key: cdt_1', 'cdt_1'],
		['a key that begins alike', 'bearer-1', 'bearer-1'],
		['a word for a server without keys', 'none', 'none'],
	])('%s', (_rule, written, key) => {
		expect(readKey(written)).toBe(key);
		expect(meantKey(written)).toBe(key);
	});
});

test.each(['', '  \n', '""', 'Bearer', 'Bearer ', 'Authorization: Bearer'])(
	'%j is empty',
	(written) => {
		expect(failureOf(() => readKey(written))).toEqual({
			kind: 'badInput',
			message: 'The API Key is empty: enter it in the credential.',
			advice: 'If your server asks for none, enter any word, such as none.',
		});
	},
);

describe('a key that no header can carry is told', () => {
	test.each([
		['sk-secret another', 'a space'],
		['sk-secret\nother', 'a line break'],
		['sk-secret\tother', 'a space'],
		['sk-secret…', 'the character "…"'],
		['sk-••••secret', 'the character "•"'],
		['sk-secreté', 'the character "é"'],
		['sk-secret🦊', 'the character "🦊"'],
		['sk-secret\u0007x', 'the character U+0007'],
		['sk-secret\ud800', 'the character U+D800'],
	])('%j', (written, what) => {
		const failure = failureOf(() => readKey(written));
		expect(failure).toMatchObject({
			kind: 'badInput',
			message: `The API Key holds ${what}, which can't be sent: copy the whole key again and paste it.`,
		});
		expect(`${failure.message} ${failure.advice}`).not.toContain('secret');
	});

	it('by the name of its field', () => {
		expect(failureOf(() => readKey('org 1', 'Organization ID')).message).toContain(
			'The Organization ID holds a space',
		);
	});
});

it('reads a text of any length in a moment', () => {
	expect(meantKey(`${' "'.repeat(200_000)}sk-1${' "'.repeat(200_000)}`)).toBe('sk-1');
	expect(() => readKey(`sk${' '.repeat(400_000)}1`)).toThrow('a space');
});
