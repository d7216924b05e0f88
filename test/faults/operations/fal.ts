// The fal node's operations. What a task has come to is told by a second request.
import { listOf, model, stepsOf, type Setup } from './operation';

const provider = 'fal';
const earlier = 'fal-ai/flux/dev/requests/019ac1b2-0000-7000-8000-00000000before';
const prompt = 'A red bicycle';
const order = { provider, makes: 'picture', isLimited: true } as const;
const task = {
	provider,
	makes: 'picture',
	earlier: [earlier],
	parameters: { taskId: earlier },
} as const;
const generate: Setup = {
	...order,
	operation: 'image/generate',
	parameters: { ...model('fal-ai/flux/dev'), prompt },
};
const edit: Setup = {
	...order,
	operation: 'image/edit',
	takesPicture: true,
	parameters: { ...model('fal-ai/flux-2/edit'), prompt },
};
const upscale: Setup = {
	...order,
	operation: 'image/upscale',
	takesPicture: true,
	parameters: model('fal-ai/esrgan'),
};
const removeBackground: Setup = {
	...order,
	operation: 'image/removeBackground',
	takesPicture: true,
	parameters: model('fal-ai/birefnet/v2'),
};
const pause: Setup = {
	...generate,
	calledBack: 'execution',
	parameters: { ...generate.parameters, completion: 'suspend' },
};

const facts = { provider, makes: 'facts' } as const;
/** As the editor has it while a person chooses. */
const chosen = {
	...facts,
	operation: 'image/generate',
	parameters: model('fal-ai/flux/dev'),
} as const;
const estimate: Setup = {
	...chosen,
	operation: 'image/estimateCost',
	parameters: { ...chosen.parameters, prompt },
};
const optionsOf = (method: string) => ({ method, kind: 'loadOptions' }) as const;
const settings = { method: 'getSettings', kind: 'resourceMapping' } as const;

export const falOperations = [
	...stepsOf('generate', generate, ['create', 'poll', 'result', 'download', 'list', 'price']),
	...stepsOf('edit', edit, ['upload', 'store', 'create']),
	...stepsOf('upscale', upscale, ['upload', 'create', 'result']),
	...stepsOf('removeBackground', removeBackground, ['upload', 'create']),
	...stepsOf('pause', pause, ['create', 'poll', 'result']),
	// One fails, and the execution still waits for the other.
	...stepsOf('pauseTwo', { ...pause, items: 2 }, ['create']),
	...stepsOf('trigger', { ...generate, calledBack: 'trigger' }, [
		'poll',
		'result',
		'keys',
		'download',
	]),
	...stepsOf('get', { ...task, operation: 'task/get' }, ['poll', 'result', 'download']),
	...stepsOf('wait', { ...task, operation: 'task/wait', isLimited: true }, ['poll', 'result']),
	...stepsOf('cancel', { ...task, makes: 'task', operation: 'task/cancel' }, ['cancel', 'poll']),
	...stepsOf('balance', { ...facts, operation: 'account/getBalance' }, ['balance']),
	...stepsOf('estimate', estimate, ['list', 'price']),
	...stepsOf('models', { ...chosen, instead: listOf('searchModels') }, ['list']),
	...stepsOf('sizes', { ...chosen, instead: optionsOf('getSizes') }, ['list']),
	...stepsOf('qualities', { ...chosen, instead: optionsOf('getQualities') }, ['list']),
	...stepsOf('settings', { ...chosen, instead: settings }, ['list']),
	...stepsOf('file', { provider, makes: 'file', operation: 'file/upload', takesPicture: true }, [
		'upload',
		'store',
	]),
];
