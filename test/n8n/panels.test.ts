// The panels of all nodes as a person first sees them: everything on the screen, the node's own page behind Docs, and the
// node as an agent's tool.
import { eventually } from './support/eventually';
import { withEditor } from './support/stage';

const stage = withEditor();

const NODES = [
	['EvoLink', 'Generate an image with EvoLink', 'evolink'],
	['OpenAI Images', 'Generate an image with OpenAI', 'openai-images'],
	['Core.Today', 'Generate an image with Core.Today', 'core-today'],
	['Image Chat', 'Generate an image with Image Chat', 'image-chat'],
] as const;

describe.each(NODES)('%s', (node, action, page) => {
	test('needs no scrolling, and its Docs button leads to its own page', async () => {
		await stage.editor.openNewWorkflow();
		await stage.editor.addNode(node, action);
		await stage.editor.expectFields(['Model', 'Prompt', 'Number of Images', 'Options']);
		await eventually(async () => expect(await stage.editor.pixelsBelowPanel()).toBe(0));
		const docs = stage.editor.panel.getByRole('link', { name: 'Docs' });
		expect(await docs.getAttribute('href')).toContain(`/docs/${page}.md`);
		await stage.editor.keepScreenshot(`panel-${page}`);
	});
});

test.each([
	['EvoLink', 'Edit', ['Size', 'Quality', 'Number of Images', 'Input Image URLs']],
	['OpenAI Images', 'Edit', ['Size', 'Quality', 'Input Image URLs']],
	['Core.Today', 'Edit', ['Size', 'Quality', 'Input Image URLs']],
	['Image Chat', 'Edit', ['Size in Words', 'Number of Images', 'Input Image URLs']],
])(
	'%s as a tool: the model writes the prompt, and may fill in the rest',
	async (node, operation, labels) => {
		await stage.editor.addTool(node);
		await stage.editor.choose('operation', operation);
		const filled = stage.editor.panel.getByTestId('fromAI-override-field');
		await eventually(async () => expect(await filled.count()).toBe(1));
		for (const label of labels) await stage.editor.leaveToModel(label);
		await eventually(async () => expect(await filled.count()).toBe(1 + labels.length));
		await stage.editor.keepScreenshot(`tool-${node.toLowerCase().replaceAll(/[ .]/g, '-')}`);
	},
);
