// A browser that is signed in to the running n8n, and what a person does in its editor.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
	type Browser,
	chromium,
	type Locator,
	type Page,
	type Response,
	selectors,
} from 'playwright-core';
import { errorOf, type Execution, finished } from './n8n';
import { drawnWidths } from './pictures';
import { settings } from './settings';
import { Witness } from './witness';

const BROWSER_FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** For whatever a page is waited for, on a slow and busy machine too. Below the time limit of jest.config.js. */
const PATIENCE_MS = 180_000;

export interface Viewport {
	width: number;
	height: number;
}

/** A line in the list of nodes. */
export interface FoundLine {
	name: string;
	description: string;
}

export class Editor {
	private constructor(
		private readonly browser: Browser,
		private readonly witness: Witness,
		readonly page: Page,
	) {}

	static async open(viewport: Viewport = { width: 1440, height: 900 }): Promise<Editor> {
		mkdirSync(settings.screenshots, { recursive: true });
		selectors.setTestIdAttribute('data-test-id');
		const browser = await chromium.launch({
			executablePath: settings.chromium,
			args: BROWSER_FLAGS,
			timeout: PATIENCE_MS,
		});
		const context = await browser.newContext({ viewport });
		context.setDefaultTimeout(PATIENCE_MS);
		const witness = new Witness(browser);
		witness.follow(context);
		return new Editor(browser, witness, await context.newPage());
	}

	/** Another page in the same browser, as somebody who isn't signed in. */
	async openElsewhere(viewport?: Viewport): Promise<Page> {
		const context = await this.browser.newContext({ viewport });
		context.setDefaultTimeout(PATIENCE_MS);
		this.witness.follow(context);
		return await context.newPage();
	}

