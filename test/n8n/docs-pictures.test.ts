// Takes the pictures of the README and the docs pages from the real editor. To renew them, copy them to docs/images.
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../sandbox';
import { Editor } from './support/editor';
import { readExample } from './support/n8n';
import { settings } from './support/settings';

const MARGIN = 24;
const WIDTH = 1560;
const HEIGHT = 800;
/** So high that the panel shows the whole of a picture in portrait. */
const PORTRAIT_HEIGHT = 980;
/** What would lie half in the picture. */
const LEFT_OUT = '[data-test-id="floating-nodes"], .el-notification { visibility: hidden; }';

type Part = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;

let sandbox: Sandbox;
let editor: Editor;

beforeAll(async () => {
	sandbox = await startSandbox({ port: settings.sandboxPort });
	editor = await Editor.open({ width: WIDTH, height: HEIGHT });
});

afterAll(async () => {
	await editor.close();
	await sandbox.close();
});

/** The part of the screen that holds the workflow's nodes and its note, and nothing around them. */
async function canvasPart(): Promise<Part> {
	const shapes = await editor.page.locator('.vue-flow__node').all();
	const boxes = await Promise.all(shapes.map(async (shape) => await shape.boundingBox()));
	const seen = boxes.filter((box) => box !== null);
	const left = Math.min(...seen.map(({ x }) => x)) - MARGIN;
	const top = Math.min(...seen.map(({ y }) => y)) - MARGIN;
	const right = Math.max(...seen.map(({ x, width }) => x + width)) + MARGIN;
	// The names below the nodes aren't part of their shapes.
	const bottom = Math.max(...seen.map(({ y, height }) => y + height)) + 3 * MARGIN;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

async function keep(name: string, clip: Part | null): Promise<void> {
	// Nothing shows its buttons only because the mouse happens to be there.
	await editor.page.mouse.move(0, 0);
	const path = join(settings.screenshots, `docs-${name}.png`);
	await editor.page.screenshot({
		path,
		clip: clip ?? undefined,
		style: LEFT_OUT,
		animations: 'disabled',
	});
}

test('a workflow that has run, for the README', async () => {
	await editor.runWorkflow(readExample('better-prompt').id, 'Draw it well');
	await keep('workflow', await canvasPart());
});

test('the OpenAI Images panel with its picture, for its page', async () => {
	const node = editor.page.getByTestId('canvas-node').filter({ hasText: 'Draw it well' });
	await node.dblclick();
	expect(await editor.showPicture()).toBe(1536);
	await keep('openai-images', await editor.panel.boundingBox());
});

test('the EvoLink panel with its picture, for its page', async () => {
	const node = await editor.runWorkflow(readExample('first-image').id, 'Make an image');
	await node.dblclick();
	expect(await editor.showPicture()).toBe(1536);
	await keep('evolink', await editor.panel.boundingBox());
});

test('the Core.Today panel with its first picture, for its page', async () => {
	await editor.page.setViewportSize({ width: WIDTH, height: PORTRAIT_HEIGHT });
	const node = await editor.runWorkflow(readExample('three-versions').id, 'Draw three versions');
	await node.dblclick();
	expect(await editor.showPicture()).toBe(1024);
	await keep('core-today', await editor.panel.boundingBox());
	await editor.page.setViewportSize({ width: WIDTH, height: HEIGHT });
});

test('the Image Chat panel with its picture, for its page', async () => {
	const node = await editor.runWorkflow(readExample('image-by-chat').id, 'Ask for a picture');
	await node.dblclick();
	expect(await editor.showPicture()).toBe(1536);
	await keep('image-chat', await editor.panel.boundingBox());
});
