// The OpenAI Images nodes as a person meets them: found by search in the editor, opened, their fields on the screen.
import { eventually } from './support/eventually';
import { readExample } from './support/n8n';
import { withEditor } from './support/stage';

const FIXED_SIZES = [
	'Automatic',
	'Square, 1024 × 1024 Pixels',
	'Landscape, 1536 × 1024 Pixels',
	'Portrait, 1024 × 1536 Pixels',
];

const stage = withEditor();

test('search finds the OpenAI Images node, and its panel shows the fields of Generate', async () => {
	await stage.editor.openNewWorkflow();
	await stage.editor.searchNode('OpenAI Images');
	await stage.editor.keepScreenshot('openai-search');

	await stage.editor.openNewWorkflow();
	await stage.editor.addNode('OpenAI Images', 'Generate an image with OpenAI');
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
	await stage.editor.keepScreenshot('openai-panel');
});

test('sizes and qualities change with the model', async () => {
	expect(await stage.editor.choicesOf('size')).toEqual(
		expect.arrayContaining([...FIXED_SIZES, 'Custom…']),
	);
	expect(await stage.editor.choicesOf('quality')).toEqual(['Automatic', 'Low', 'Medium', 'High']);

	await stage.editor.chooseModel('GPT Image 2.5');
	await eventually(async () => {
		expect(await stage.editor.choicesOf('quality')).toEqual(expect.arrayContaining(['Maximum']));
	});
	expect(await stage.editor.choicesOf('size')).toContain('Custom…');

	// The list has it no more since its end.
	await stage.editor.enterModel('gpt-image-1.5');
	await eventually(async () => {
		expect(await stage.editor.choicesOf('size')).toEqual([
			FIXED_SIZES[0],
			expect.stringMatching(/^Several Formats…/),
			...FIXED_SIZES.slice(1),
		]);
	});
	expect(await stage.editor.choicesOf('quality')).toEqual(['Automatic', 'Low', 'Medium', 'High']);
	await stage.editor.keepScreenshot('openai-panel-gpt-image-1.5');
});

test.each([
	['Edit an image with OpenAI', ['Prompt', 'Input Images', 'Mask', 'Waiting']],
	['Analyze an image with OpenAI', ['Text', 'Input Images', 'Answer In', 'Options']],
	['Create a batch with OpenAI', ['Prompt', 'Custom ID', 'Input Images', 'Number of Images']],
])('the panel of "%s" shows its fields', async (action, fields) => {
	await stage.editor.openNewWorkflow();
	await stage.editor.addNode('OpenAI Images', action);
	await stage.editor.expectFields(['Resource', 'Operation', 'Model', ...fields]);
	await stage.editor.keepScreenshot(`openai-${action.toLowerCase().replaceAll(' ', '-')}`);
});

test('Analyze answers in fields that a person names, or in those of a post', async () => {
	const { editor } = stage;
	await editor.openNewWorkflow();
	await editor.addNode('OpenAI Images', 'Analyze an image with OpenAI');
	expect(await editor.choicesOf('answerIn')).toHaveLength(4);
	await editor.choose('answerIn', 'Named Fields');
	await editor.expectFields(['Answer Fields', 'Name', 'Type', 'Description']);
	await editor.keepScreenshot('openai-analyze-named-fields');

	await editor.choose('answerIn', 'Caption, Alt Text and Hashtags');
	await editor.panel.getByPlaceholder('For our bakery', { exact: false }).waitFor();
	await editor.keepScreenshot('openai-analyze-post');
});

test('the trigger opens with its choices', async () => {
	const trigger = await stage.editor.openWorkflow(
		readExample('receive-batches').id,
		'When a batch is done',
	);
	await trigger.dblclick();
	await stage.editor.expectFields(['Webhook Endpoint', 'Trigger On', 'Batch Completed']);
	await stage.editor.keepScreenshot('openai-trigger');
});
