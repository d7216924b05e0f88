// The OpenAI Images nodes as a person meets them: found by search in the editor, opened, their fields on the screen.
import { startSandbox, type Sandbox } from '../../sandbox';
import { Editor } from './support/editor';
import { readExample } from './support/n8n';
import { settings } from './support/settings';

const FIXED_SIZES = [
	'Automatic',
	'Square, 1024 × 1024 Pixels',
	'Landscape, 1536 × 1024 Pixels',
	'Portrait, 1024 × 1536 Pixels',
];

let sandbox: Sandbox;
let editor: Editor;

beforeAll(async () => {
	sandbox = await startSandbox({ port: settings.sandboxPort });
	editor = await Editor.open();
});

afterAll(async () => {
	await editor.close();
	await sandbox.close();
});

test('search finds the OpenAI Images node, and its panel shows the fields of Generate', async () => {
	await editor.openNewWorkflow();
	await editor.searchNode('OpenAI Images');
	await editor.keepScreenshot('openai-search');

	await editor.openNewWorkflow();
	await editor.addNode('OpenAI Images', 'Generate an image');
	await editor.expectFields([
		'Resource',
		'Operation',
		'Model',
		'Prompt',
		'Size or Aspect Ratio',
		'Quality',
		'Number of Images',
		'Completion',
	]);
	await editor.keepScreenshot('openai-panel');
});

test('sizes and qualities change with the model', async () => {
	expect(await editor.choicesOf('size')).toEqual(
		expect.arrayContaining([...FIXED_SIZES, 'Custom…']),
	);
	expect(await editor.choicesOf('quality')).toEqual(['Automatic', 'Low', 'Medium', 'High']);

	await editor.chooseModel('gpt-image-1.5');
	expect(await editor.choicesOf('size')).toEqual(FIXED_SIZES);
	expect(await editor.choicesOf('quality')).toEqual(['Automatic', 'Low', 'Medium', 'High']);
	await editor.keepScreenshot('openai-panel-gpt-image-1.5');

	await editor.chooseModel('gpt-image-2.5');
	expect(await editor.choicesOf('size')).toContain('Custom…');
	expect(await editor.choicesOf('quality')).toEqual(expect.arrayContaining(['Maximum']));
});

test.each([
	['Edit an image', ['Prompt', 'Input Images', 'Mask', 'Completion']],
	['Analyze an image', ['Text', 'Input Images', 'Options']],
	['Create a batch', ['Prompt', 'Custom ID', 'Input Images', 'Number of Images']],
])('the panel of "%s" shows its fields', async (action, fields) => {
	await editor.openNewWorkflow();
	await editor.addNode('OpenAI Images', action);
	await editor.expectFields(['Resource', 'Operation', 'Model', ...fields]);
	await editor.keepScreenshot(`openai-${action.toLowerCase().replaceAll(' ', '-')}`);
});

test('the trigger opens with its choices', async () => {
	const trigger = await editor.openWorkflow(
		readExample('receive-batches').id,
		'When a batch is done',
	);
	await trigger.dblclick();
	await editor.expectFields(['Webhook Endpoint', 'Trigger On', 'Batch Completed']);
	await editor.keepScreenshot('openai-trigger');
});
