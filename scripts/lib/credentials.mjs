// The credentials that the example workflows refer to: one for each provider and each street service of the
// sandbox, and one for a chat model.

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
		provider: 'fal',
		id: 'falSandbox',
		name: 'fal (sandbox)',
		type: 'falApi',
		data: (url) => ({
			apiKey: 'sandbox-fal-id:sandbox-fal-secret',
			baseUrl: `${url}/fal-queue`,
			filesBaseUrl: `${url}/fal-rest`,
			apiBaseUrl: `${url}/fal-api/v1`,
		}),
	},
	{
		provider: 'Image Chat',
		id: 'imageChatSandbox',
		name: 'Image Chat (sandbox)',
		type: 'imageChatApi',
		data: (url) => ({ apiKey: 'sandbox-chat-key', baseUrl: `${url}/chat` }),
	},
];

/** n8n's own credential, for the chat model that an AI agent thinks with. */
const CHAT_MODEL = {
	id: 'chatModelSandbox',
	name: 'OpenAI chat model (sandbox)',
	type: 'openAiApi',
	data: (url) => ({
		apiKey: 'sandbox-openai-key',
		organizationId: '',
		url: `${url}/openai/v1`,
		header: false,
	}),
};

/** The services of the sandbox's street take a token in n8n's Header Auth. */
const STREET = [
	{ id: 'socialSandbox', name: 'Social network (sandbox)', token: 'sandbox-social-token' },
	{ id: 'crmSandbox', name: 'CRM (sandbox)', token: 'sandbox-crm-token' },
	{ id: 'fileStoreSandbox', name: 'File store (sandbox)', token: 'sandbox-files-token' },
].map(({ id, name, token }) => ({
	id,
	name,
	type: 'httpHeaderAuth',
	data: { name: 'Authorization', value: `Bearer ${token}` },
}));

/** All credentials for a sandbox on a port of this machine. */
export function sandboxCredentials(port) {
	const url = `http://127.0.0.1:${port}`;
	const services = [...PROVIDERS, CHAT_MODEL];
	return [...services.map((entry) => ({ ...entry, data: entry.data(url) })), ...STREET];
}

/** Those that a node of one of these workflows uses. */
export function usedCredentials(credentials, workflows) {
	const nodes = workflows.flatMap((workflow) => workflow.nodes);
	const used = new Set(
		nodes.flatMap((node) => Object.values(node.credentials ?? {})).map(({ id }) => id),
	);
	return credentials.filter(({ id }) => used.has(id));
}
