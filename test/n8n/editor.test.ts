// The node as a person meets it: found by search in the editor, opened, its fields on the screen.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page, selectors } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../sandbox';
import { readExample } from './support/n8n';
import { settings } from './support/settings';

const BROWSER_FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** What this file needs of the browser's HTMLImageElement, whose types only browser code has. */
interface DrawnImage {
	decode(): Promise<void>;
	naturalWidth: number;
}

let sandbox: Sandbox;
let browser: Browser;
let page: Page;

async function keepScreenshot(name: string): Promise<void> {
	await page.screenshot({ path: join(settings.screenshots, `${name}.png`) });
}

async function signIn(): Promise<void> {
	await page.goto(`${settings.url}/signin`);
	await page.locator('input[type="email"]').fill(settings.owner.email);
	await page.locator('input[type="password"]').fill(settings.owner.password);
	await page.locator('input[type="password"]').press('Enter');
	await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
}

async function openNewWorkflow(): Promise<void> {
	await page.goto(`${settings.url}/workflow/new`);
	await page.getByTestId('canvas-wrapper').waitFor();
}

/** Opens the list of nodes, as key N does, and types into its search. */
async function searchNode(words: string): Promise<void> {
	await page.locator('body').press('n');
	await page.getByTestId('node-creator-search-bar').fill(words);
}

beforeAll(async () => {
	sandbox = await startSandbox({ port: settings.sandboxPort });
	mkdirSync(settings.screenshots, { recursive: true });
	selectors.setTestIdAttribute('data-test-id');
	browser = await chromium.launch({ executablePath: settings.chromium, args: BROWSER_FLAGS });
	page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
	await signIn();
});

afterAll(async () => {
	await browser.close();
	await sandbox.close();
});

test('search finds the EvoLink node, and its panel shows the fields of Generate', async () => {
	await openNewWorkflow();
	await searchNode('EvoLink');
	const found = page.getByTestId('node-creator-item-name').filter({ hasText: 'EvoLink' }).first();
	await found.waitFor();
	await keepScreenshot('node-search');

	await found.click();
	await page.getByText(/^Actions \(\d+\)$/).click();
	await page.getByText('Generate an image', { exact: true }).click();
	const panel = page.getByTestId('ndv');
	for (const field of [
		'Resource',
		'Operation',
		'Model',
		'Prompt',
		'Number of Images',
		'Completion',
	]) {
		await panel.getByText(field, { exact: true }).first().waitFor();
	}
	await keepScreenshot('node-panel');
});

test('the first example runs at the press of the button, and its image shows in the output', async () => {
	await page.goto(`${settings.url}/workflow/${readExample('first-image').id}`);
	await page.getByTestId('execute-workflow-button').click();
	const node = page.getByTestId('canvas-node').filter({ hasText: 'Make an image' });
	await node.getByTestId('canvas-node-status-success').waitFor();
	await keepScreenshot('first-example');

	await node.dblclick();
	await page.getByTestId('ndv-view-binary-data').click();
	const picture = page.getByTestId('output-panel').locator('img[src*="binary-data"]');
	await picture.waitFor();
	const width = await picture.evaluate(async (image: DrawnImage) => {
		await image.decode();
		return image.naturalWidth;
	});
	expect(width).toBe(1536);
	await keepScreenshot('first-example-output');
});
