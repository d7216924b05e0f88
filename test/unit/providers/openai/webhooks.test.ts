// Webhook signatures: the published vector, every reason to refuse, and the official client's verifier as a second opinion.
import { createHmac } from 'node:crypto';

import fc from 'fast-check';
import OpenAI from 'openai';

import { isSigningSecret, refusalOf } from '../../../../providers/openai/webhooks';

const SIGNER = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
const OTHER_SIGNER = 'whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=';
const TIME = 1750287018;
const BODY =
	'{"id":"evt_1","object":"event","created_at":1750287018,"type":"response.completed","data":{"id":"resp_1"}}';
const SIGNATURE = 'v1,AP/zksmNS8JpnurlnNDMY2SrWY+X7fquU7d7yhCcd/o=';
const WRONG_SIGNATURE = `v1,${Buffer.alloc(32, 7).toString('base64')}`;

const UNSIGNED = 'The delivery is not signed.';
const WRONG_TIME = 'The delivery is too old, or its time is wrong.';
const WRONG = 'The signature is wrong.';

interface Delivery {
	headers: Record<string, unknown>;
	body: string;
	secret: string;
	now: number;
}

const headersWith = (parts: Record<string, unknown>) => ({
	'webhook-id': 'wh_1',
	'webhook-timestamp': String(TIME),
	'webhook-signature': SIGNATURE,
	...parts,
});

/** The published vector, changed in what the test is about. */
function refusal(parts: Partial<Delivery>): string | undefined {
	const { headers = headersWith({}), body = BODY, secret = SIGNER, now = TIME } = parts;
	return refusalOf({ headers, rawBody: Buffer.from(body) }, secret, now);
}

