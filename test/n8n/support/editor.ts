// A browser that is signed in to the running n8n, and what a person does in its editor.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page, selectors } from 'playwright-core';
import { settings } from './settings';

const BROWSER_FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

export class Editor {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
	) {}

	static async open(viewport = { width: 1440, height: 900 }): Promise<Editor> {
		mkdirSync(settings.screenshots, { recursive: true });
		selectors.setTestIdAttribute('data-test-id');
		const browser = await chromium.launch({
			executablePath: settings.chromium,
			args: BROWSER_FLAGS,
		});
		const editor = new Editor(browser, await browser.newPage({ viewport }));
		await editor.signIn();
		return editor;
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	private async signIn(): Promise<void> {
		const { page } = this;
		await page.goto(`${settings.url}/signin`);
		await page.locator('input[type="email"]').fill(settings.owner.email);
		await page.locator('input[type="password"]').fill(settings.owner.password);
		await page.locator('input[type="password"]').press('Enter');
		await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	}

	/** The panel of the node that is open. */
	get panel(): Locator {
		return this.page.getByTestId('ndv');
	}

	async keepScreenshot(name: string): Promise<void> {
		await this.page.screenshot({ path: join(settings.screenshots, `${name}.png`) });
	}

	async openNewWorkflow(): Promise<void> {
		await this.page.goto(`${settings.url}/workflow/new`);
		await this.page.getByTestId('canvas-wrapper').waitFor();
	}

	/** Opens the list of nodes, as key N does, and types into its search; answers the node of this name. */
	async searchNode(words: string, name = words): Promise<Locator> {
		await this.page.locator('body').press('n');
		await this.page.getByTestId('node-creator-search-bar').fill(words);
		const found = this.page
			.getByTestId('node-creator-item-name')
			.filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) })
			.first();
		await found.waitFor();
		return found;
	}

	/** Puts a node with this action into a new workflow and opens its panel. */
	async addNode(name: string, action: string): Promise<void> {
		await (await this.searchNode(name)).click();
		await this.page.getByText(/^Actions \(\d+\)$/).click();
		await this.page.getByText(action, { exact: true }).click();
		await this.panel.waitFor();
	}

	/** The part of the open panel that belongs to the field of this label. */
	field(label: string): Locator {
		return this.panel
			.getByTestId('parameter-item')
			.filter({ has: this.page.getByText(label, { exact: true }) })
			.last();
	}

	/** Opens an example workflow, runs it by its button, and waits until this node has succeeded. */
	async runWorkflow(workflowId: string, nodeName: string): Promise<Locator> {
		await this.page.goto(`${settings.url}/workflow/${workflowId}`);
		await this.page.getByTestId('execute-workflow-button').click();
		const node = this.page.getByTestId('canvas-node').filter({ hasText: nodeName });
		await node.getByTestId('canvas-node-status-success').waitFor();
		return node;
	}
}
