// Sees what happens in the browser while a test runs, so that a test that fails tells why.
import { join } from 'node:path';
import type { Browser, BrowserContext, Page, WebSocket } from 'playwright-core';
import { latestExecution } from './n8n';
import { settings } from './settings';

const LINES_TOLD = 20;
const LONGEST_LINE = 300;
const LONGEST_NAME = 80;
const PICTURE_LIMIT_MS = 30_000;
/** How a message begins by which n8n tells its editor of an execution. */
const MESSAGE_TYPE = /^\{"type":"(\w+)"/;

const timeOfDay = () => new Date().toISOString().slice(11, 23);

async function pictureOf(page: Page, place: number): Promise<string> {
	const { currentTestName = 'before the first test' } = expect.getState();
	const name = currentTestName.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, LONGEST_NAME);
	const path = join(settings.screenshots, `failed-${name}-${place}.png`);
	try {
		await page.screenshot({ path, timeout: PICTURE_LIMIT_MS });
		return `The page at ${page.url()} looked like ${path}`;
	} catch (error) {
		return `The page at ${page.url()} gave no picture: ${(error as Error).message}`;
	}
}

export class Witness {
	private readonly lines: string[] = [];

	constructor(private readonly browser: Browser) {
		browser.on('disconnected', () => this.note('The browser has ended.'));
	}

	/** Sees what happens in all pages that will be opened in it. */
	follow(context: BrowserContext): void {
		context.on('console', (message) => this.note(`${message.type()}: ${message.text()}`));
		context.on('weberror', (failure) => this.note(`uncaught: ${failure.error().message}`));
		context.on('page', (page) => this.watch(page));
	}

	/** What is worth knowing about a failure: what the pages looked like, what n8n did last, what was seen on the way. */
	async tell(): Promise<string> {
		return [
			...(await this.whereabouts()),
			`n8n's latest execution: ${await latestExecution()}`,
			"The last lines of the browser's console and of what n8n told it:",
			...this.lines.slice(-LINES_TOLD).map((line) => `    ${line}`),
		].join('\n');
	}

	private async whereabouts(): Promise<string[]> {
		if (!this.browser.isConnected()) {
			return ['The browser has died. Every further test of this file fails for the same reason.'];
		}
		const pages = this.browser.contexts().flatMap((context) => context.pages());
		return await Promise.all(pages.map(async (page, place) => await pictureOf(page, place + 1)));
	}

	private watch(page: Page): void {
		page.on('crash', () => this.note(`The page ${page.url()} has crashed.`));
		page.on('websocket', (socket) => this.listenIn(socket));
	}

	private listenIn(socket: WebSocket): void {
		this.note('n8n: connection opened');
		socket.on('close', () => this.note('n8n: connection closed'));
		socket.on('framereceived', ({ payload }) => {
			const [, type] = MESSAGE_TYPE.exec(payload.toString().slice(0, 100)) ?? [];
			if (type) this.note(`n8n: ${type}`);
		});
	}

	private note(line: string): void {
		this.lines.push(`${timeOfDay()} ${line.slice(0, LONGEST_LINE)}`);
	}
}
