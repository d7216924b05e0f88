// The fal nodes as a person meets them: found by search, opened, their lists and settings filled from fal's catalogue.
import { readExample } from './support/n8n';
import { withEditor } from './support/stage';

const stage = withEditor();

test.each([
	[
		'fal',
		'Generate an image with fal',
		['Prompt', 'Size', 'Quality', 'Number of Images', 'Other Settings', 'Waiting'],
	],
	[
		'fal',
		'Edit an image with fal',
		['Prompt', 'Input Images', 'Mask', 'Other Settings', 'Waiting'],
	],
	['fal', 'Upscale an image with fal', ['Input Images', 'Other Settings', 'Waiting']],
	[
		'fal',
		'Remove the background of an image with fal',
		['Input Images', 'This model has no other settings.', 'Waiting'],
	],
])('search finds %s, and the panel of "%s" shows its fields', async (node, action, fields) => {
	await stage.editor.openNewWorkflow();
	await stage.editor.addNode(node, action);
	await stage.editor.expectFields(['Resource', 'Operation', 'Model', ...fields]);
	await stage.editor.keepScreenshot(action.toLowerCase().replaceAll(' ', '-'));
});

test('the panel of the example has the sizes of its model', async () => {
	const node = await stage.editor.openWorkflow(
		readExample('fal-four-scenes').id,
		'Draw the product',
	);
	await stage.editor.keepScreenshot('fal-four-scenes');
	await node.dblclick();
	await stage.editor.expectFields(['Size', 'Other Settings']);
	// Some have a description below their name.
	const names = (await stage.editor.choicesOf('size')).map((text) => text.split('\n')[0]);
	expect(names.slice(0, 3)).toEqual([
		'Automatic',
		'Several Formats…',
		'Square, 1024 × 1024 Pixels',
	]);
	expect(names).toEqual(expect.arrayContaining(['Landscape (3:2)', 'Custom…']));
	await stage.editor.keepScreenshot('fal-generate-panel');
});

test('a setting that is added is shown with its usual value', async () => {
	await stage.editor.openNewWorkflow();
	await stage.editor.addNode('fal', 'Generate an image with fal');
	await stage.editor.panel.getByText('Add setting to send').click();
	await stage.editor.page.getByText(/^Guidance Scale \(usually [\d.]+\)$/).click();
	await stage.editor.panel
		.getByText(/Guidance Scale/)
		.first()
		.waitFor();
	await stage.editor.keepScreenshot('fal-other-settings');
});
