// The Core.Today nodes as a person meets them: found by search, opened, their fields on the screen.
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

test.each([
	[
		'Core.Today',
		'Generate an image',
		['Size or Aspect Ratio', 'Quality', 'Number of Images', 'Completion'],
	],
	['Core.Today', 'Edit an image', ['Input Images', 'Number of Images', 'Completion']],
])('search finds %s, and the panel of "%s" shows its fields', async (node, action, fields) => {
	await editor.openNewWorkflow();
	await editor.addNode(node, action);
	await editor.expectFields(['Resource', 'Operation', 'Model', 'Prompt', ...fields]);
	await editor.keepScreenshot(`${node}-${action}`.toLowerCase().replaceAll(/[ .]/g, '-'));
});

test('the trigger of Core.Today opens with its choices', async () => {
	const trigger = await editor.openWorkflow(
		readExample('receive-from-core-today').id,
		'When an image is ready',
	);
	await trigger.dblclick();
	await editor.expectFields(['Trigger On', 'Task Completed']);
	await editor.keepScreenshot('core-today-trigger');
});
