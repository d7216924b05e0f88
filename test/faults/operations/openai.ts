// The OpenAI Images node's operations: pictures at once, background tasks, files and batches.
import { openai } from '../protocols/openai';
import { model, stepsOf, type Setup } from './operation';

const provider = 'openai';
const earlier = 'resp_before';
const batch = 'batch_before';
const image = { ...model('gpt-image-2'), prompt: 'A red bicycle' };
const order = { provider, makes: 'picture', isLimited: true, parameters: image } as const;
const task = {
	provider,
	makes: 'picture',
	earlier: [earlier],
	parameters: { taskId: earlier },
} as const;
const generate: Setup = { ...order, operation: 'image/generate' };

export const openaiOperations = [
	...stepsOf('generate', generate, ['create']),
	// A server in the style of OpenAI that answers with links.
	...stepsOf('generateLinks', { ...generate, protocol: openai(true) }, ['create', 'download']),
	...stepsOf('edit', { ...order, operation: 'image/edit', takesPicture: true }, ['create']),
	...stepsOf(
		'start',
		{ ...generate, makes: 'task', parameters: { ...image, completion: 'return' } },
		['create'],
	),
	...stepsOf('get', { ...task, operation: 'task/get' }, ['poll']),
	...stepsOf('wait', { ...task, operation: 'task/wait', isLimited: true }, ['poll']),
	...stepsOf(
		'batchCreate',
		{ provider, makes: 'task', operation: 'batch/create', parameters: image },
		['upload', 'create'],
	),
	...stepsOf(
		'batchResults',
		{
			provider,
			makes: 'picture',
			operation: 'batch/getResults',
			earlier: [batch],
			parameters: { batchId: batch },
		},
		['poll', 'lines'],
	),
];
