// The Core.Today nodes as a person meets them: found by search, opened, their fields on the screen.
import { ask, readExample } from './support/n8n';
import { withEditor } from './support/stage';

const stage = withEditor();

test.each([
	[
		'Core.Today',
		'Generate an image with Core.Today',
		['Size', 'Quality', 'Number of Images', 'Waiting'],
	],
	['Core.Today', 'Edit an image with Core.Today', ['Input Images', 'Number of Images', 'Waiting']],
])('search finds %s, and the panel of "%s" shows its fields', async (node, action, fields) => {
	await stage.editor.openNewWorkflow();
	await stage.editor.addNode(node, action);
	await stage.editor.expectFields(['Resource', 'Operation', 'Model', 'Prompt', ...fields]);
	await stage.editor.keepScreenshot(`${node}-${action}`.toLowerCase().replaceAll(/[ .]/g, '-'));
});

test('a model that is not in the list brings free sizes and a field for its own settings', async () => {
	await stage.editor.openNewWorkflow();
	await stage.editor.addNode('Core.Today', 'Generate an image with Core.Today');
	expect(await stage.editor.choicesOf('size')).not.toContain('Custom…');
	expect(await stage.editor.parameter('additionalInput').count()).toBe(0);

	await stage.editor.enterModel('sandbox/any-model');
	await stage.editor.expectFields(['Additional Input (JSON)']);
	expect(await stage.editor.choicesOf('size')).toContain('Custom…');
	await stage.editor.keepScreenshot('core-today-other-model');
});

test.each([
	['a place for a file tells of a right key', undefined, 'OK', 'Connection successful!'],
	[
		'a web page tells of a wrong address',
		{ status: 200, body: 'html' as const },
		'Error',
		'This address leads to a web page or a text, not to Core.Today: check the Base URL.',
	],
] as const)('the Test button of the credential: %s', async (_rule, upload, status, message) => {
	const { addKey, baseUrl } = stage.sandbox.coreToday;
	const apiKey = addKey({ faults: { upload } });
	const credentials = { id: '', name: 'Test', type: 'coreTodayApi', data: { apiKey, baseUrl } };
	const answer = await ask('/rest/credentials/test', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ credentials }),
	});
	expect(await answer.json()).toEqual({ data: { status, message } });
});

test('the trigger of Core.Today opens with its choices', async () => {
	const trigger = await stage.editor.openWorkflow(
		readExample('receive-from-core-today').id,
		'When an image is ready',
	);
	await trigger.dblclick();
	await stage.editor.expectFields(['Trigger On', 'Task Completed']);
	await stage.editor.keepScreenshot('core-today-trigger');
});
