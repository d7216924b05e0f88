// Takes the pictures of the README and the docs pages from the real editor. To renew them, copy them to docs/images.
import { keepForDocs, type Part } from './support/canvas';
import { readExample } from './support/n8n';
import { withEditor } from './support/stage';

const WIDTH = 1560;
const HEIGHT = 800;
/** So high that the panel shows the whole of a picture in portrait. */
const PORTRAIT_HEIGHT = 980;

const stage = withEditor({ width: WIDTH, height: HEIGHT });

async function keep(name: string, clip: Part | null): Promise<void> {
	await keepForDocs(stage.editor.page, name, clip);
}

test('the OpenAI Images panel with its picture, for its page', async () => {
	const node = await stage.editor.runWorkflow(readExample('better-prompt').id, 'Draw it well');
	await node.dblclick();
	expect(await stage.editor.showPicture()).toBe(1536);
	await keep('openai-images', await stage.editor.panel.boundingBox());
});

test('the EvoLink panel with its picture, for its page', async () => {
	const node = await stage.editor.runWorkflow(readExample('first-image').id, 'Make an image');
	await node.dblclick();
	expect(await stage.editor.showPicture()).toBe(1536);
	await keep('evolink', await stage.editor.panel.boundingBox());
});

test('the Core.Today panel with its first picture, for its page', async () => {
	await stage.editor.page.setViewportSize({ width: WIDTH, height: PORTRAIT_HEIGHT });
	const node = await stage.editor.runWorkflow(
		readExample('three-versions').id,
		'Draw three versions',
	);
	await node.dblclick();
	expect(await stage.editor.showPicture()).toBe(1024);
	await keep('core-today', await stage.editor.panel.boundingBox());
	await stage.editor.page.setViewportSize({ width: WIDTH, height: HEIGHT });
});

test('the Image Chat panel with its picture, for its page', async () => {
	const node = await stage.editor.runWorkflow(readExample('image-by-chat').id, 'Ask for a picture');
	await node.dblclick();
	expect(await stage.editor.showPicture()).toBe(1536);
	await keep('image-chat', await stage.editor.panel.boundingBox());
});
