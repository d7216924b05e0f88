// What stands below a node on the canvas, as the editor works it out, on the n8n of today and on older ones.
import type { IDataObject, INodeType, INodeTypes } from 'n8n-workflow';

import { older, nodeIn, today, type N8nWorkflow } from './olderN8n/versions';

const FILES = {
	EvoLink: 'nodes/EvoLink/EvoLink.node',
	'Core.Today': 'nodes/CoreToday/CoreToday.node',
	fal: 'nodes/Fal/Fal.node',
	'OpenAI Images': 'nodes/OpenAiImages/OpenAiImages.node',
	'Image Chat': 'nodes/ImageChat/ImageChat.node',
};

const picked = (value: unknown, mode = 'list') => ({ __rl: true, mode, value });

function subtitleOf(n8n: N8nWorkflow, name: keyof typeof FILES, parameters: IDataObject): unknown {
	const type: INodeType = nodeIn(n8n, FILES[name]);
	const node = {
		id: '1',
		name: 'Node',
		type: type.description.name,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: parameters as never,
	};
	const nodeTypes: INodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
	const workflow = new n8n.Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const { subtitle } = type.description;
	return workflow.expression.getSimpleParameterValue(
		workflow.nodes.Node!,
		subtitle,
		'internal',
		{},
	);
}

describe.each([['2.41', today] as const, ...older])('on n8n %s', (_version, n8n) => {
	test.each<[keyof typeof FILES, IDataObject, string]>([
		['EvoLink', {}, 'gpt-image-2'],
		['EvoLink', { size: '16:9' }, 'gpt-image-2 · 16:9'],
		['EvoLink', { size: 'custom', customSize: '21:9' }, 'gpt-image-2 · 21:9'],
		['EvoLink', { size: 'custom', customSize: '' }, 'gpt-image-2'],
		['EvoLink', { size: 'formats' }, 'gpt-image-2 · several formats'],
		['EvoLink', { operation: 'edit', model: picked('gpt-4o-image', 'id') }, 'gpt-4o-image'],
		['EvoLink', { model: 'gpt-image-1' }, 'gpt-image-1'],
		['EvoLink', { model: picked('') }, 'Generate an image'],
		['EvoLink', { model: picked(null) }, 'Generate an image'],
		['EvoLink', { model: 7 }, 'Generate an image'],
		['EvoLink', { resource: 'task', operation: 'get' }, 'Get a task'],
		['EvoLink', { resource: 'account', operation: 'getBalance' }, 'Get the balance'],
		['Core.Today', { size: '3:2' }, 'openai/gpt-image-2 · 3:2'],
		['fal', {}, 'fal-ai/flux-2'],
		['fal', { size: 'landscape_16_9' }, 'fal-ai/flux-2 · landscape_16_9'],
		['fal', { operation: 'upscale' }, 'fal-ai/clarity-upscaler'],
		['OpenAI Images', { size: '1024x1536' }, 'gpt-image-2 · 1024x1536'],
		['OpenAI Images', { operation: 'analyze' }, 'Analyze an image'],
		[
			'OpenAI Images',
			{ operation: 'analyze', model: picked('gpt-6-luna') },
			'Analyze an image · gpt-6-luna',
		],
		[
			'EvoLink',
			{ operation: 'estimateCost', size: '16:9' },
			'Estimate the cost of an image · gpt-image-2 · 16:9',
		],
		['OpenAI Images', { operation: 'vary', model: picked('dall-e-2') }, 'dall-e-2'],
		['OpenAI Images', { resource: 'batch', operation: 'create' }, 'Create a batch · gpt-image-2'],
		['OpenAI Images', { resource: 'batch', operation: 'get' }, 'Get a batch'],
		['Image Chat', { sizeWish: '3:2 landscape' }, 'gpt-4o-image · 3:2 landscape'],
		['Image Chat', { size: 'formats' }, 'gpt-4o-image · several formats'],
		['EvoLink', { size: 'formats' }, 'gpt-image-2 · several formats'],
		['Image Chat', {}, 'gpt-4o-image'],
	])('of %s with %j: %s', (name, parameters, subtitle) => {
		expect(subtitleOf(n8n, name, parameters)).toBe(subtitle);
	});
});
