// What a stock n8n makes of the packed package: its nodes, their icons, its credential.
import type { INodeTypeDescription } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import { ask } from './support/n8n';
import { settings } from './support/settings';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ port: settings.sandboxPort });
});

afterAll(async () => {
	await sandbox.close();
});

async function ownNodes(): Promise<INodeTypeDescription[]> {
	const nodes = (await (await ask('/types/nodes.json')).json()) as INodeTypeDescription[];
	return nodes.filter(({ name }) => name.startsWith('n8n-nodes-imagegen.'));
}

test('n8n lists both nodes, and the action as a tool for AI agents too', async () => {
	const names = (await ownNodes()).map(({ name }) => name);
	expect(names.sort()).toEqual([
		'n8n-nodes-imagegen.evoLink',
		'n8n-nodes-imagegen.evoLinkTool',
		'n8n-nodes-imagegen.evoLinkTrigger',
	]);
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

async function testCredential(apiKey: string): Promise<unknown> {
	const { baseUrl, filesBaseUrl } = sandbox.evolink;
	const response = await ask('/rest/credentials/test', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({
			credentials: {
				id: 'evolinkSandbox',
				name: 'EvoLink (sandbox)',
				type: 'evoLinkApi',
				data: { apiKey, baseUrl, filesBaseUrl },
			},
		}),
	});
	return ((await response.json()) as { data: unknown }).data;
}

test("the credential's test asks the provider, and tells a right key from a wrong one", async () => {
	expect(await testCredential(sandbox.evolink.addKey())).toMatchObject({ status: 'OK' });
	expect(await testCredential('no-such-key')).toMatchObject({ status: 'Error' });
});
