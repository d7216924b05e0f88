// What a stock n8n makes of the packed package: its nodes, their icons, its credentials.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import { ask } from './support/n8n';
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
		type: 'imageChatApi',
		id: 'imageChatSandbox',
		name: 'Image Chat (sandbox)',
		goodKey: () => stage.sandbox.chat.addKey(),
		data: () => ({ baseUrl: stage.sandbox.chat.baseUrl }),
	},
];

test.each(credentials)(
	'the test of $type asks the provider, and tells a right key from a wrong one',
	async ({ type, id, name, goodKey, data }) => {
		const testWith = async (apiKey: string): Promise<unknown> => {
			const response = await ask('/rest/credentials/test', {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ credentials: { id, name, type, data: { apiKey, ...data() } } }),
			});
			return ((await response.json()) as { data: unknown }).data;
		};
		expect(await testWith(goodKey())).toMatchObject({ status: 'OK' });
		expect(await testWith('no-such-key')).toMatchObject({ status: 'Error' });
	},
);
