// What the editor asks a node or a credential, answered through the engine.
import { TestKeyApi, createTestNode, openService, type Service } from './fixtures';
import { startEngine, type Engine } from './index';

const credentials = { testKeyApi: { apiKey: 'right' } };

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

test('a list search asks with the credentials', async () => {
	const node = createTestNode({
		methods: {
			listSearch: {
				async searchModels(filter) {
					const options = { url: `${service.url}/models`, json: true };
					await this.helpers.httpRequestWithAuthentication.call(this, 'testKeyApi', options);
					return { results: [{ name: `${filter} 1`, value: 'one' }] };
				},
			},
		},
	});
	const found = await engine.listSearch({
		node,
		credentials,
		method: 'searchModels',
		filter: 'Cat',
	});
	expect(found.results).toEqual([{ name: 'Cat 1', value: 'one' }]);
	expect(service.requests.at(-1)?.headers.authorization).toBe('Bearer right');
});

test('a credential is tested over HTTP', async () => {
	const test = async (data: { apiKey: string; baseUrl: string }) =>
		await engine.testCredential({ credentialType: new TestKeyApi(), data });
	const right = await test({ apiKey: 'right', baseUrl: `${service.url}/` });
	expect(right).toEqual({ ok: true, status: 'OK', message: 'Connection successful!' });
	const wrong = await test({ apiKey: 'wrong', baseUrl: service.url });
	expect(wrong).toEqual({ ok: false, status: 'Error', message: 'Unauthorized' });
	const gone = await test({ apiKey: 'right', baseUrl: 'http://127.0.0.1:1' });
	expect(gone).toEqual({ ok: false, status: 'Error', message: 'ECONNREFUSED' });
});
