// What is seen in the editor while many images are in the making: n8n lets a node write into the browser's console only.
import { readExample, saveAsNew } from './support/n8n';
import { withEditor } from './support/stage';

const stage = withEditor();

test('the console of the browser tells of each item that is done', async () => {
	const { editor } = stage;
	const heard: string[] = [];
	editor.page.on('console', (message) => void heard.push(message.text()));
	const example = readExample('first-image');
	const trigger = example.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger')!;
	const pinData = { [trigger.name]: [{ json: {} }, { json: {} }, { json: {} }] };
	const { id } = await saveAsNew({ ...example, name: 'Three images', pinData } as never);

	const node = await editor.openWorkflow(id, 'Make an image');
	const first = editor.page.waitForEvent('console', (message) => message.text().includes('1 of 3'));
	await editor.page.getByTestId('execute-workflow-button').click();
	await first;
	await editor.keepScreenshot('progress');
	await node.getByTestId('canvas-node-status-success').waitFor();
	expect(heard.filter((line) => line.includes('items are done'))).toEqual(
		[1, 2, 3].map((done) => `[Node: "Make an image"] ${done} of 3 items are done.`),
	);
});
