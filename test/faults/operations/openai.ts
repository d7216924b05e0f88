// The OpenAI Images node's operations: pictures at once, background tasks, files and batches.
import { openai } from '../protocols/openai';
import { listOf, model, stepsOf, type Setup } from './operation';

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
const start: Setup = {
	...generate,
	makes: 'task',
	parameters: { ...image, completion: 'return' },
};
/** What OpenAI itself has no more, and compatible servers have. */
const old = { ...model('dall-e-2'), size: '256x256' };
/** With a model that was chosen, so that its request is the first one. */
const asked = {
	takesPicture: true,
	parameters: { ...model('gpt-6-luna'), text: 'What is in this picture?' },
};
const batchCreate: Setup = {
	provider,
	makes: 'task',
	operation: 'batch/create',
	parameters: image,
};
const batchEdit = {
	...image,
	inputImages: { image: [{ source: 'binary', binaryPropertyName: 'data' }] },
};
const ofBatch = { provider, earlier: [batch], parameters: { batchId: batch } } as const;
const published = { provider, makes: 'facts', operation: 'trigger/publish' } as const;
const list = { provider, makes: 'facts', operation: 'image/generate' } as const;

export const openaiOperations = [
	...stepsOf('generate', generate, ['create']),
	// One fails, and the other has no task that could be looked up.
	...stepsOf('generateTwo', { ...generate, items: 2 }, ['create']),
	// A server in the style of OpenAI that answers with links.
	...stepsOf('generateLinks', { ...generate, protocol: openai(true) }, ['create', 'download']),
	...stepsOf('edit', { ...order, operation: 'image/edit', takesPicture: true }, ['create']),
	...stepsOf('start', start, ['create']),
	// Which model is asked to draw: its list is looked at first, and nothing depends on it.
	...stepsOf('startByList', start, ['list']),
	...stepsOf('startEdit', { ...start, operation: 'image/edit', takesPicture: true }, ['upload']),
	...stepsOf('vary', { ...order, operation: 'image/vary', takesPicture: true, parameters: old }, [
		'create',
	]),
	...stepsOf('analyze', { provider, makes: 'words', operation: 'image/analyze', ...asked }, [
		'create',
	]),
	...stepsOf('get', { ...task, operation: 'task/get' }, ['poll']),
	...stepsOf('wait', { ...task, operation: 'task/wait', isLimited: true }, ['poll']),
	...stepsOf('cancel', { ...task, makes: 'task', operation: 'task/cancel' }, ['cancel']),
	...stepsOf('batchCreate', batchCreate, ['upload', 'create']),
	...stepsOf('batchEdit', { ...batchCreate, takesPicture: true, parameters: batchEdit }, [
		'upload',
	]),
	...stepsOf('batchGet', { ...ofBatch, makes: 'task', operation: 'batch/get' }, ['poll']),
	...stepsOf('batchResults', { ...ofBatch, makes: 'picture', operation: 'batch/getResults' }, [
		'poll',
		'lines',
		'input',
	]),
	...stepsOf('batchCancel', { ...ofBatch, makes: 'task', operation: 'batch/cancel' }, ['cancel']),
	...stepsOf('trigger', { ...start, makes: 'picture', calledBack: 'trigger' }, ['poll']),
	...stepsOf('triggerBatch', { ...batchCreate, makes: 'picture', calledBack: 'trigger' }, [
		'poll',
		'lines',
	]),
	...stepsOf('publish', { ...published, instead: { moment: 'publish' } }, ['publish']),
	...stepsOf('publishAgain', { ...published, instead: { moment: 'publishAgain' } }, ['look']),
	...stepsOf('unpublish', { ...published, instead: { moment: 'unpublish' } }, ['unpublish']),
	...stepsOf('imageModels', { ...list, instead: listOf('searchImageModels') }, ['list']),
	...stepsOf('chatModels', { ...list, instead: listOf('searchChatModels') }, ['list']),
];
