// Whether a signature is by one of the keys that a provider publishes, and how old what it signs may be.
import { generateKeyPairSync, sign } from 'crypto';

import { isSignedByAny, isTooOld } from '../../../providers/signatures';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const KEY = publicKey.export({ format: 'jwk' });
const OTHER = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
const MESSAGE = 'é 日本\n1';
const SIGNATURE = sign(null, Buffer.from(MESSAGE), privateKey).toString('hex');

test.each<[string, unknown, boolean]>([
	['the only key', [KEY], true],
	['the second key', [OTHER, KEY], true],
	[
		'a key beside entries that are none',
		[null, 'x', { kty: 'RSA' }, { ...KEY, x: 'AAAA' }, KEY],
		true,
	],
	['a key of which no other kind is said', [{ kty: 'OKP', crv: 'Ed25519', x: KEY.x }], true],
	['another key', [OTHER], false],
	['a key that is said to be of another kind', [{ ...KEY, crv: 'X25519' }], false],
	['the twenty-first key', [...Array<unknown>(20).fill(OTHER), KEY], false],
	['no list', 'keys', false],
])('a signature by %s', (_what, keys, isSigned) => {
	expect(isSignedByAny({ keys }, MESSAGE, SIGNATURE)).toBe(isSigned);
});

test.each([
	['cut short', SIGNATURE.slice(2)],
	['with more behind it', `${SIGNATURE}00`],
	['with what is no hex behind it', `${SIGNATURE}zz`],
	['with half a byte behind it', `${SIGNATURE}0`],
	['that is no hex', 'z'.repeat(128)],
	['of another message', sign(null, Buffer.from('2'), privateKey).toString('hex')],
])('a signature %s is none', (_what, signature) => {
	expect(isSignedByAny({ keys: [KEY] }, MESSAGE, signature)).toBe(false);
});

test.each([
	['1000', 1300, false],
	['1000', 1301, true],
	['1000', 700, false],
	['1000', 699, true],
	['now', 1000, true],
	['', 0, true],
	['-1', 0, true],
])('a delivery of %j is too old or too new at %i: %s', (time, now, expected) => {
	expect(isTooOld(time, now)).toBe(expected);
});
