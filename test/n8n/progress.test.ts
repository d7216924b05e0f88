// What is seen in the editor while many images are in the making: n8n lets a node write into the browser's console only.
import { errorOf, readExample, saveAsNew, until } from './support/n8n';
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

	await editor.openWorkflow(id, 'Make an image');
	expect(errorOf(await editor.execute())).toBeUndefined();
	const told = () => heard.filter((line) => line.includes('items are done'));
	await until(() => told().length >= 3);
	expect(told()).toEqual(
		[1, 2, 3].map((done) => `[Node: "Make an image"] ${done} of 3 items are done.`),
	);
	await editor.keepScreenshot('progress');
});
