// What goes to fal, and what its refusals mean.
import { createFal } from '../../../../providers/fal';
import { answerWith, failureOf, requestWith } from '../support';

const fal = createFal({
	baseUrl: 'https://queue.fal.run/',
	filesBaseUrl: 'https://rest.fal.ai',
	apiBaseUrl: 'https://api.fal.ai/v1',
});
const MODEL = 'fal-ai/flux/dev';

it('orders once, with the callback in the query and the model in the callback', () => {
	const callbackUrl = 'https://n8n.test/webhook/1?token=abc';
	const request = fal.submit(requestWith({ model: MODEL, callbackUrl }));
	expect(request).toMatchObject({
		method: 'POST',
		url: 'https://queue.fal.run/fal-ai/flux/dev',
		query: { fal_webhook: 'https://n8n.test/webhook/1?fal_model=fal-ai%2Fflux%2Fdev&token=abc' },
		json: { prompt: 'A red fox' },
		idempotent: false,
	});
	expect(fal.submit(requestWith({ model: MODEL })).query).toEqual({});
	const bare = fal.submit(requestWith({ model: 'a/b', callbackUrl: 'https://n8n.test/x' }));
	expect(bare.query).toEqual({ fal_webhook: 'https://n8n.test/x?fal_model=a%2Fb' });
});

test.each([
	[{ request_id: '019a' }, { fal_model: MODEL }, `${MODEL}/requests/019a`],
	[
		{ request_id: '019a', gateway_request_id: '019b' },
		{ fal_model: [MODEL, 'x/y'] },
		`${MODEL}/requests/019a`,
	],
	[{ request_id: '019a' }, {}, undefined],
	[{ gateway_request_id: '019b' }, { fal_model: MODEL }, undefined],
	['text', { fal_model: MODEL }, undefined],
	[{ request_id: '019a' }, undefined, undefined],
])('knows the task of a delivery: %j', (body, query, id) => {
	expect(fal.readCallback(body, query)).toBe(id);
});

it('stops a task by PUT, and knows when it came too late', () => {
	expect(fal.cancel(`${MODEL}/requests/019a`)).toMatchObject({
		method: 'PUT',
		url: 'https://queue.fal.run/fal-ai/flux/requests/019a/cancel',
	});
	const late = answerWith({ status: 400, body: { status: 'ALREADY_COMPLETED' } });
	expect(fal.cameTooLate(late)).toBe(true);
	const gone = answerWith({ status: 404, body: { status: 'NOT_FOUND' } });
	expect(fal.cameTooLate(gone)).toBe(false);
});

describe('a file', () => {
	const file = { label: 'photo.png', mimeType: 'image/png' };
	const place = answerWith({
		body: {
			upload_url: 'https://v3.fal.media/up?sig=1',
			file_url: 'https://v3.fal.media/files/photo.png',
		},
	});

	it('is sent to the place that fal names, without the key', () => {
		expect(fal.upload.request(file)).toMatchObject({
			method: 'POST',
			url: 'https://rest.fal.ai/storage/upload/initiate',
			query: { storage_type: 'fal-cdn-v3' },
			json: { content_type: 'image/png', file_name: 'photo.png' },
			idempotent: true,
		});
		expect(fal.upload.follow(place, file)).toEqual({
			method: 'PUT',
			url: 'https://v3.fal.media/up?sig=1',
			file,
			isUnsigned: true,
			responseType: 'none',
			idempotent: true,
		});
		expect(fal.upload.read(place)).toEqual({ url: 'https://v3.fal.media/files/photo.png' });
	});

	test.each([
		['data', 'image/jpeg', 'data.jpeg'],
		['data', 'image/svg+xml', 'data.svg'],
		['a/b\\c.png', 'image/png', 'a_b_c.png'],
	])('"%s" of the type %s is called %s', (label, mimeType, name) => {
		expect(fal.upload.request({ label, mimeType }).json).toEqual({
			content_type: mimeType,
			file_name: name,
		});
	});

	test.each([
		{},
		{ upload_url: 'file:///etc', file_url: 'https://x.test/a' },
		{ upload_url: 'https://x.test/a' },
	])('has no place in %j', (body) => {
		expect(failureOf(() => fal.upload.follow(answerWith({ body }), file)).kind).toBe(
			'unreadableAnswer',
		);
	});
});

