// Callback addresses: which ones a provider can deliver to, and the token that tells its deliveries from forged ones.
import fc from 'fast-check';

import {
	checkCallbackUrl,
	hasRightToken,
	withToken,
} from '../../../../pipeline/callbacks/callbackUrl';
import { failureOf } from '../../providers/support';

const PROVIDER = 'https://api.evolink.ai';
const KEY = 'sk-right';
const HOW_TO_BE_REACHABLE =
	'n8n must be reachable from the internet: whoever runs this n8n sets N8N_WEBHOOK_URL (WEBHOOK_URL on an older n8n) to its public https address and restarts it. The trigger then shows an address that works here. Without one, set Completion to Wait for the Images, which needs no callback.';

describe('an address that the provider can reach is taken', () => {
	test.each([
		'https://n8n.example.com/webhook/1',
		'https://n8n.example.com:8443/webhook/1?a=b',
		'https://N8N.EXAMPLE.COM/webhook/1',
		'https://한국.example.com/webhook/1',
		'https://8.8.8.8/webhook/1',
		'https://172.15.0.1/webhook/1',
		'https://172.32.0.1/webhook/1',
		'https://100.63.0.1/webhook/1',
		'https://100.128.0.1/webhook/1',
		'https://192.169.0.1/webhook/1',
		'https://[2606:4700::1111]/webhook/1',
		'https://internal.example.com/webhook/1',
		'https://10.example.com/webhook/1',
	])('%s', (url) => {
		expect(() => checkCallbackUrl(url, PROVIDER)).not.toThrow();
	});
});

describe('an address that only a local network knows is refused', () => {
	test.each([
		['https://localhost:5678/webhook/1', 'localhost'],
		['https://n8n.localhost/webhook/1', 'n8n.localhost'],
		['http://localhost:5678/webhook/1', 'localhost'],
		['https://127.0.0.1/webhook/1', '127.0.0.1'],
		['https://2130706433/webhook/1', '127.0.0.1'],
		['https://0.0.0.0/webhook/1', '0.0.0.0'],
		['https://10.0.0.5/webhook/1', '10.0.0.5'],
		['https://192.168.1.20/webhook/1', '192.168.1.20'],
		['https://172.16.0.1/webhook/1', '172.16.0.1'],
		['https://172.31.255.255/webhook/1', '172.31.255.255'],
		['https://100.64.0.1/webhook/1', '100.64.0.1'],
		['https://100.127.255.255/webhook/1', '100.127.255.255'],
		['https://169.254.169.254/webhook/1', '169.254.169.254'],
		['https://[::1]/webhook/1', '[::1]'],
		['https://[::]/webhook/1', '[::]'],
		['https://[fc00::1]/webhook/1', '[fc00::1]'],
		['https://[fd12:3456::1]/webhook/1', '[fd12:3456::1]'],
		['https://[fe80::1]/webhook/1', '[fe80::1]'],
		['https://[::ffff:10.0.0.1]/webhook/1', '[::ffff:a00:1]'],
		['https://n8n/webhook/1', 'n8n'],
		['https://n8n.local/webhook/1', 'n8n.local'],
		['https://n8n.company.internal/webhook/1', 'n8n.company.internal'],
		['https://n8n.internal./webhook/1', 'n8n.internal.'],
		['https://localhost./webhook/1', 'localhost.'],
		['https://n8n./webhook/1', 'n8n.'],
	])('%s', (url, host) => {
		expect(failureOf(() => checkCallbackUrl(url, PROVIDER))).toEqual({
			kind: 'badInput',
			message: `The Callback URL points to "${host}", which can't be reached from the internet.`,
			advice: HOW_TO_BE_REACHABLE,
		});
	});
});

it('is refused without https', () => {
	expect(failureOf(() => checkCallbackUrl('http://n8n.example.com/webhook/1', PROVIDER))).toEqual({
		kind: 'badInput',
		message: 'The Callback URL must begin with https://.',
		advice: HOW_TO_BE_REACHABLE,
	});
});

