// The credentials that the example workflows refer to: one for each provider that the sandbox stands in for.

/** What each provider's credential holds, for a sandbox at an address such as http://127.0.0.1:8788. */
const PROVIDERS = [
	{
		provider: 'EvoLink',
		id: 'evolinkSandbox',
		name: 'EvoLink (sandbox)',
		type: 'evoLinkApi',
		data: (url) => ({
			apiKey: 'sandbox-evolink-key',
			baseUrl: `${url}/evolink`,
			filesBaseUrl: `${url}/evolink-files`,
		}),
	},
	{
		provider: 'OpenAI',
		id: 'openAiSandbox',
		name: 'OpenAI (sandbox)',
		type: 'openAiImagesApi',
		data: (url) => ({
			apiKey: 'sandbox-openai-key',
			baseUrl: `${url}/openai/v1`,
			organizationId: '',
			projectId: '',
			webhookSecret: '',
		}),
	},
	{
		provider: 'Core.Today',
		id: 'coreTodaySandbox',
		name: 'Core.Today (sandbox)',
		type: 'coreTodayApi',
		data: (url) => ({ apiKey: 'cdt_sandbox', baseUrl: `${url}/coretoday/v1` }),
	},
	{
		provider: 'Image Chat',
		id: 'imageChatSandbox',
		name: 'Image Chat (sandbox)',
		type: 'imageChatApi',
		data: (url) => ({ apiKey: 'sandbox-chat-key', baseUrl: `${url}/chat` }),
	},
];

/** All credentials for a sandbox on a port of this machine. */
export function sandboxCredentials(port) {
	const url = `http://127.0.0.1:${port}`;
	return PROVIDERS.map((entry) => ({ ...entry, data: entry.data(url) }));
}

/** Those that a node of one of these workflows uses. */
export function usedCredentials(credentials, workflows) {
	const nodes = workflows.flatMap((workflow) => workflow.nodes);
	const used = new Set(
		nodes.flatMap((node) => Object.values(node.credentials ?? {})).map(({ id }) => id),
	);
	return credentials.filter(({ id }) => used.has(id));
}
