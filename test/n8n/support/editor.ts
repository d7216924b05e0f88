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

/** What this file needs of the browser's HTMLImageElement, whose types only browser code has. */
interface DrawnImage {
	decode(): Promise<void>;
	naturalWidth: number;
}

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
		const path = join(settings.screenshots, `${name}.png`);
		// Lists that are just closing would lie over what the picture is about.
		await this.page.screenshot({ path, animations: 'disabled' });
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
		const actions = this.page.getByText(/^Actions \(\d+\)$/);
		const wanted = this.page.getByText(action, { exact: true });
		await actions.waitFor();
		// The list is open already where the node has no trigger to choose first, and a click would close it.
		if (!(await wanted.isVisible())) await actions.click();
		await wanted.click();
		await this.panel.waitFor();
	}

	/** Waits until the open panel shows fields with these labels. */
	async expectFields(labels: string[]): Promise<void> {
		for (const label of labels) {
			await this.panel.getByText(label, { exact: true }).first().waitFor();
		}
	}

	/** The control of one field of the open panel, by the parameter's own name. */
	parameter(name: string): Locator {
		return this.panel.getByTestId(`parameter-input-${name}`);
	}

	/** Chooses a model from the account's list, as the panel shows it. */
	async chooseModel(id: string): Promise<void> {
		await this.panel.getByTestId('rlc-input').click();
		const entries = this.page.getByTestId('rlc-item');
		await entries.filter({ hasText: new RegExp(`^\\s*${id}( \\(until .+\\))?\\s*$`) }).click();
		await entries.first().waitFor({ state: 'hidden' });
	}

	/** Enters a model that the list doesn't have. */
	async enterModel(id: string): Promise<void> {
		await this.panel.getByTestId('rlc-mode-selector').click();
		await this.page.getByTestId('mode-id').filter({ visible: true }).click();
		await this.panel.getByTestId('rlc-input-container').locator('input').fill(id);
	}

	/** What a list field of the open panel offers. */
	async choicesOf(name: string): Promise<string[]> {
		const choices = this.page.getByRole('option').filter({ visible: true });
		await this.parameter(name).click();
		await choices.first().waitFor();
		const texts = await choices.allInnerTexts();
		await this.page.keyboard.press('Escape');
		await choices.first().waitFor({ state: 'hidden' });
		return texts.map((text) => text.trim());
	}

	/** Chooses an entry of a list field of the open panel. */
	async choose(name: string, entry: string): Promise<void> {
		await this.parameter(name).click();
		const choice = this.page.getByRole('option', { name: entry }).filter({ visible: true });
		await choice.click();
		await choice.waitFor({ state: 'hidden' });
	}

	/** Adds a field under the open panel's Options. */
	async addOption(label: string): Promise<void> {
		await this.panel.getByTestId('collection-parameter-add').click();
		const options = this.page.getByTestId('collection-parameter-option').filter({ visible: true });
		await options.filter({ hasText: new RegExp(`^\\s*${label}\\s*$`) }).click();
		await options.first().waitFor({ state: 'hidden' });
		await this.expectFields([label]);
	}

	/** Opens a workflow; answers its node of this name. */
	async openWorkflow(workflowId: string, nodeName: string): Promise<Locator> {
		await this.page.goto(`${settings.url}/workflow/${workflowId}`);
		const node = this.page.getByTestId('canvas-node').filter({ hasText: nodeName });
		await node.waitFor();
		return node;
	}

	/** Opens a workflow, runs it by its button, and waits until its node of this name has succeeded. */
	async runWorkflow(workflowId: string, nodeName: string): Promise<Locator> {
		const node = await this.openWorkflow(workflowId, nodeName);
		await this.page.getByTestId('execute-workflow-button').click();
		await node.getByTestId('canvas-node-status-success').waitFor();
		return node;
	}

	/** Shows the picture in the open panel's output, and answers how wide it really is. */
	async showPicture(): Promise<number> {
		const output = this.page.getByTestId('output-panel');
		await output.getByTestId('ndv-view-binary-data').first().click();
		const picture = output.locator('img[src*="binary-data"]');
		await picture.waitFor();
		return await picture.evaluate(async (image: DrawnImage) => {
			await image.decode();
			return image.naturalWidth;
		});
	}
}
