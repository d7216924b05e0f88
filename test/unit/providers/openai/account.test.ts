// The models of an account, without those that are gone, and its webhook endpoints.
import type { Model } from 'openai/resources/models';

import { createOpenAiAccount } from '../../../../providers/openai/account';
import { answerWith, failureOf, RECEIVED_AT } from '../support';

const API = 'https://api.openai.com/v1';
const account = createOpenAiAccount(API);

const model = (id: string, parts: object = {}): Model => ({
	id,
	object: 'model',
	created: 1745517030,
	owned_by: 'openai',
	...parts,
});
const read = (...data: unknown[]) =>
	account.readModels(answerWith({ body: { object: 'list', data } }));
const shutDown = (shutdown_date: unknown) => read({ ...model('gpt-image-1.5'), shutdown_date });

describe('the models', () => {
	it('keep their order', () => {
		expect(read(model('gpt-image-2'), model('gpt-4o')).map(({ id }) => id)).toEqual([
			'gpt-image-2',
			'gpt-4o',
		]);
	});

	test.each<[string, unknown, Date]>([
		['a day to come', '2026-12-01', new Date('2026-12-01T00:00:00Z')],
		['a time to come', '2026-11-20T12:00:01Z', new Date('2026-11-20T12:00:01Z')],
		['seconds to come', 1796083200, new Date(1796083200_000)],
		['seconds to come, as text', '1796083200', new Date(1796083200_000)],
	])('tell when they will be shut down: %s', (_rule, value, shutdownDate) => {
		expect(shutDown(value)).toEqual([{ id: 'gpt-image-1.5', shutdownDate }]);
	});

	test.each<[string, unknown]>([
		['on a day that is past', '2026-10-23'],
		['at this very moment', RECEIVED_AT.toISOString()],
		['a second ago', '2026-11-20T11:59:59Z'],
		['seconds ago', 1795132800],
		['seconds ago, as text', '1795132800'],
	])('are left out when they were shut down %s', (_rule, value) => {
		expect(shutDown(value)).toEqual([]);
	});

	test.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['an empty text', ''],
		['no date at all', 0],
		['words', 'soon'],
		['words with a number', 'announced for 2026'],
		['an object', { date: '2026-10-23' }],
		['a truth', true],
	])('stay when their shutdown date is %s', (_rule, value) => {
		expect(shutDown(value)).toEqual([{ id: 'gpt-image-1.5', shutdownDate: undefined }]);
	});

	test.each<[string, unknown]>([
		['no data', {}],
		['text', '<html>'],
		['null', null],
		['entries of which none is a model', { data: [[{ id: 'gpt-image-2' }], null] }],
	])('are unreadable with %s', (_rule, body) => {
		expect(failureOf(() => account.readModels(answerWith({ body }))).kind).toBe('unreadableAnswer');
	});
});

describe('the webhook endpoints', () => {
	const ENDPOINT = {
		id: 'whe_1',
		object: 'webhook_endpoint',
		created_at: 1795176000,
		name: 'n8n',
		url: 'https://n8n.example.com/webhook/1',
		event_types: ['response.completed'],
	};

	it('are read without their secret later', () => {
		expect(account.readWebhookEndpoint(answerWith({ body: ENDPOINT }))).toMatchObject({
			id: 'whe_1',
			url: 'https://n8n.example.com/webhook/1',
		});
	});

	it('tell their secret once, when they are made', () => {
		const body = { ...ENDPOINT, signing_secret: 'whsec_AAAA' };
		expect(account.readWebhookEndpoint(answerWith({ body }))).toMatchObject({
			id: 'whe_1',
			signing_secret: 'whsec_AAAA',
		});
	});

	it('are unreadable without an id', () => {
		const answer = answerWith({ body: { url: ENDPOINT.url } });
		expect(failureOf(() => account.readWebhookEndpoint(answer)).kind).toBe('unreadableAnswer');
	});
});

describe('the routes', () => {
	const get = { method: 'GET', idempotent: true };
	test.each([
		['the models', account.models(), { ...get, url: `${API}/models` }],
		[
			'an endpoint',
			account.webhookEndpoint('whe_1/../x'),
			{ ...get, url: `${API}/webhook_endpoints/whe_1%2F..%2Fx` },
		],
		[
			'making an endpoint, which must not be done twice',
			account.createWebhookEndpoint('n8n', 'https://n8n.example.com/webhook/1', ['batch.failed']),
			{
				method: 'POST',
				url: `${API}/webhook_endpoints`,
				idempotent: false,
				json: {
					name: 'n8n',
					url: 'https://n8n.example.com/webhook/1',
					event_types: ['batch.failed'],
				},
			},
		],
		[
			'removing an endpoint',
			account.deleteWebhookEndpoint('whe_1/../x'),
			{ method: 'DELETE', url: `${API}/webhook_endpoints/whe_1%2F..%2Fx`, idempotent: true },
		],
	])('%s', (_rule, request, expected) => {
		expect(request).toEqual(expected);
	});
});