function sign(secret: string, id: string, timestamp: string, body: string): string {
	const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
	return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

describe('a delivery is believed', () => {
	test.each<[string, Partial<Delivery>]>([
		['that is the published vector', {}],
		['after 300 seconds', { now: TIME + 300 }],
		['300 seconds ahead', { now: TIME - 300 }],
		[
			'with two signatures of which the first fits',
			{ headers: headersWith({ 'webhook-signature': `${SIGNATURE} ${WRONG_SIGNATURE}` }) },
		],
		[
			'with two signatures of which the second fits',
			{ headers: headersWith({ 'webhook-signature': `${WRONG_SIGNATURE} ${SIGNATURE}` }) },
		],
		[
			'with a signature of a later version beside the one that fits',
			{ headers: headersWith({ 'webhook-signature': `v2,AAAA ${SIGNATURE}` }) },
		],
		['whose secret was pasted with spaces around it', { secret: `  ${SIGNER}\n` }],
		['whose secret was pasted with quotes', { secret: `"${SIGNER}",` }],
		['whose secret was pasted without its beginning', { secret: SIGNER.slice('whsec_'.length) }],
	])('%s', (_rule, parts) => {
		expect(refusal(parts)).toBeUndefined();
	});
});

describe('a delivery is refused', () => {
	test.each<[string, Partial<Delivery>, string]>([
		['with the wrong secret', { secret: OTHER_SIGNER }, WRONG],
		['with a changed body', { body: BODY.replace('resp_1', 'resp_2') }, WRONG],
		['with a body that was parsed and written again', { body: BODY.replace(',', ', ') }, WRONG],
		['with an empty body', { body: '' }, WRONG],
		['under another id', { headers: headersWith({ 'webhook-id': 'wh_2' }) }, WRONG],
		[
			'at another time than was signed',
			{ headers: headersWith({ 'webhook-timestamp': String(TIME + 1) }) },
			WRONG,
		],
		['301 seconds later', { now: TIME + 301 }, WRONG_TIME],
		['301 seconds ahead', { now: TIME - 301 }, WRONG_TIME],
		[
			'without a number as time',
			{ headers: headersWith({ 'webhook-timestamp': 'now' }) },
			WRONG_TIME,
		],
		[
			'with a date as time',
			{ headers: headersWith({ 'webhook-timestamp': '2025-06-18T22:50:18Z' }) },
			WRONG_TIME,
		],
		['with an empty time', { headers: headersWith({ 'webhook-timestamp': '' }) }, WRONG_TIME],
		[
			'with a version that is not known',
			{ headers: headersWith({ 'webhook-signature': SIGNATURE.replace('v1', 'v2') }) },
			WRONG,
		],
		[
			'with a signature without its version',
			{ headers: headersWith({ 'webhook-signature': SIGNATURE.slice(3) }) },
			WRONG,
		],
		[
			'with two wrong signatures',
			{ headers: headersWith({ 'webhook-signature': `${WRONG_SIGNATURE} v1,AAAA` }) },
			WRONG,
		],
		[
			'with a part of the signature',
			{ headers: headersWith({ 'webhook-signature': SIGNATURE.slice(0, 24) }) },
			WRONG,
		],
		['with an empty signature', { headers: headersWith({ 'webhook-signature': '' }) }, WRONG],
		[
			'with a signature of nothing',
			{ headers: headersWith({ 'webhook-signature': 'v1,' }) },
			WRONG,
		],
		['without any header', { headers: {} }, UNSIGNED],
		['without its id', { headers: headersWith({ 'webhook-id': undefined }) }, UNSIGNED],
		['without its time', { headers: headersWith({ 'webhook-timestamp': undefined }) }, UNSIGNED],
		[
			'without its signature',
			{ headers: headersWith({ 'webhook-signature': undefined }) },
			UNSIGNED,
		],
		['with two ids', { headers: headersWith({ 'webhook-id': ['wh_1', 'wh_2'] }) }, UNSIGNED],
	])('%s', (_rule, parts, reason) => {
		expect(refusal(parts)).toBe(reason);
	});

	test.each(['', 'whsec_', ' ', '•••••'])(
		'when the secret "%s" holds no key, however well it is signed without one',
		(secret) => {
			const signature = sign('', 'wh_1', String(TIME), BODY);
			expect(refusal({ secret, headers: headersWith({ 'webhook-signature': signature }) })).toBe(
				'The signing secret is empty or damaged.',
			);
		},
	);
});

describe("the official client's verifier", () => {
	const { webhooks } = new OpenAI({ apiKey: 'unused' });
	/** The client reads the clock itself. */
	beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(TIME * 1000));
	afterEach(() => jest.restoreAllMocks());

	async function isBelieved(headers: Record<string, string>, body: string): Promise<boolean> {
		return await webhooks.verifySignature(body, headers, SIGNER).then(
			() => true,
			() => false,
		);
	}

	it('believes the published vector', async () => {
		expect(await isBelieved(headersWith({}) as Record<string, string>, BODY)).toBe(true);
	});

	it('agrees on any delivery', async () => {
		const delivery = fc.record({
			id: fc.stringMatching(/^[\w.-]{1,30}$/),
			offset: fc.oneof(fc.integer({ min: -400, max: 400 }), fc.constantFrom(-301, -300, 300, 301)),
			body: fc.oneof(fc.string({ unit: 'binary' }), fc.json()),
			signers: fc.array(fc.constantFrom(SIGNER, OTHER_SIGNER, 'garbage'), { maxLength: 4 }),
			changed: fc.constantFrom('nothing', 'nothing', 'nothing', 'body', 'id', 'time'),
		});
		const outcomes = new Set<boolean>();
		await fc.assert(
			fc.asyncProperty(delivery, async ({ id, offset, body, signers, changed }) => {
				const timestamp = String(TIME + offset);
				const signatures = signers.map((signer) =>
					signer === 'garbage' ? 'v1,not base64!' : sign(signer, id, timestamp, body),
				);
				const headers = {
					'webhook-id': changed === 'id' ? `${id}x` : id,
					'webhook-timestamp': changed === 'time' ? String(TIME + offset + 1) : timestamp,
					'webhook-signature': signatures.join(' '),
				};
				const received = changed === 'body' ? `${body} ` : body;
				const ours = refusal({ headers, body: received }) === undefined;
				expect(ours).toBe(await isBelieved(headers, received));
				outcomes.add(ours);
			}),
			{ numRuns: 400 },
		);
		expect(outcomes).toEqual(new Set([true, false]));
	});
});

test.each<[string, string, boolean]>([
	['as OpenAI writes it', SIGNER, true],
	['with white space and quotes around it', ` "${SIGNER}"\n`, true],
	['without its beginning', SIGNER.slice('whsec_'.length), true],
	['of 16 bytes', `whsec_${'a'.repeat(22)}`, true],
	['that is shorter', `whsec_${'a'.repeat(21)}`, false],
	['without anything behind its beginning', 'whsec_', false],
	['that is empty', '', false],
	['of blanks', ' \t', false],
	['that is an API key', ['sk', 'proj', 'a'.repeat(40)].join('-'), false],
	['in words', 'my very long and secret secret', false],
	['that is hidden', `whsec_${'•'.repeat(30)}`, false],
	['with more behind it', `${SIGNER} ${SIGNER}`, false],
])('a signing secret %s', (_what, text, isOne) => {
	expect(isSigningSecret(text)).toBe(isOne);
});
