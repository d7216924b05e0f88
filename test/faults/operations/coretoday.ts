// The Core.Today node's operations. Input files go with the request, or into the storage first.
import { model, stepsOf, type Setup } from './operation';

const provider = 'coretoday';
const earlier = 'pred_before';
const image = { ...model('openai/gpt-image-2'), prompt: 'A red bicycle' };
const order = { provider, makes: 'picture', isLimited: true, parameters: image } as const;
const task = {
	provider,
	makes: 'picture',
	earlier: [earlier],
	parameters: { taskId: earlier },
} as const;
const generate: Setup = { ...order, operation: 'image/generate' };
const edit: Setup = { ...order, operation: 'image/edit', takesPicture: true };
const byStorage = { ...image, options: { fileWay: 'storage' } };
const pause: Setup = {
	...generate,
	calledBack: 'execution',
	parameters: { ...generate.parameters, completion: 'suspend' },
};

export const coretodayOperations = [
	...stepsOf('generate', generate, ['create', 'poll', 'download']),
	...stepsOf('edit', edit, ['create']),
	...stepsOf('editByStorage', { ...edit, parameters: byStorage }, ['upload', 'store', 'create']),
	...stepsOf('pause', pause, ['create', 'poll']),
	// One fails, and the execution still waits for the other.
	...stepsOf('pauseTwo', { ...pause, items: 2 }, ['create']),
	...stepsOf('trigger', { ...generate, calledBack: 'trigger' }, ['poll', 'download']),
	...stepsOf('get', { ...task, operation: 'task/get' }, ['poll', 'download']),
	...stepsOf('wait', { ...task, operation: 'task/wait', isLimited: true }, ['poll']),
	...stepsOf('generateTwo', { ...generate, items: 2 }, ['create', 'poll']),
	...stepsOf('file', { provider, makes: 'file', operation: 'file/upload', takesPicture: true }, [
		'upload',
		'store',
	]),
];
