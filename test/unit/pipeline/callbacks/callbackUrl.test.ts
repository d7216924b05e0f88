// Callback addresses: which ones a provider can deliver to, and the token that tells its deliveries from forged ones.
import fc from 'fast-check';

import {
	checkCallbackUrl,
	checkResumeUrl,
	checkTriggerUrl,
	hasRightToken,
	tokenOf,
	tokensOf,
	vouchedIn,
	withToken,
} from '../../../../pipeline/callbacks/callbackUrl';
import { failureOf } from '../../providers/support';

const PROVIDER = 'https://api.evolink.ai';
const KEY = 'sk-right';
const PUBLIC_ADDRESS =
	'n8n must be reachable from the internet: whoever runs this n8n sets N8N_WEBHOOK_URL (WEBHOOK_URL on an older n8n) to its public https address and restarts it.';
const NO_CALLBACK = 'Without one, set Waiting to Wait for the Images, which needs no callback.';
const HOW_TO_BE_REACHABLE = `${PUBLIC_ADDRESS} The trigger then shows an address that works here. ${NO_CALLBACK}`;

describe('an address that the provider can reach is taken', () => {
	test.each([
		'https://n8n.example.com/webhook/1',
		'https://n8n.example.com:8443/webhook/1?a=b',
		'https://N8N.EXAMPLE.COM/webhook/1',
		'https://한국.example.com/webhook/1',
		'https://8.8.8.8/webhook/1',
		'https://me:pw@n8n.example.com/webhook/1?a=1&a=2#x',
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
		['https://n8n.home.arpa/webhook/1', 'n8n.home.arpa'],
		['https://n8n.localdomain/webhook/1', 'n8n.localdomain'],
		['https://host.docker.internal/webhook/1', 'host.docker.internal'],
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
	['a hundred letters', 'x'.repeat(100)],
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

it('is quoted with its first hundred letters when it is a whole text', () => {
	const { message } = failureOf(() => checkCallbackUrl(`${'x'.repeat(100)}y`, PROVIDER));
	expect(message).toBe(`The Callback URL "${'x'.repeat(100)}" isn't a web address.`);
});

describe('an address of n8n itself is refused', () => {
	const local = (host: string) =>
		`n8n's own address points to "${host}", which can't be reached from the internet.`;
	const plain = "n8n's own address must begin with https://.";

	test.each<[string, string, string]>([
		[
			'http://localhost:5678/webhook-waiting/1',
			local('localhost'),
			`${PUBLIC_ADDRESS} ${NO_CALLBACK}`,
		],
		['http://n8n.example.com/webhook-waiting/1', plain, `${PUBLIC_ADDRESS} ${NO_CALLBACK}`],
		[
			'/webhook-waiting/1',
			'This n8n has no address at which a suspended execution can go on.',
			'Update n8n, or set Waiting to Wait for the Images.',
		],
		[
			'',
			'This n8n has no address at which a suspended execution can go on.',
			'Update n8n, or set Waiting to Wait for the Images.',
		],
	])('for a suspended execution: "%s"', (url, message, advice) => {
		expect(failureOf(() => checkResumeUrl(url, PROVIDER))).toEqual({
			kind: 'badInput',
			message,
			advice,
		});
	});

	test.each([
		['https://n8n.local/webhook/1', local('n8n.local')],
		['http://n8n.example.com/webhook/1', plain],
	])('for a trigger that a provider reports to: %s', (url, message) => {
		expect(failureOf(() => checkTriggerUrl(url, PROVIDER))).toEqual({
			kind: 'badInput',
			message,
			advice: PUBLIC_ADDRESS,
		});
	});

	it('unless it is a public one', () => {
		const url = 'https://n8n.example.com/webhook/1';
		expect(() => checkResumeUrl(url, PROVIDER)).not.toThrow();
		expect(() => checkTriggerUrl(url, PROVIDER)).not.toThrow();
	});
});

describe('its length', () => {
	const PREFIX = 'https://n8n.example.com/webhook/';
	const addressOf = (characters: number) => PREFIX.padEnd(characters, 'x');

	it('is too much with 2,049 characters', () => {
		const failure = failureOf(() => checkCallbackUrl(addressOf(2049), PROVIDER));
		expect(failure).toEqual({
			kind: 'badInput',
			message: 'The Callback URL has 2099 characters with its token, at most 2048 are taken.',
			advice: 'Use a shorter address.',
		});
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

describe('an address that only a local network knows is taken from a provider in one', () => {
	const NEIGHBOUR = 'http://n8n:5678/webhook/1';

	test.each([
		'http://127.0.0.1:4010',
		'http://localhost:4010/v1',
		' http://192.168.1.20:8080/v1 ',
		'\u00a0http://192.168.1.20:8080/v1\u00a0',
		'https://10.0.0.7',
		'http://172.20.0.3:3000',
		'http://100.64.0.9',
		'http://[fd12:3456::1]:8080',
		'http://new-api:3000/v1',
		'http://Gateway.local/v1',
		'https://images.company.internal',
		'http://host.docker.internal:3000/v1',
		'http://gateway.home.arpa',
	])('at %s', (baseUrl) => {
		for (const url of [NEIGHBOUR, 'http://localhost:5678/webhook/1', 'https://n8n.example.com/1']) {
			expect(() => checkCallbackUrl(url, baseUrl)).not.toThrow();
		}
		expect(() => checkResumeUrl(NEIGHBOUR, baseUrl)).not.toThrow();
		expect(() => checkTriggerUrl(NEIGHBOUR, baseUrl)).not.toThrow();
	});

	test.each(['https://api.evolink.ai', 'https://gateway.example.com/v1', 'http://8.8.8.8', ''])(
		'but not from one at "%s"',
		(baseUrl) => {
			expect(() => checkCallbackUrl(NEIGHBOUR, baseUrl)).toThrow();
			expect(() => checkResumeUrl(NEIGHBOUR, baseUrl)).toThrow();
			expect(() => checkTriggerUrl(NEIGHBOUR, baseUrl)).toThrow();
		},
	);

	it('unless it is no web address', () => {
		expect(() => checkCallbackUrl('webhook', 'http://localhost:4010')).toThrow();
	});
});

describe('the token', () => {
	const tokenIn = (url: string) => Object.fromEntries(new URL(url).searchParams);
	const url = 'https://n8n.example.com/webhook/1';

	it('is added, and then found right', () => {
		expect(hasRightToken(tokenIn(withToken(url, KEY)), KEY)).toBe(true);
	});

	test.each([
		['?b=2&a=1&a=0&b=', '?b=2&a=1&a=0&b=&'],
		['?order=a%20b+c&path=%2fX%2Fy&tilde=%7E~', '?order=a%20b+c&path=%2fX%2Fy&tilde=%7E~&'],
		['?name=O\'Neill&list[]=1&j={"a":1}&', '?name=O\'Neill&list[]=1&j={"a":1}&'],
		['?flag', '?flag&'],
		['?next=https://a.test/?x=1', '?next=https://a.test/?x=1&'],
		['?token=of-a-proxy', '?token=of-a-proxy&'],
		['?token=old&n=1', '?token=old&n=1&'],
		['?이름=두 값', '?%EC%9D%B4%EB%A6%84=%EB%91%90%20%EA%B0%92&'],
		['?', '?'],
		['', '?'],
		['?a=1#part', '?a=1&'],
		['#part?a=1', '?'],
	])('stands behind the query %s, which stays as it was written', (query, kept) => {
		const marked = withToken(`${url}${query}`, KEY);
		expect(marked).toBe(`${url}${kept}token=${tokenOf(KEY)}`);
		expect(URL.canParse(marked)).toBe(true);
	});

	it('is the same every time, so that the trigger knows it without being told', () => {
		expect(withToken(url, KEY)).toBe(withToken(url, KEY));
	});

	it('is found right beside another of that name', () => {
		expect(hasRightToken({ token: ['of-a-proxy', right()] }, KEY)).toBe(true);
		expect(hasRightToken({ token: [right(), right()] }, KEY)).toBe(true);
	});

	it('stays what it was in addresses that were given away before an update', () => {
		expect(withToken(url, KEY)).toBe(`${url}?token=BLEazCniq1LJpZpNfDqMKqCcyZDXabncHPv-B8ZU1gY`);
		expect(withToken(url, KEY, '4711')).toBe(
			`${url}?reference=NDcxMQ&token=Qqtw9tSDfUc1OHl1GjOTAIaRkCwCF6xMgqTwqghydeU.SGCW8X9uPuxe3T_lO71HuDRrxIWvkczwMTku7wpZWI4`,
		);
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
		['one of several wrong ones', () => ({ token: ['x'.repeat(43), ['y'], 5] })],
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

describe('a reference in the address', () => {
	const url = 'https://n8n.example.com/webhook/1';
	/** As n8n reads an address: a parameter that stands several times is a list. */
	const queryOf = (address: string) => {
		const { searchParams } = new URL(address);
		return Object.fromEntries(
			[...searchParams.keys()].map((name) => {
				const all = searchParams.getAll(name);
				return [name, all.length > 1 ? all : all[0]];
			}),
		);
	};
	const named = (reference: string, before = '') =>
		queryOf(withToken(`${url}${before}`, KEY, reference));

	test.each([
		'4711',
		'a&b=c#d?e/f%g+h',
		'{{ $json.id }}',
		'주문 4711',
		'👩‍🚀',
		'\'"<script>',
		'../../etc',
		'token=x',
	])('%s comes back as it was', (reference) => {
		expect(vouchedIn(named(reference), KEY)).toEqual({ reference });
		const own = '?reference=mine&token=mine';
		expect(vouchedIn(named(reference, own), KEY)).toEqual({ reference });
	});

	it('comes back as it was, whatever it is', () => {
		const references = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 });
		fc.assert(
			fc.property(references, (given) => {
				const reference = given.toWellFormed();
				expect(vouchedIn(named(reference), KEY)).toEqual({ reference });
			}),
		);
	});

	it('is none in an address that was given away without one', () => {
		const query = queryOf(withToken(url, KEY));
		expect(vouchedIn(query, KEY)).toEqual({});
		expect(vouchedIn({ ...query, reference: 'NDcxMQ' }, KEY)).toEqual({});
	});

	const written = (reference: string) => Buffer.from(reference).toString('base64url');
	const right = () => named('4711');
	test.each<[string, () => Record<string, unknown>]>([
		['put on instead of it', () => ({ ...right(), reference: written('4712') })],
		['taken off', () => ({ token: right().token })],
		['emptied', () => ({ ...right(), reference: '' })],
		['one of several wrong ones', () => ({ ...right(), reference: ['x', ['y'], 5] })],
		['left, with the token of another', () => ({ ...right(), token: named('4712').token })],
		[
			'left, with half of its token',
			() => ({ ...right(), token: String(right().token).slice(0, 43) }),
		],
		['left, with the token of an address without one', () => ({ ...right(), token: 'x' })],
	])('is refused when another is %s', (_rule, query) => {
		expect(vouchedIn(query(), KEY)).toBeUndefined();
	});

	it('makes no token that would do for an address without one', () => {
		expect(hasRightToken(named('imagegen callback'), KEY)).toBe(false);
		expect(hasRightToken(named('4711'), KEY)).toBe(false);
	});

	it('is looked for among few, however many there are', () => {
		const many = Array.from({ length: 1000 }, (_, index) => written(`row ${index}`));
		expect(vouchedIn({ ...right(), reference: [...many, written('4711')] }, KEY)).toEqual({
			reference: '4711',
		});
		expect(vouchedIn({ ...right(), reference: [written('4711'), ...many] }, KEY)).toBeUndefined();
	});

	it('leaves nothing of its token that could be used when what is secret is hidden', () => {
		const address = withToken(url, KEY, '4711');
		const shown = tokensOf(KEY).reduce((left, token) => left.replaceAll(token, ''), address);
		expect(queryOf(shown).token).toMatch(/^\.[\w-]{43}$/);
		expect(vouchedIn(queryOf(shown), KEY)).toBeUndefined();
	});

	it('counts in the length of the address', () => {
		const long = `${url}${'x'.repeat(1200)}`;
		expect(() => checkCallbackUrl(long, PROVIDER, '4711')).not.toThrow();
		const { message, advice } = failureOf(() => checkCallbackUrl(long, PROVIDER, '주'.repeat(200)));
		expect(message).toBe(
			'The Callback URL has 2138 characters with its token and Your Reference, at most 2048 are taken.',
		);
		expect(advice).toBe('Use a shorter address, or a shorter reference.');
	});
});