test.each([
	['words', 'the trigger in my other workflow'],
	['nothing', ''],
	['a path', '/webhook/1'],
	['another scheme', 'ftp://n8n.example.com/webhook/1'],
	['a script', 'javascript:alert(1)'],
])('is refused when it is %s', (_rule, url) => {
	expect(failureOf(() => checkCallbackUrl(url, PROVIDER))).toEqual({
		kind: 'badInput',
		message: `The Callback URL "${url}" isn't a web address.`,
		advice:
			'Open the trigger node in the other workflow, copy its Production URL and paste it here.',
	});
});

describe('its length', () => {
	const PREFIX = 'https://n8n.example.com/webhook/';
	const addressOf = (characters: number) => PREFIX.padEnd(characters, 'x');

	it('is too much with 2,049 characters', () => {
		const failure = failureOf(() => checkCallbackUrl(addressOf(2049), PROVIDER));
		expect(failure.message).toContain('at most 2048');
		expect(failure.advice).toBe('Use a shorter address.');
	});

	it('is too much on this machine, too', () => {
		expect(() => checkCallbackUrl(addressOf(2049), 'http://127.0.0.1:4010')).toThrow();
	});

	it('is counted as the provider gets it: with the token, and never more than 2,048', () => {
		const lengths = fc.integer({ min: PREFIX.length, max: 2100 });
		const tails = fc.constantFrom('', '?a=b', '?이름=값', '/한글');
		fc.assert(
			fc.property(lengths, tails, (length, tail) => {
				const url = addressOf(length) + tail;
				const sent = withToken(url, KEY).length;
				if (sent > 2048) expect(() => checkCallbackUrl(url, PROVIDER)).toThrow();
				else expect(() => checkCallbackUrl(url, PROVIDER)).not.toThrow();
			}),
		);
	});
});

describe('on this machine, as with a sandbox,', () => {
	test.each([
		'http://localhost:5678/webhook/1',
		'http://127.0.0.1:5678/webhook/1',
		'http://n8n:5678/webhook/1',
		'https://n8n.example.com/webhook/1',
	])('%s is taken', (url) => {
		expect(() => checkCallbackUrl(url, 'http://127.0.0.1:4010')).not.toThrow();
	});

	it('what isn’t a web address is still refused', () => {
		expect(() => checkCallbackUrl('webhook', 'http://localhost:4010')).toThrow();
	});
});

describe('the token', () => {
	const tokenIn = (url: string) => Object.fromEntries(new URL(url).searchParams);
	const url = 'https://n8n.example.com/webhook/1';

	it('is added, and then found right', () => {
		expect(hasRightToken(tokenIn(withToken(url, KEY)), KEY)).toBe(true);
	});

	it('keeps the path, the existing query and nothing of an older token', () => {
		const marked = withToken(`${url}?order=a%20b&n=1&token=old`, KEY);
		expect(marked.startsWith(`${url}?`)).toBe(true);
		expect(tokenIn(marked)).toMatchObject({ order: 'a b', n: '1' });
		expect(new URL(marked).searchParams.getAll('token')).toHaveLength(1);
		expect(hasRightToken(tokenIn(marked), KEY)).toBe(true);
	});

	it('is the same every time, so that the trigger knows it without being told', () => {
		expect(withToken(url, KEY)).toBe(withToken(url, KEY));
	});

	it('does not give the key away', () => {
		expect(withToken(url, KEY)).not.toContain(KEY);
	});

	const right = () => tokenIn(withToken(url, KEY)).token!;
	test.each<[string, () => unknown]>([
		['missing', () => ({})],
		['empty', () => ({ token: '' })],
		['wrong', () => ({ token: 'x'.repeat(right().length) })],
		['too short', () => ({ token: right().slice(0, -1) })],
		['too long', () => ({ token: `${right()}x` })],
		['of other letters that take as many bytes', () => ({ token: 'é'.repeat(21) + 'x' })],
		['given twice', () => ({ token: [right(), right()] })],
		['an object', () => ({ token: { 0: right() } })],
		['under another name', () => ({ Token: right() })],
		['in no query at all', () => undefined],
	])('is refused when it is %s', (_rule, query) => {
		expect(hasRightToken(query(), KEY)).toBe(false);
	});

	it('of one key is never right for another', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (one, other) => {
				expect(hasRightToken(tokenIn(withToken(url, one)), other)).toBe(one === other);
			}),
		);
	});
});
