// The EvoLink node's operations.
import { listOf, model, stepsOf, type Setup } from './operation';

const provider = 'evolink';
const earlier = 'task-unified-1757156493-before';
const image = { ...model('gpt-image-2'), prompt: 'A red bicycle', size: '1:1' };
const order = { provider, makes: 'picture', isLimited: true, parameters: image } as const;
const task = {
	provider,
	makes: 'picture',
	earlier: [earlier],
	parameters: { taskId: earlier },
} as const;
const generate: Setup = { ...order, operation: 'image/generate' };
const pause: Setup = {
	...generate,
	calledBack: 'execution',
	parameters: { ...generate.parameters, completion: 'suspend' },
};
const other = `${earlier}-too`;
/** Many tasks in one request. */
const waitForTwo: Setup = {
	...task,
	operation: 'task/wait',
	isLimited: true,
	earlier: [earlier, other],
	parameters: { taskId: `${earlier}, ${other}` },
};

const facts = { provider, makes: 'facts' } as const;
const models = listOf('searchModels');
const link = { source: 'url', url: 'https://example.com/picture.png' };

export const evolinkOperations = [
	...stepsOf('generate', generate, ['create', 'poll', 'download']),
	...stepsOf('edit', { ...order, operation: 'image/edit', takesPicture: true }, [
		'upload',
		'create',
	]),
	...stepsOf('pause', pause, ['create', 'poll']),
	// One fails, and the execution still waits for the other.
	...stepsOf('pauseTwo', { ...pause, items: 2 }, ['create']),
	...stepsOf('trigger', { ...generate, calledBack: 'trigger' }, ['poll', 'download']),
	...stepsOf('get', { ...task, operation: 'task/get' }, ['poll', 'download']),
	...stepsOf('wait', { ...task, operation: 'task/wait', isLimited: true }, ['poll']),
	...stepsOf('waitForTwo', waitForTwo, ['poll']),
	...stepsOf('generateTwo', { ...generate, items: 2 }, ['create', 'poll', 'download']),
	...stepsOf('getMany', { ...facts, operation: 'task/getAll', mayBeEmpty: true }, ['list']),
	...stepsOf('balance', { ...facts, operation: 'account/getBalance' }, ['balance']),
	...stepsOf('models', { ...facts, operation: 'image/generate', instead: models }, ['list']),
	...stepsOf('fileByUrl', { provider, makes: 'file', operation: 'file/upload', parameters: link }, [
		'upload',
	]),
	...stepsOf('file', { provider, makes: 'file', operation: 'file/upload', takesPicture: true }, [
		'upload',
	]),
];
