// Every credential's own test: its key goes to no other host, wherever the address in the credential points.
import type { ICredentialType } from 'n8n-workflow';

import { CoreTodayApi } from '../../credentials/CoreTodayApi.credentials';
import { EvoLinkApi } from '../../credentials/EvoLinkApi.credentials';
import { FalApi } from '../../credentials/FalApi.credentials';
import { ImageChatApi } from '../../credentials/ImageChatApi.credentials';
import { OpenAiImagesApi } from '../../credentials/OpenAiImagesApi.credentials';
import { otherServers, startEngine, type Engine } from './support';

const KEY = 'a-key:that-stays-here';

let engine: Engine;
const { listen, close } = otherServers();
beforeAll(async () => {
	engine = await startEngine();
});
afterAll(async () => {
	await engine.close();
	close();
});

const credentials: Array<[name: string, type: ICredentialType]> = [
	['Core.Today', new CoreTodayApi()],
	['EvoLink', new EvoLinkApi()],
	['fal', new FalApi()],
	['Image Chat', new ImageChatApi()],
	['OpenAI', new OpenAiImagesApi()],
];

describe.each(credentials)('%s', (_name, credentialType) => {
	test.each([301, 302, 303, 307, 308])('HTTP %i to another host', async (status) => {
		const seen: string[] = [];
		const other = await listen((request, response) => {
			seen.push(JSON.stringify(request.headers));
			response.setHeader('content-type', 'application/json').end('{"data":[]}');
		});
		let asked = 0;
		const baseUrl = await listen((request, response) => {
			asked += 1;
			response.writeHead(status, { location: `${other}${request.url}` }).end();
		});
		const data = { apiKey: KEY, baseUrl, apiBaseUrl: baseUrl };
		await engine.testCredential({ credentialType, data });
		expect(asked).toBe(1);
		expect(seen.join()).not.toContain(KEY);
	});
});

test('an address that only redirects is none of Core.Today', async () => {
	const baseUrl = await listen((_request, response) => {
		response.writeHead(302, { location: '/elsewhere' }).end();
	});
	const credentialType = new CoreTodayApi();
	const result = await engine.testCredential({ credentialType, data: { apiKey: KEY, baseUrl } });
	expect(result.ok).toBe(false);
});
