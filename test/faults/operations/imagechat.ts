// The Image Chat node's operations: one request, whose answer has the pictures or links to them.
import { listOf, model, stepsOf, type Setup } from './operation';

const order: Setup = {
	provider: 'imagechat',
	makes: 'picture',
	operation: 'image/generate',
	isLimited: true,
	parameters: { ...model('gpt-4o-image'), prompt: 'A red bicycle' },
};

export const imagechatOperations = [
	...stepsOf('generate', order, ['create', 'download']),
	...stepsOf('edit', { ...order, operation: 'image/edit', takesPicture: true }, ['create']),
	...stepsOf('models', { ...order, makes: 'facts', instead: listOf('searchModels') }, ['list']),
];
