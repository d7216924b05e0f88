// fal's signature: Ed25519 over the raw bytes, by any of the published keys, for five minutes.
import { createPrivateKey, sign } from 'crypto';

import { digestOf } from '../../../../providers/digest';
import { refusalOf } from '../../../../providers/fal/webhooks';

const KEY = { kty: 'OKP', crv: 'Ed25519', x: 'A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg' };
const OTHER_KEY = { ...KEY, x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const JWKS = { keys: [KEY] };
const TIME = 1795860000;
const F1 = {
	id: '019ac1b2-0000-7000-8000-000000000001',
	body: '{"error": null, "gateway_request_id": "019ac1b2-0000-7000-8000-000000000001", "payload": {"images": [{"content_type": "image/png", "height": 1024, "url": "https://v3b.fal.media/files/b/panda/abc.png", "width": 1024}], "seed": 42}, "request_id": "019ac1b2-0000-7000-8000-000000000001", "status": "OK"}',
	signature:
		'18e724cdb4d28bc75dafb6952d850f432d19ed311bb2ebcba2c2345c1f81ef9cc8b46508a40f5b99df4c9a858f71252d6d023a3e4aef70d7ee7e033e0ec1f501',
};
const F2 = {
	id: '019ac1b2-0000-7000-8000-000000000002',
	body: '{"error": "Invalid status code: 422", "gateway_request_id": "019ac1b2-0000-7000-8000-000000000003", "payload": {"detail": [{"loc": ["body", "prompt"], "msg": "The content could not be processed because it was flagged by a content checker.", "type": "content_policy_violation", "url": "https://docs.fal.ai/errors/#content_policy_violation", "ctx": {"extra_info": {}}}]}, "request_id": "019ac1b2-0000-7000-8000-000000000002", "status": "ERROR"}',
	signature:
		'ecd13dff49ce0b0fe62f20cdbe9871befe2f7578cd5ce7c0a6f44ec0dff9556144dfac7d7e91e7e5d9e041f04d7f937be725aa0ddb968485559f15dc05277c00',
};

type Headers = Record<string, unknown>;
const headersOf = ({ id, signature }: typeof F1): Headers => ({
	'x-fal-webhook-request-id': id,
	'x-fal-webhook-user-id': 'github|1234567',
	'x-fal-webhook-timestamp': String(TIME),
	'x-fal-webhook-signature': signature,
});
const judged = (
	vector: typeof F1,
	{ headers = {}, body = vector.body, keys = JWKS as unknown, now = TIME } = {},
) =>
	refusalOf(
		{ headers: { ...headersOf(vector), ...headers }, rawBody: Buffer.from(body) },
		keys,
		now,
	);

const NOT_SIGNED = 'The delivery is not signed.';
const TOO_OLD = 'The delivery is too old, or its time is wrong.';
const WRONG = 'The signature is wrong.';

test.each([
	['a delivery of images', F1, {}],
	['one of a failure, after fal tried again by itself', F2, {}],
	['one signed with the second key', F1, { keys: { keys: [OTHER_KEY, KEY] } }],
	[
		'keys beside ones that are none',
		F1,
		{ keys: { keys: [null, { kty: 'RSA' }, { ...KEY, x: 'AAAA' }, KEY] } },
	],
	['one that is 300 seconds old', F1, { now: TIME + 300 }],
	['one 300 seconds ahead', F1, { now: TIME - 300 }],
	['a signature in capital letters', { ...F1, signature: F1.signature.toUpperCase() }, {}],
])('believes %s', (_what, vector, changes) => {
	expect(judged(vector, changes)).toBeUndefined();
});

test.each([
	['a body written anew', { body: JSON.stringify(JSON.parse(F1.body)) }, WRONG],
	['one more space', { body: `${F1.body} ` }, WRONG],
	['another user', { headers: { 'x-fal-webhook-user-id': 'github|7654321' } }, WRONG],
	['another request', { headers: { 'x-fal-webhook-request-id': F2.id } }, WRONG],
	['another key', { keys: { keys: [OTHER_KEY] } }, WRONG],
	['no keys', { keys: { keys: [] } }, WRONG],
	[
		'the right key behind a long list',
		{ keys: { keys: [...Array(20).fill(OTHER_KEY), KEY] } },
		WRONG,
	],
	['keys of another form', { keys: 'keys' }, WRONG],
	[
		'a signature cut short',
		{ headers: { 'x-fal-webhook-signature': F1.signature.slice(2) } },
		WRONG,
	],
	[
		'a signature that is no hex',
		{ headers: { 'x-fal-webhook-signature': 'z'.repeat(128) } },
		WRONG,
	],
	['301 seconds', { now: TIME + 301 }, TOO_OLD],
	['301 seconds ahead', { now: TIME - 301 }, TOO_OLD],
	['a time in words', { headers: { 'x-fal-webhook-timestamp': 'now' } }, TOO_OLD],
	['no signature', { headers: { 'x-fal-webhook-signature': undefined } }, NOT_SIGNED],
	['no user', { headers: { 'x-fal-webhook-user-id': undefined } }, NOT_SIGNED],
	['two signatures', { headers: { 'x-fal-webhook-signature': ['a', 'b'] } }, NOT_SIGNED],
])('refuses %s', (_what, changes, reason) => {
	expect(judged(F1, changes)).toBe(reason);
});

it('counts bytes, not letters', () => {
	const seed = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
	const key = createPrivateKey({
		key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
		format: 'der',
		type: 'pkcs8',
	});
	const body = '{"payload":"é 日本 🎨"}';
	const message = `${F1.id}\ngithub|1234567\n${TIME}\n${digestOf(body)}`;
	const signature = sign(null, Buffer.from(message), key).toString('hex');
	expect(judged({ ...F1, body, signature })).toBeUndefined();
});
