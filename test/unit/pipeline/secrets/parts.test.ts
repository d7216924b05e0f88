// What of a secret is secret by itself: long enough to be no ordinary word, and none of its name.
import { partsOf } from '../../../../pipeline/secrets/parts';

const LONG = ['Quoted', 'AbCdEfGhIj'].join('_');
const SHORT = LONG.slice(1, -1);
const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each<[string, string, string[]]>([
	['a key of one word', LONG, [LONG]],
	['a short one has none', SHORT, []],
	['with blanks around it', `  ${LONG}\n`, [LONG]],
	['the half behind the name of one that has two', `id:${LONG}`, [`id:${LONG}`, LONG]],
	['its short half stays, as it may be a word', `of-an-owner:${SHORT}`, [`of-an-owner:${SHORT}`]],
	['the last of several halves', `a:b:${LONG}`, [`a:b:${LONG}`, LONG]],
	['what a header has behind its scheme', `Bearer  ${LONG}`, [LONG]],
	['a scheme with a hyphen', `X-Key ${LONG}`, [LONG]],
	['no scheme where there are two words behind', `Key ${LONG} ${SHORT}`, [`Key ${LONG} ${SHORT}`]],
	['no scheme that isn’t a word', `"Key" ${LONG}`, [`"Key" ${LONG}`]],
	[
		'what Basic writes in base64, and the password in it',
		`Basic  ${base64(`user:${LONG}`)}`,
		[`user:${LONG}`, base64(`user:${LONG}`), LONG],
	],
	['a short login by itself, too', `basic ${base64('user:pass')}`, ['user:pass']],
	[
		'no login of what Basic doesn’t begin',
		`X Basic ${base64(`user:${LONG}`)}`,
		[`X Basic ${base64(`user:${LONG}`)}`],
	],
	[
		'no login where more stands behind it',
		`Basic ${base64(`user:${LONG}`)} more`,
		[`Basic ${base64(`user:${LONG}`)} more`],
	],
	[
		'no login of bytes that nobody has typed',
		`Basic ${Buffer.alloc(16, 255).toString('base64')}`,
		[Buffer.alloc(16, 255).toString('base64')],
	],
])('%s', (_which, secret, parts) => {
	expect([...new Set(partsOf(secret))].sort()).toEqual([...parts].sort());
});
