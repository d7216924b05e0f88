// The EvoLink node as a person meets it: found by search in the editor, opened, its fields on the screen.
import { startSandbox, type Sandbox } from '../../sandbox';
import { Editor } from './support/editor';
import { readExample } from './support/n8n';
import { settings } from './support/settings';

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

test('search finds the EvoLink node, and its panel shows the fields of Generate', async () => {
	await editor.openNewWorkflow();
	await editor.searchNode('EvoLink');
	await editor.keepScreenshot('evolink-search');

	await editor.openNewWorkflow();
	await editor.addNode('EvoLink', 'Generate an image');
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
	await editor.keepScreenshot('evolink-panel');
});

test('the model gpt-4o-image has no quality, six sizes, and makes 1, 2 or 4 images', async () => {
	await editor.chooseModel('gpt-4o-image');
	expect(await editor.choicesOf('numberOfImages')).toEqual(['1', '2', '4']);
	expect(await editor.choicesOf('size')).toHaveLength(1 + 6);
	expect(await editor.parameter('quality').count()).toBe(0);
	await editor.keepScreenshot('evolink-panel-gpt-4o-image');

	await editor.chooseModel('gpt-image-2');
	expect(await editor.choicesOf('size')).toContain('Custom…');
	expect(await editor.choicesOf('quality')).toContain('Maximum');
});

test('the first example runs at the press of the button, and its image shows in the output', async () => {
	const node = await editor.runWorkflow(readExample('first-image').id, 'Make an image');
	await editor.keepScreenshot('first-example');

	await node.dblclick();
	expect(await editor.showPicture()).toBe(1536);
	await editor.keepScreenshot('first-example-output');
});
