// What a stock n8n makes of the packed package: its nodes, their icons, its credentials.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import { ask } from './support/n8n';
import { isBefore } from './support/olderN8n';
import { settings } from './support/settings';
import { withSandbox } from './support/stage';

const stage = withSandbox();

async function ownNodes(): Promise<INodeTypeDescription[]> {
	const nodes = (await (await ask('/types/nodes.json')).json()) as INodeTypeDescription[];
	return nodes.filter(({ name }) => name.startsWith('n8n-nodes-imagegen.'));
}

/** The types that package.json names: each node's, and for an action its tool's. */
function expectedTypes(): string[] {
	const { n8n } = JSON.parse(readFileSync('package.json', 'utf8')) as { n8n: { nodes: string[] } };
	return n8n.nodes.flatMap((path) => {
		const file = basename(path, '.node.js');
		const type = `n8n-nodes-imagegen.${file.charAt(0).toLowerCase()}${file.slice(1)}`;
		return type.endsWith('Trigger') ? [type] : [type, `${type}Tool`];
	});
}

test('n8n lists all nodes, and the actions as tools for AI agents too', async () => {
	const names = (await ownNodes()).map(({ name }) => name);
	expect(names.sort()).toEqual(expectedTypes().sort());
});

test('n8n serves a light and a dark icon for each node', async () => {
	for (const { iconUrl } of await ownNodes()) {
		expect(iconUrl).toMatchObject({ light: expect.any(String), dark: expect.any(String) });
		for (const path of Object.values(iconUrl as { light: string; dark: string })) {
			const response = await ask(`/${path}`);
			expect(response.headers.get('content-type')).toContain('image/svg+xml');
			expect(await response.text()).toContain('<svg');
		}
	}
});

/** Each credential type: which imported one to test with another key, and the rest of its values. */
const credentials = [
	{
		type: 'evoLinkApi',
		id: 'evolinkSandbox',
		name: 'EvoLink (sandbox)',
		goodKey: () => stage.sandbox.evolink.addKey(),
		data: () => ({
			baseUrl: stage.sandbox.evolink.baseUrl,
			filesBaseUrl: stage.sandbox.evolink.filesBaseUrl,
		}),
	},
	{
		type: 'openAiImagesApi',
		id: 'openAiSandbox',
		name: 'OpenAI (sandbox)',
		goodKey: () => stage.sandbox.openai.addKey(),
		data: () => ({ baseUrl: stage.sandbox.openai.baseUrl }),
	},
	{
		type: 'coreTodayApi',
		id: 'coreTodaySandbox',
		name: 'Core.Today (sandbox)',
		goodKey: () => stage.sandbox.coreToday.addKey(),
		data: () => ({ baseUrl: stage.sandbox.coreToday.baseUrl }),
	},
	{
		type: 'falApi',
		id: 'falSandbox',
		name: 'fal (sandbox)',
		goodKey: () => stage.sandbox.fal.addKey(),
		data: () => ({
			baseUrl: stage.sandbox.fal.baseUrl,
			filesBaseUrl: stage.sandbox.fal.filesBaseUrl,
			apiBaseUrl: stage.sandbox.fal.apiBaseUrl,
		}),
	},
	{
		type: 'imageChatApi',
		id: 'imageChatSandbox',
		name: 'Image Chat (sandbox)',
		goodKey: () => stage.sandbox.chat.addKey(),
		data: () => ({ baseUrl: stage.sandbox.chat.baseUrl }),
	},
];

/** An older n8n says of most failed requests what it says of all nodes' requests. */
const SAID = isBefore('2.41')
	? {
			wrongKey: /^Authorization failed - please check your credentials$|^The key is wrong: /,
			anyPage: /^This address|^The resource you are requesting could not be found$/,
			nothingListens: /^The service refused the connection - perhaps it is offline$/,
		}
	: {
			wrongKey: /^The key is wrong: /,
			anyPage: /^This address|^Nothing at this address/,
			nothingListens: /^ECONNREFUSED$/,
		};

/** What n8n says of a credential with this key, at this address. */
async function testWith(
	{ type, id, name, data }: (typeof credentials)[number],
	values: { apiKey: string; baseUrl?: string },
): Promise<{ status: string; message: string }> {
	const response = await ask('/rest/credentials/test', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ credentials: { id, name, type, data: { ...data(), ...values } } }),
	});
	return ((await response.json()) as { data: { status: string; message: string } }).data;
}

describe.each(credentials)('the test of $type', (credential) => {
	test('asks the provider, and tells a right key from a wrong one', async () => {
		const right = await testWith(credential, { apiKey: credential.goodKey() });
		expect(right).toMatchObject({ status: 'OK' });
		expect(await testWith(credential, { apiKey: 'no-such-key' })).toEqual({
			status: 'Error',
			message: expect.stringMatching(SAID.wrongKey),
		});
	});

	test.each([
		['https is missing', 'gw.test/v1', /isn't a web address: https:\/\/ is missing\.$/],
		// n8n itself answers any address with its editor's page, or with 404.
		['a page in place of the service', settings.url, SAID.anyPage],
		['nothing listens', 'http://127.0.0.1:1', SAID.nothingListens],
	])('says that %s', async (_what, baseUrl, message) => {
		const values = { apiKey: credential.goodKey(), baseUrl, apiBaseUrl: baseUrl };
		const wrong = await testWith(credential, values);
		expect(wrong).toEqual({ status: 'Error', message: expect.stringMatching(message) });
	});

	test('says that the key is missing', async () => {
		expect(await testWith(credential, { apiKey: ' ' })).toEqual({
			status: 'Error',
			message: 'The API Key is empty: enter it in the credential.',
		});
	});
});
