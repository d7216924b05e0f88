// Triggers in the engine: activation, deliveries over HTTP, what is saved between them.
import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { TestKeyApi, createTestNode, openService, type Service } from './fixtures';
import { startEngine, type Engine } from './index';

const credentials = { testKeyApi: { apiKey: 'right' } };

const trigger = createTestNode(
	{
		webhookMethods: {
			default: {
				async checkExists(this: IHookFunctions) {
					return this.getWorkflowStaticData('node').address !== undefined;
				},
				async create(this: IHookFunctions) {
					const url = this.getNodeParameter('url') as string;
					const options = { url, json: true };
					await this.helpers.httpRequestWithAuthentication.call(this, 'testKeyApi', options);
					this.getWorkflowStaticData('node').address = this.getNodeWebhookUrl('default');
					return true;
				},
				async delete(this: IHookFunctions) {
					delete this.getWorkflowStaticData('node').address;
					return true;
				},
			},
		},
		async webhook(this: IWebhookFunctions) {
			const { rawBody } = this.getRequestObject() as unknown as { rawBody: Buffer };
			const body = this.getBodyData();
			if (body.kind === 'forged') {
				this.getResponseObject().status(401).send('Bad signature').end();
				return { noWebhookResponse: true };
			}
			if (body.kind === 'ping') return { webhookResponse: 'pong' };
			if (body.kind === 'broken') throw new Error('Broken');

			const memory = this.getWorkflowStaticData('node');
			const seen = (memory.seen ?? []) as string[];
			if (seen.includes(String(body.id))) return {};
			memory.seen = [...seen, String(body.id)];
			const file = await this.helpers.prepareBinaryData(rawBody, 'body.json', 'application/json');
			const query = this.getQueryData() as IDataObject;
			return { workflowData: [[{ json: { ...body, query }, binary: { data: file } }]] };
		},
	},
	{
		group: ['trigger'],
		inputs: [],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
	},
);

async function post(url: string, body: unknown): Promise<{ status: number; text: string }> {
	const headers = { 'content-type': 'application/json' };
	const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
	return { status: response.status, text: await response.text() };
}

let service: Service;
let engine: Engine;

beforeAll(async () => {
	service = await openService();
	engine = await startEngine({ credentialTypes: [new TestKeyApi()] });
});

afterAll(async () => {
	await engine.close();
	await service.close();
});

test('activation registers the address that deliveries reach, once, and deactivation takes it back', async () => {
	const parameters = { url: `${service.url}/register` };
	const listening = await engine.trigger({ node: trigger, parameters, credentials });
	await listening.activate();
	await listening.activate();

	const calls = service.requests.filter(({ path }) => path === '/register');
	expect(calls).toHaveLength(1);
	expect(calls[0]?.headers.authorization).toBe('Bearer right');
	expect(listening.staticData['node:Test Node']).toEqual({ address: listening.url });

	await listening.deactivate();
	expect(listening.staticData['node:Test Node']).toEqual({});
});

test('each delivery sees what the ones before it saved', async () => {
	const { url, started, binary, ...listening } = await engine.trigger({
		node: trigger,
		parameters: {},
	});
	const first = await post(`${url}?from=test`, { id: 'a' });
	expect(first).toEqual({ status: 200, text: 'firstEntryJson' });
	const again = await post(url, { id: 'a' });
	expect(again).toEqual({ status: 200, text: '{"message":"Webhook call received"}' });
	await post(url, { id: 'b' });

	expect(started).toMatchObject([
		[{ json: { id: 'a', query: { from: 'test' } } }],
		[{ json: { id: 'b', query: {} } }],
	]);
	const [item] = started[0] ?? [];
	expect(item && (await binary(item)).toString()).toBe('{"id":"a"}');
	await listening.close();
	await expect(post(url, {})).rejects.toThrow('fetch failed');
});

test('the node answers for itself, or n8n does', async () => {
	const listening = await engine.trigger({ node: trigger, parameters: {} });
	const forged = await post(listening.url, { kind: 'forged' });
	expect(forged).toEqual({ status: 401, text: 'Bad signature' });
	expect(await post(listening.url, { kind: 'ping' })).toEqual({ status: 200, text: 'pong' });
	expect((await post(listening.url, { kind: 'broken' })).status).toBe(500);
	expect((await post(`${listening.url}/other`, {})).status).toBe(404);
	expect((await fetch(listening.url)).status).toBe(404);
	expect(listening.started).toEqual([]);
});

test('a test run of the trigger has its own address and saves nothing', async () => {
	const parameters = { url: `${service.url}/register-test` };
	const listening = await engine.trigger({ node: trigger, parameters, credentials, mode: 'test' });
	await listening.activate();
	await post(listening.url, { id: 'a' });
	await post(listening.url, { id: 'a' });
	expect(listening.url).toContain('/webhook-test/');
	expect(listening.started).toHaveLength(2);
	expect(listening.staticData).toEqual({});
});
