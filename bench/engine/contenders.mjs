// What each contender is in n8n's engine: a workflow that makes an image of each item's prompt.
import { connectionsOf, httpRequest, loopLinks, loopNodes, node } from '../scale/workflows.mjs';

const IMAGE_NODE = 'Make an image';
const id = (value) => ({ __rl: true, mode: 'id', value });

const oneNode = ({ type, version = 1, parameters, credentials }) => ({
	nodes: [
		node(IMAGE_NODE, type, version, parameters, {
			credentials: Object.fromEntries(
				Object.keys(credentials).map((name) => [name, { id: name, name }]),
			),
		}),
	],
	connections: {},
	credentials,
	last: IMAGE_NODE,
});

/** Our node of a provider, so many at once. */
export const ourNode = ({ type, parameters, credentials }, atOnce) =>
	oneNode({
		type: `n8n-nodes-imagegen.${type}`,
		parameters: {
			resource: 'image',
			operation: 'generate',
			prompt: '={{ $json.prompt }}',
			...parameters,
			options: { concurrency: atOnce, ...parameters.options },
		},
		credentials,
	});

const bareNode =
	(type) =>
	({ baseUrl, apiKey }, atOnce) =>
		oneNode({ type, parameters: { baseUrl, apiKey, atOnce }, credentials: {} });

/** The bare requests, so many at once. */
export const floorNode = bareNode('bench.floor');

/** The same by n8n's HTTP helper, for answers with the picture in them. */
export const helperNode = bareNode('bench.floorByHelper');

/** n8n's own node takes one item after the other. */
export const n8nNode = ({ baseUrl, apiKey }) =>
	oneNode({
		type: '@n8n/n8n-nodes-langchain.openAi',
		version: 2.3,
		parameters: {
			resource: 'image',
			operation: 'generate',
			modelId: id('gpt-image-2'),
			prompt: '={{ $json.prompt }}',
			options: {},
		},
		credentials: { openAiApi: { apiKey, url: baseUrl } },
	});

/** Create, Wait, Look, Is it done, and back to Wait: for tasks at EvoLink. */
export function handMadeLoop(sandboxUrl, apiKey) {
	return {
		nodes: loopNodes({ credentialId: 'httpHeaderAuth', title: 'httpHeaderAuth' }, { sandboxUrl }),
		connections: connectionsOf(loopLinks),
		credentials: { httpHeaderAuth: { name: 'Authorization', value: `Bearer ${apiKey}` } },
		last: 'Download',
	};
}

/** HTTP Request, and what makes a file of its answer: the link's download, or Convert to File. */
export function directRequests({ baseUrl, apiKey }, isLink) {
	const create = httpRequest('Create', {
		method: 'POST',
		url: `${baseUrl}/images/generations`,
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${apiKey}` }] },
		sendBody: true,
		specifyBody: 'json',
		jsonBody: "={{ JSON.stringify({ model: 'gpt-image-2', prompt: $json.prompt }) }}",
	});
	const toFile = isLink
		? httpRequest('To file', {
				url: '={{ $json.data[0].url }}',
				options: { response: { response: { responseFormat: 'file', outputPropertyName: 'data' } } },
			})
		: node('To file', 'n8n-nodes-base.convertToFile', 1.1, {
				operation: 'toBinary',
				sourceProperty: 'data[0].b64_json',
				options: {},
			});
	return {
		nodes: [create, toFile],
		connections: connectionsOf({ Create: ['To file'] }),
		credentials: {},
		last: 'To file',
	};
}

/** What each provider's node of ours is told, beside the prompt, and whether it has tasks that are polled. */
export const OUR_PROVIDERS = [
	{ name: 'OpenAI', type: 'openAiImages', model: 'gpt-image-2', isPolled: false },
	{ name: 'EvoLink', type: 'evoLink', model: 'gpt-image-2', isPolled: true },
	{ name: 'Core.Today', type: 'coreToday', model: 'openai/gpt-image-2', isPolled: true },
	{ name: 'Image Chat', type: 'imageChat', model: 'gpt-4o-image', isPolled: false },
	{ name: 'fal', type: 'fal', model: 'fal-ai/flux-2', isPolled: true },
].map(({ model, ...provider }) => ({ ...provider, parameters: { model: id(model) } }));
