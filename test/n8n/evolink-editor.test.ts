// The EvoLink node as a person meets it: found by search in the editor, opened, its fields on the screen.
import { eventually } from './support/eventually';
import { readExample } from './support/n8n';
import { withEditor } from './support/stage';

const stage = withEditor();

test('search finds the EvoLink node, and its panel shows the fields of Generate', async () => {
	await stage.editor.openNewWorkflow();
	await stage.editor.searchNode('EvoLink');
	await stage.editor.keepScreenshot('evolink-search');

	await stage.editor.openNewWorkflow();
	await stage.editor.addNode('EvoLink', 'Generate an image with EvoLink');
	await stage.editor.expectFields([
		'Resource',
		'Operation',
		'Model',
		'Prompt',
		'Size',
		'Quality',
		'Number of Images',
		'Waiting',
	]);
	await stage.editor.keepScreenshot('evolink-panel');
});

test('the model gpt-4o-image has no quality, six sizes, and makes 1, 2 or 4 images', async () => {
	await stage.editor.chooseModel('GPT-4o Image');
	await eventually(async () => {
		expect(await stage.editor.choicesOf('numberOfImages')).toEqual(['1', '2', '4']);
	});
	expect(await stage.editor.choicesOf('size')).toHaveLength(1 + 6 + 1);
	expect(await stage.editor.parameter('quality').count()).toBe(0);
	await stage.editor.keepScreenshot('evolink-panel-gpt-4o-image');

	await stage.editor.chooseModel('GPT Image 2');
	await eventually(async () => {
		expect(await stage.editor.choicesOf('size')).toContain('Custom…');
	});
	expect(await stage.editor.choicesOf('quality')).toContain('Maximum');
});

test('Pause Until the Images Are Ready says what it needs', async () => {
	expect(await stage.editor.choicesOf('completion')).toHaveLength(3);
	await stage.editor.choose('completion', 'Pause Until the Images Are Ready');
	await stage.editor.panel
		.getByText('must be reachable from the internet', { exact: false })
		.waitFor();
	expect(await stage.editor.parameter('callbackUrl').count()).toBe(0);
	await stage.editor.keepScreenshot('evolink-suspend');

	await stage.editor.choose('completion', "Don't Wait");
	await stage.editor.parameter('callbackUrl').waitFor();
});

test('the first example runs at the press of the button, and its image shows in the output', async () => {
	const node = await stage.editor.runWorkflow(readExample('first-image').id, 'Make an image');
	await stage.editor.keepScreenshot('first-example');

	await node.dblclick();
	expect(await stage.editor.showPicture()).toBe(1536);
	await stage.editor.keepScreenshot('first-example-output');
});

test('the example that is put aside goes on in the open editor', async () => {
	const { id } = readExample('suspend-a-campaign');
	const node = await stage.editor.runWorkflow(id, 'Make the pictures');
	await stage.editor.keepScreenshot('campaign-example');
	await node.dblclick();
	expect(await stage.editor.showPicture()).toBeGreaterThan(0);
	await stage.editor.keepScreenshot('campaign-example-output');
});