describe('the catalogue', () => {
	it('is searched, page after page', () => {
		expect(fal.models('generate', 'flux', 'c2')).toMatchObject({
			url: 'https://api.fal.ai/v1/models',
			query: { category: 'text-to-image', status: 'active', q: 'flux', cursor: 'c2', limit: 50 },
		});
		const models = [
			{ endpoint_id: 'a/b', metadata: { display_name: 'B' } },
			{ metadata: {} },
			null,
			{ endpoint_id: 'c/d' },
		];
		expect(
			fal.readModels(answerWith({ body: { models, next_cursor: 'c3', has_more: true } })),
		).toEqual({
			models: [
				{ id: 'a/b', title: 'B' },
				{ id: 'c/d', title: undefined },
			],
			cursor: 'c3',
		});
		expect(
			fal.readModels(answerWith({ body: { models, next_cursor: 'c3', has_more: false } })).cursor,
		).toBeUndefined();
	});

	test.each([
		[{ prices: [{ endpoint_id: MODEL, unit_price: 0.025, unit: 'megapixels' }] }, 0.025],
		[{ prices: [{ endpoint_id: 'x/y', unit_price: 0.025, unit: 'images' }] }, undefined],
		[{ prices: [{ endpoint_id: MODEL, unit_price: '0.025' }] }, undefined],
		[{ prices: null }, undefined],
		['text', undefined],
	])('tells the price of a unit: %j', (body, dollars) => {
		expect(fal.price.read(answerWith({ body }), MODEL)?.dollars).toBe(dollars);
	});

	it('tells the balance', () => {
		const body = { username: 'me', credits: { current_balance: 24.5, currency: 'USD' } };
		expect(fal.readBalance(answerWith({ body }))).toEqual({
			balance: 24.5,
			currency: 'USD',
			username: 'me',
		});
	});
});

test.each([
	['auth', 401, { detail: 'No user found for Key ID and Secret' }],
	[
		'balance',
		403,
		{
			detail:
				'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.',
		},
	],
	['forbidden', 403, { detail: 'You may not' }],
	['modelGone', 404, { detail: 'Application "x" not found' }],
	['notFound', 404, { status: 'NOT_FOUND' }],
	['rateLimit', 429, { detail: 'Too many', error_type: 'concurrent_requests_limit' }],
	[
		'moderation',
		422,
		{ detail: [{ loc: ['body', 'prompt'], msg: 'No.', type: 'content_policy_violation' }] },
	],
	[
		'badRequest',
		422,
		{ detail: [{ loc: ['body', 'prompt'], msg: 'Field required', type: 'missing' }] },
	],
	['badRequest', 400, { error: { type: 'validation_error', message: 'Bad cursor' } }],
	['providerDown', 503, { detail: 'Unavailable' }],
	['providerDown', 504, { detail: 'Request timed out', error_type: 'request_timeout' }],
])('a refusal is one of %s under %i', (kind, status, body) => {
	expect(fal.readFailure(answerWith({ status, body })).details).toMatchObject({ kind, status });
});

it('tells a list of what is wrong, and not an object', () => {
	const detail = [
		{ loc: ['body', 'prompt'], msg: 'Field required', type: 'missing' },
		{ loc: ['body', 'num_images'], msg: 'Input should be less than 5', type: 'less_than_equal' },
	];
	expect(fal.readFailure(answerWith({ status: 422, body: { detail } })).details).toMatchObject({
		message: 'fal: prompt: Field required; num_images: Input should be less than 5',
		code: 'missing',
	});
});

it('never takes a 503 for a promise that nothing was done', () => {
	const answer = answerWith({
		status: 503,
		headers: { 'retry-after': '1', 'x-fal-request-id': '019a' },
		body: { detail: 'Busy' },
	});
	expect(fal.readFailure(answer).details).toMatchObject({
		retryAfterSeconds: undefined,
		requestId: '019a',
	});
	const slow = answerWith({
		status: 429,
		headers: { 'retry-after': '1' },
		body: { detail: 'Busy' },
	});
	expect(fal.readFailure(slow).details.retryAfterSeconds).toBe(1);
});