	/** What a test that has failed adds to its error. */
	async tellOfFailure(): Promise<string> {
		return await this.witness.tell();
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	async signIn(): Promise<void> {
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

	async openNodeList(): Promise<void> {
		// A key that is pressed before the canvas listens is lost. The button is there only when it works.
		await this.page.getByTestId('node-creator-plus-button').click();
		await this.page.getByTestId('node-creator-search-bar').waitFor();
	}

	/** Opens the list of nodes and types into its search; answers the node of this name. */
	async searchNode(words: string, name = words): Promise<Locator> {
		await this.openNodeList();
		await this.page.getByTestId('node-creator-search-bar').fill(words);
		const found = this.page
			.getByTestId('node-creator-item-name')
			.filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) })
			.first();
		await found.waitFor();
		return found;
	}

	/** Opens the list of nodes anew, types into its search, and waits for the node of this name. */
	async searchAnew(words: string, name: string): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.page.getByTestId('node-creator-search-bar').waitFor({ state: 'hidden' });
		await this.searchNode(words, name);
	}

	/** Every line of the open list of nodes, from top to bottom. */
	async linesFound(): Promise<FoundLine[]> {
		const lines = this.page
			.locator('[data-test-id^="node-creator-"][data-test-id$="-item"]')
			.filter({ has: this.page.getByTestId('node-creator-item-name') });
		const texts = await lines.allInnerTexts();
		return texts.map((text) => {
			const [title = '', ...description] = text.split('\n').map((part) => part.trim());
			return { name: title, description: description.join(' ').trim() };
		});
	}

	/** Puts a manual trigger into the open workflow, so that n8n asks what happens next. */
	async addManualTrigger(): Promise<void> {
		await (await this.searchNode('manual', 'Trigger manually')).click();
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Puts a node with this action into a new workflow and opens its panel. */
	async addNode(name: string, action: string): Promise<void> {
		await (await this.searchNode(name)).click();
		const actions = this.page.getByText(/^Actions \(\d+\)$/);
		const list = this.page.locator('[data-category-collapsed]').filter({ has: actions });
		// It is open already where the node has no trigger to choose first, and a click would close it.
		if ((await list.getAttribute('data-category-collapsed')) === 'true') await actions.click();
		await this.page.getByText(action, { exact: true }).click();
		await this.panel.waitFor();
	}

	/** Puts an AI agent with this node as its tool into a new workflow and opens the tool's panel. */
	async addTool(name: string): Promise<void> {
		await this.openNewWorkflow();
		await (await this.searchNode('ai agent', 'AI Agent')).click();
		const plus = this.page.locator(
			'[data-handleid*="ai_tool"] [data-test-id="canvas-handle-plus"], [data-test-id="canvas-node-input-handle"][data-connection-type="ai_tool"] [data-test-id="canvas-handle-plus"]',
		);
		await plus.first().waitFor({ state: 'attached' });
		// n8n opens the agent's own panel first.
		await this.panel.waitFor();
		await this.page.keyboard.press('Escape');
		await this.panel.waitFor({ state: 'hidden' });
		await plus.first().click({ force: true });
		await this.page.getByTestId('node-creator-search-bar').fill(name);
		const found = this.page.getByTestId('node-creator-item-name');
		await found.filter({ hasText: new RegExp(`^\\s*${name} Tool\\s*$`) }).click();
		// n8n may show what the package is before it adds the tool.
		const add = this.page.getByText('Add to workflow');
		await add.or(this.panel).first().waitFor();
		if (await add.isVisible()) await add.click();
		await this.panel.waitFor();
	}

	/** Presses the button by which a field of an open tool is left to the model, and waits until it is. */
	async leaveToModel(label: string): Promise<void> {
		const field = this.panel
			.locator('.parameter-item')
			.filter({ has: this.page.getByText(label, { exact: true }) });
		await field.getByTestId('from-ai-override-button').click({ force: true });
		await field.getByTestId('fromAI-override-field').waitFor();
	}

	/** How far the last control of the open panel lies below what is seen of it without scrolling, in pixels. */
	async pixelsBelowPanel(): Promise<number> {
		const panel = (await this.panel.boundingBox())!;
		const last = (await this.panel.getByTestId('collection-parameter-add').boundingBox())!;
		return Math.max(0, last.y + last.height - (panel.y + panel.height));
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

	/** Chooses a model from the account's list, by what the list calls it. */
	async chooseModel(name: string): Promise<void> {
		await this.panel.getByTestId('rlc-input').click();
		const entries = this.page.getByTestId('rlc-item');
		const exactly = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
		const label = new RegExp(`^\\s*${exactly}( · .+)?( \\(until .+\\))?\\s*$`);
		await entries.filter({ hasText: label }).click();
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
		// Before that, the nodes are there, but still unseen and on their way to their places.
		await this.page.locator('[data-test-id="canvas"][class*="_ready_"]').waitFor();
		const node = this.page.getByTestId('canvas-node').filter({ hasText: nodeName });
		await node.waitFor();
		return node;
	}

	/** Runs the open workflow by its button, and waits for the execution's end in n8n, however long that takes. */
	async execute(): Promise<Execution> {
		const isRun = (response: Response) => new URL(response.url()).pathname.endsWith('/run');
		const [response] = await Promise.all([
			this.page.waitForResponse(isRun),
			this.page.getByTestId('execute-workflow-button').click(),
		]);
		const { data } = (await response.json()) as { data: { executionId: string } };
		return await finished(data.executionId);
	}

	/** Opens a workflow, runs it by its button, and waits until the canvas shows that its node of this name has succeeded. */
	async runWorkflow(workflowId: string, nodeName: string): Promise<Locator> {
		const node = await this.openWorkflow(workflowId, nodeName);
		const execution = await this.execute();
		expect(errorOf(execution)).toBeUndefined();
		await node.getByTestId('canvas-node-status-success').waitFor();
		return node;
	}

	/** Shows the picture in the open panel's output, and answers how wide it really is. */
	async showPicture(): Promise<number> {
		const output = this.page.getByTestId('output-panel');
		await output.getByTestId('ndv-view-binary-data').first().click();
		const picture = output.locator('img[src*="binary-data"]');
		await picture.waitFor();
		const [widths] = await drawnWidths(picture);
		return widths!.real;
	}
}
