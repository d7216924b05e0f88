// Pictures of the editor's canvas and of parts of a page, for the docs.
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { settings } from './settings';

const MARGIN = 24;
/** The names and subtitles below the nodes are wider than their shapes. */
const SIDE_MARGIN = 72;
/** What would lie half in the picture. */
const LEFT_OUT = '[data-test-id="floating-nodes"], .el-notification { visibility: hidden; }';

export type Part = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;

/** The part of the screen that holds the workflow's nodes and its notes, and nothing around them. */
export async function canvasPart(page: Page): Promise<Part> {
	const shapes = await page.locator('.vue-flow__node').all();
	const boxes = await Promise.all(shapes.map(async (shape) => await shape.boundingBox()));
	const seen = boxes.filter((box) => box !== null);
	const left = Math.min(...seen.map(({ x }) => x)) - SIDE_MARGIN;
	const top = Math.min(...seen.map(({ y }) => y)) - MARGIN;
	const right = Math.max(...seen.map(({ x, width }) => x + width)) + SIDE_MARGIN;
	// The names below the nodes aren't part of their shapes.
	const bottom = Math.max(...seen.map(({ y, height }) => y + height)) + 3 * MARGIN;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Keeps a picture for the docs: of a part of the page, or of all that is seen of it. */
export async function keepForDocs(page: Page, name: string, clip?: Part | null): Promise<void> {
	// Nothing shows its buttons only because the mouse happens to be there.
	await page.mouse.move(0, 0);
	const path = join(settings.screenshots, `docs-${name}.png`);
	await page.screenshot({
		path,
		clip: clip ?? undefined,
		style: LEFT_OUT,
		animations: 'disabled',
	});
}
