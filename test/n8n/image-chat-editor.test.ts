// The Image Chat node as a person meets it: found by search in the editor, opened, its fields on the screen.
import { readExample } from './support/n8n';
import { withEditor } from './support/stage';

const stage = withEditor();

test('search finds the Image Chat node, and its panel shows the fields of Generate', async () => {
	await stage.editor.openNewWorkflow();
	await stage.editor.searchNode('Image Chat');
	await stage.editor.keepScreenshot('image-chat-search');

	await stage.editor.openNewWorkflow();
	await stage.editor.addNode('Image Chat', 'Generate an image with Image Chat');
	await stage.editor.expectFields([
		'Resource',
		'Operation',
		'Model',
		'Prompt',
		'Size in Words',
		'Number of Images',
		'Options',
	]);
	await stage.editor.keepScreenshot('image-chat-panel');
});

test('the list of models is the one of the gateway', async () => {
	await stage.editor.chooseModel('google/gemini-image');
	await stage.editor.keepScreenshot('image-chat-model');
});

test('Edit brings the input images', async () => {
	expect(await stage.editor.parameter('inputImages').count()).toBe(0);
	await stage.editor.choose('operation', 'Edit');
	await stage.editor.expectFields(['Input Images', 'Size in Words', 'Number of Images', 'Options']);
	await stage.editor.keepScreenshot('image-chat-edit');
	await stage.editor.choose('operation', 'Generate');
});

test('an option is shown once it is added', async () => {
	await stage.editor.addOption('Modalities');
	await stage.editor.parameter('modalities').waitFor();
	await stage.editor.addOption('System Message');
	await stage.editor.keepScreenshot('image-chat-options');
});

test('the example runs at the press of the button, and its changed image shows in the output', async () => {
	const node = await stage.editor.runWorkflow(readExample('image-by-chat').id, 'Ask for a change');
	await stage.editor.keepScreenshot('image-chat-example');
	await node.dblclick();
	expect(await stage.editor.showPicture()).toBeGreaterThan(0);
	await stage.editor.keepScreenshot('image-chat-example-output');
});
