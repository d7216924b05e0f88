// What n8n's test of each credential says is wrong: the key, the address, the account, or the server behind it.
import type { ICredentialType } from 'n8n-workflow';

import { CoreTodayApi } from '../../credentials/CoreTodayApi.credentials';
import { EvoLinkApi } from '../../credentials/EvoLinkApi.credentials';
import { FalApi } from '../../credentials/FalApi.credentials';
import { ImageChatApi } from '../../credentials/ImageChatApi.credentials';
import { OpenAiImagesApi } from '../../credentials/OpenAiImagesApi.credentials';
import { otherServers, startEngine, type Engine } from './support';

let engine: Engine;
const { listen, close } = otherServers();
beforeAll(async () => {
	engine = await startEngine();
});
afterAll(async () => {
	await engine.close();
	close();
});

const CREDENTIALS: Array<[name: string, type: ICredentialType, right: object]> = [
	['Core.Today', new CoreTodayApi(), { upload_url: 'https://a.test', file_url: '' }],
	['EvoLink', new EvoLinkApi(), { data: { token: {} }, success: true }],
	['fal', new FalApi(), { prices: [] }],
	['Image Chat', new ImageChatApi(), { data: [] }],
	['OpenAI', new OpenAiImagesApi(), { object: 'list', data: [] }],
];

describe.each(CREDENTIALS)('%s', (_name, credentialType, right) => {
	const answering = async (status: number, text: string, type = 'application/json') => {
		const baseUrl = await listen((_request, response) => {
			response.writeHead(status, { 'content-type': type }).end(text);
		});
		const result = await engine.testCredential({
			credentialType,
			data: { apiKey: 'id:sk-secret', baseUrl, apiBaseUrl: baseUrl },
		});
		expect(result.message).not.toContain('sk-secret');
		return result;
	};

	test('a right answer', async () => {
		expect(await answering(200, JSON.stringify(right))).toMatchObject({ ok: true });
	});

	test.each(['gpt-image-2', 'gpt-image-2 = 5 / 8', 'vendor/a = 0.1\nvendor/b = cheap'])(
		"own prices that the node can't read: %s",
		async (ownPrices) => {
			let requests = 0;
			const baseUrl = await listen((_request, response) => {
				requests += 1;
				response.setHeader('content-type', 'application/json').end(JSON.stringify(right));
			});
			const data = { apiKey: 'id:sk-secret', baseUrl, apiBaseUrl: baseUrl, ownPrices };
			expect(await engine.testCredential({ credentialType, data })).toMatchObject({
				ok: false,
				message: `The line "${ownPrices.split('\n').at(-1)!}" of Own Prices in the credential can't be read: write a model, an equals sign and a price, such as gpt-image-2 = 0.05. Nothing was sent.`,
			});
			expect(requests).toBe(0);
			const mended = { ...data, ownPrices: 'gpt-image-2 = 0.05\n\nvendor/b = 5 / 8 / 30' };
			expect(await engine.testCredential({ credentialType, data: mended })).toMatchObject({
				ok: true,
			});
		},
	);

	test.each<[status: number, start: RegExp]>([
		[301, /^This address only leads to another one/],
		[308, /^This address only leads to another one/],
		[400, /^The request was refused: check the API Key and the Base URL\.$/],
		[401, /^The key is wrong: .* Copy the whole key again and paste it\./],
		[402, /^The key is right, but its account has no credit left\./],
		[403, /^The key is known, but (it may not|fal refuses it)/],
		[404, /: check the Base URL/],
		[405, /^Nothing at this address answers as .* does: check the Base URL\.$/],
		[429, /^There were too many requests with this key\. Try again in a minute\.$/],
		[500, /has a problem right now\. Try again in a few minutes\.$/],
		[503, /has a problem right now/],
		[522, /has a problem right now/],
	])('HTTP %i is told', async (status, message) => {
		const answer = JSON.stringify({ error: { message: 'Bearer sk-secret' } });
		expect(await answering(status, answer)).toEqual({
			ok: false,
			status: 'Error',
			message: expect.stringMatching(message),
		});
	});

	test.each([406, 409, 418, 451, 501, 599])(
		"a server's own words beside HTTP %i are not repeated, as they may quote the key",
		async (status) => {
			const baseUrl = await listen((_request, response) => {
				response.writeHead(status, 'No id:sk-secret').end();
			});
			const data = { apiKey: 'id:sk-secret', baseUrl, apiBaseUrl: baseUrl };
			const { ok, message } = await engine.testCredential({ credentialType, data });
			expect(ok).toBe(false);
			expect(message).toMatch(/^This address answers with an error|has a problem right now/);
		},
	);

	test.each<[what: string, text: string, type: string, message: RegExp]>([
		['a web page', '<!doctype html><p>Hi</p>', 'text/html', /^This address leads to a web page or/],
		['words', '\n Welcome', 'text/plain', /^This address leads to a web page or a text/],
		[
			'an error',
			'{"error":{"code":401,"message":"No."}}',
			'application/json',
			/^This address answers with an error/,
		],
		['an error in words', '{"error":"No."}', 'application/json', /answers with an error/],
		['a failure', '{"success":false,"msg":"No."}', 'application/json', /answers with an error/],
	])('%s under HTTP 200 is told', async (_what, text, type, message) => {
		expect(await answering(200, text, type)).toEqual({
			ok: false,
			status: 'Error',
			message: expect.stringMatching(message),
		});
	});
});

test.each<[ICredentialType, ok: boolean]>([
	[new CoreTodayApi(), false],
	[new EvoLinkApi(), false],
	[new FalApi(), false],
	[new OpenAiImagesApi(), false],
	// Gateways' lists have many forms.
	[new ImageChatApi(), true],
])('the answer of another service: $name', async (credentialType, ok) => {
	const baseUrl = await listen((_request, response) => {
		response.setHeader('content-type', 'application/json').end('{"hello":"world"}');
	});
	const data = { apiKey: 'id:sk-1', baseUrl, apiBaseUrl: baseUrl };
	expect(await engine.testCredential({ credentialType, data })).toMatchObject({
		ok,
		...(!ok && { message: expect.stringMatching(/^This address answers, but not as /) }),
	});
});

test.each<[ICredentialType, field: string, label: string]>([
	[new FalApi(), 'baseUrl', 'Base URL'],
	[new FalApi(), 'filesBaseUrl', 'Files Base URL'],
	[new FalApi(), 'apiBaseUrl', 'Catalogue Base URL'],
	[new EvoLinkApi(), 'filesBaseUrl', 'Files Base URL'],
])('$name, with a $1 that the node could not work with', async (credentialType, field, label) => {
	const data = { apiKey: 'id:sk-1', [field]: 'gw.test' };
	expect(await engine.testCredential({ credentialType, data })).toMatchObject({
		ok: false,
		message: `The ${label} "gw.test" isn't a web address: https:// is missing.`,
	});
});

test.each([...CREDENTIALS.map(([, type]) => type)])(
	'$displayName leads to the page where its key is made, as far as there is one for all',
	({ name, properties, documentationUrl }) => {
		const { hint } = properties.find((field) => field.name === 'apiKey')!;
		expect(hint ?? documentationUrl).toContain(
			{
				coreTodayApi: '<a href="https://core.today" target="_blank">core.today</a>',
				falApi: '<a href="https://fal.ai/dashboard/keys" target="_blank">',
				evoLinkApi: '<a href="https://evolink.ai/dashboard/keys" target="_blank">',
				openAiImagesApi: '<a href="https://platform.openai.com/api-keys" target="_blank">',
				imageChatApi: 'https://',
			}[name]!,
		);
	},
);
