// The Image Chat node as a person meets it: found by search in the editor, opened, its fields on the screen.
import { startSandbox, type Sandbox } from '../../sandbox';
import { Editor } from './support/editor';
import { readExample } from './support/n8n';
import { settings } from './support/settings';

const MASK_NOTICE = /^Chat takes no mask/;

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

test('search finds the Image Chat node, and its panel shows the fields of Generate', async () => {
	await editor.openNewWorkflow();
	await editor.searchNode('Image Chat');
	await editor.keepScreenshot('image-chat-search');

	await editor.openNewWorkflow();
	await editor.addNode('Image Chat', 'Generate an image');
	await editor.expectFields([
		'Resource',
		'Operation',
		'Model',
		'Prompt',
		'Size Wish',
		'Number of Images',
		'Options',
	]);
	await editor.keepScreenshot('image-chat-panel');
});

test('the list of models is the one of the gateway', async () => {
	await editor.chooseModel('google/gemini-image');
	await editor.keepScreenshot('image-chat-model');
});

test('Edit brings the input images and says that there is no mask', async () => {
	expect(await editor.parameter('inputImages').count()).toBe(0);
	expect(await editor.panel.getByText(MASK_NOTICE).count()).toBe(0);
	await editor.choose('operation', 'Edit');
	await editor.expectFields(['Input Images', 'Size Wish', 'Number of Images', 'Options']);
	await editor.panel.getByText(MASK_NOTICE).waitFor();
	await editor.keepScreenshot('image-chat-edit');

	await editor.choose('operation', 'Generate');
	await editor.panel.getByText(MASK_NOTICE).waitFor({ state: 'hidden' });
});

test('an option is shown once it is added', async () => {
	await editor.addOption('Modalities');
	expect(await editor.parameter('modalities').count()).toBe(1);
	await editor.addOption('System Message');
	await editor.keepScreenshot('image-chat-options');
});

test('the example runs at the press of the button, and its changed image shows in the output', async () => {
	const node = await editor.runWorkflow(readExample('image-by-chat').id, 'Ask for a change');
	await editor.keepScreenshot('image-chat-example');
	await node.dblclick();
	expect(await editor.showPicture()).toBeGreaterThan(0);
	await editor.keepScreenshot('image-chat-example-output');
});
