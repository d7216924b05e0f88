// The workflows that are compared. They differ only in how they make an image and wait for it.

export const PICTURE_SIZE = '256x256';
const MODEL = 'gpt-image-2';
const SECONDS_BETWEEN_LOOKS = 5;

/** The items come in by this node and are counted at the end by their number. */
const SPLIT = 'One item each';

export const node = (name, type, typeVersion, parameters, more = {}) => ({
	id: name.toLowerCase().replaceAll(' ', '-'),
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
	...more,
});

export const httpRequest = (name, parameters, more) =>
	node(name, 'n8n-nodes-base.httpRequest', 4.2, { options: {}, ...parameters }, more);

function imageNode(mode, parameters, options) {
	return node(
		'Make an image',
		'n8n-nodes-imagegen.evoLink',
		1,
		{
			resource: 'image',
			operation: 'generate',
			model: { __rl: true, mode: 'id', value: MODEL },
			prompt: '={{ $json.prompt }}',
			size: 'custom',
			customSize: PICTURE_SIZE,
			...parameters,
			options,
		},
		{ credentials: { evoLinkApi: { id: mode.credentialId, name: mode.title } } },
	);
}

/** What people build without a node for it: ask for the image, wait, look, again until it is done, download. */
export function loopNodes(mode, { sandboxUrl }) {
	const asProvider = {
		authentication: 'genericCredentialType',
		genericAuthType: 'httpHeaderAuth',
	};
	const credentials = {
		credentials: { httpHeaderAuth: { id: mode.credentialId, name: mode.title } },
	};
	return [
		httpRequest(
			'Create',
			{
				method: 'POST',
				url: `${sandboxUrl}/evolink/v1/images/generations`,
				...asProvider,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: `={{ JSON.stringify({ model: '${MODEL}', size: '${PICTURE_SIZE}', prompt: $json.prompt }) }}`,
			},
			credentials,
		),
		node('Wait', 'n8n-nodes-base.wait', 1.1, { amount: SECONDS_BETWEEN_LOOKS, unit: 'seconds' }),
		httpRequest(
			'Look',
			{ url: `=${sandboxUrl}/evolink/v1/tasks/{{ $json.id }}`, ...asProvider },
			credentials,
		),
		node('Is it done', 'n8n-nodes-base.if', 2.2, {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [
					{
						id: 'done',
						leftValue: '={{ $json.status }}',
						rightValue: 'completed',
						operator: { type: 'string', operation: 'equals' },
					},
				],
				combinator: 'and',
			},
			options: {},
		}),
		httpRequest('Download', {
			url: '={{ $json.results[0] }}',
			options: { response: { response: { responseFormat: 'file', outputPropertyName: 'data' } } },
		}),
	];
}

export const loopLinks = {
	Create: ['Wait'],
	Wait: ['Look'],
	Look: ['Is it done'],
	'Is it done': ['Download', 'Wait'],
};

const to = (name) => ({ node: name, type: 'main', index: 0 });

/** As n8n keeps them; for each node, the one behind each of its outputs. */
export const connectionsOf = (links) =>
	Object.fromEntries(
		Object.entries(links).map(([from, outputs]) => [
			from,
			{ main: outputs.map((name) => [to(name)]) },
		]),
	);

const imageNodeLinks = { [SPLIT]: ['Make an image'], 'Make an image': ['Next step'] };

/** `key` is the provider's key, so that the sandbox tells their tasks apart. */
const MODES = [
	{
		name: 'suspend',
		title: 'Pause Until the Images Are Ready',
		taskId: '$json.taskId',
		nodes: (mode) => [imageNode(mode, { completion: 'suspend' }, {})],
		links: imageNodeLinks,
	},
	{
		name: 'wait',
		title: 'Wait for the Images',
		taskId: '$json.taskId',
		nodes: (mode, { itemsEach }) => [
			imageNode(mode, { completion: 'wait' }, { concurrency: itemsEach }),
		],
		links: imageNodeLinks,
	},
	{
		name: 'loop',
		title: 'HTTP Request, Wait, If',
		taskId: "$('Look').item.json.id",
		nodes: loopNodes,
		links: {
			[SPLIT]: ['Create'],
			...loopLinks,
			Download: ['Next step'],
		},
	},
].map((mode) => ({
	...mode,
	key: `sandbox-scale-${mode.name}`,
	credentialId: `scale${mode.name}`,
}));

export const modeNames = MODES.map(({ name }) => name);
export const modesNamed = (names) => MODES.filter(({ name }) => names.includes(name));

export const webhookPath = (mode, itemsEach) => `scale-${mode.name}-${itemsEach}`;

/** The credential with which a mode's workflow speaks to the sandbox. */
export function credentialOf({ name, title, key, credentialId: id }, sandboxUrl) {
	if (name === 'loop') {
		const data = { name: 'Authorization', value: `Bearer ${key}` };
		return { id, name: title, type: 'httpHeaderAuth', data };
	}
	const baseUrl = `${sandboxUrl}/evolink`;
	const data = { apiKey: key, baseUrl, filesBaseUrl: `${sandboxUrl}/evolink-files` };
	return { id, name: title, type: 'evoLinkApi', data };
}

/** The whole workflow of a mode, from the webhook that gets the items to the report of what was made. */
export function workflowOf(mode, { itemsEach, sandboxUrl, reportUrl }) {
	const path = webhookPath(mode, itemsEach);
	const nodes = [
		node(
			'Items',
			'n8n-nodes-base.webhook',
			2.1,
			{ httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
			{ webhookId: path },
		),
		node(SPLIT, 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.items', options: {} }),
		...mode.nodes(mode, { itemsEach, sandboxUrl }),
		node('Next step', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: `={{ { at: Date.now(), number: $('${SPLIT}').item.json.number, taskId: ${mode.taskId}, fileId: $binary.data.id } }}`,
			options: {},
		}),
		node('All of them', 'n8n-nodes-base.aggregate', 1, {
			aggregate: 'aggregateAllItemData',
			destinationFieldName: 'images',
			options: {},
		}),
		httpRequest('Report', {
			method: 'POST',
			url: reportUrl,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ JSON.stringify($json.images) }}',
		}),
	];
	const links = {
		Items: [SPLIT],
		...mode.links,
		'Next step': ['All of them'],
		'All of them': ['Report'],
	};
	return {
		id: path,
		name: `${mode.title}, ${itemsEach} items`,
		active: true,
		nodes,
		connections: connectionsOf(links),
		settings: { executionOrder: 'v1' },
		pinData: {},
	};
}
