// The story "Campaign from a sheet": from the sheet's forty rows to the chosen pictures in the store, and the sheet with
// their links; and that nobody pays twice, or for what wasn't ticked.
import type { Page, Response } from 'playwright-core';
import { canvasPart, keepForDocs } from './support/canvas';
import { storedFiles } from './support/file-store';
import { FormRun, ticking } from './support/forms';
import {
	errorOf,
	type ExampleWorkflow,
	type Execution,
	finished,
	itemsOf,
	publish,
	reached,
	readImported,
	saveAsNew,
	served,
	startRetry,
} from './support/n8n';
import { drawnWidths } from './support/pictures';
import { settings } from './support/settings';
import { withEditor } from './support/stage';
import { setToken } from './support/street-credentials';

const stage = withEditor();
const KEY = 'sandbox-evolink-key';
const CREDITS_PER_DOLLAR = 68;
const CARD_MARGIN = 20;
const STORE_TOKEN = 'sandbox-files-token';
/** For the tests that only need the page's boxes. */
const QUICK = { drawnSize: '64x64' };

let workflow: ExampleWorkflow;

beforeAll(async () => {
	workflow = await readImported('campaign-from-a-sheet');
	await publish(workflow.id);
	// However slow the machine is: a test's own time limit ends it.
	stage.editor.page.context().setDefaultTimeout(0);
});

const tasks = () => stage.sandbox.evolink.tasks(KEY);

/** The sheet that the first page offers. */
async function sampleSheet(): Promise<string> {
	const response = await fetch(`${stage.sandbox.street.filesUrl}/samples/campaign.csv`);
	return await response.text();
}

function sheetOf(...ideas: string[]): File {
	const rows = ideas.map((idea, index) => `picture-${index + 1},${idea}`);
	return new File([['name,idea', ...rows].join('\n')], 'sheet.csv', { type: 'text/csv' });
}

async function begin(sheet: File, { path = 'campaign', limit = '20' } = {}): Promise<FormRun> {
	return await FormRun.begin(path, { 'field-0': sheet, 'field-1': limit });
}

/** Goes on to the page to choose from, and answers its HTML. */
async function toChoose(run: FormRun): Promise<string> {
	await run.page('Draw the drafts');
	await run.send();
	return await run.page('Which ones?');
}

const rowsOf = (execution: Execution) =>
	itemsOf(execution, 'The sheet with them').map(({ json }) => json);

/** Fills in the first page, as soon as n8n serves it. */
async function upload(page: Page, sheet: string): Promise<void> {
	const file = { name: 'campaign.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) };
	await page.locator('input[type="file"]').setInputFiles(file);
	await page.getByRole('button', { name: 'See what the drafts cost' }).click();
	await page.getByRole('button', { name: 'Draw the drafts' }).waitFor();
}

/** Keeps a picture of what a page of the form says, for the docs. */
async function keepCard(page: Page, name: string): Promise<void> {
	const card = (await page.locator('.card').filter({ visible: true }).boundingBox())!;
	const [x, y] = [card.x - CARD_MARGIN, card.y - CARD_MARGIN];
	const [width, height] = [card.width + 2 * CARD_MARGIN, card.height + 2 * CARD_MARGIN];
	await keepForDocs(page, name, { x, y, width, height });
}

async function openForm(): Promise<Page> {
	const page = await stage.editor.openElsewhere({ width: 1120, height: 720 });
	page.setDefaultTimeout(0);
	const address = `${settings.url}/form/campaign`;
	await served(async () => await fetch(address));
	await page.goto(address);
	await page.getByText('A campaign from a sheet').first().waitFor();
	return page;
}

test('forty rows become drafts, and what is ticked in full quality comes back in the sheet', async () => {
	const refused = 'A red kite [sandbox: fail=content_policy_violation]';
	const sheet = (await sampleSheet()).replace('A red kite', refused);
	const page = await openForm();
	await keepCard(page, 'campaign-from-a-sheet-upload');
	await upload(page, sheet);
	await page.getByText('40 rows, 40 drafts').waitFor();
	expect(tasks()).toEqual([]);
	await keepCard(page, 'campaign-from-a-sheet-estimate');
	await page.getByRole('button', { name: 'Draw the drafts' }).click();

	await page.getByText('Which ones?').waitFor();
	expect(await page.locator('input[type="checkbox"]').count()).toBe(39);
	await page
		.getByText('No draft. EvoLink: The request was refused by the content policy.')
		.waitFor();
	for (const widths of await drawnWidths(page.locator('img'))) {
		expect(widths).toEqual({ real: 1024, shown: 168 });
	}
	const drafts = tasks();
	expect(drafts).toHaveLength(40);

	// The same page once more, as from a bookmark or by somebody else.
	const other = await stage.editor.openElsewhere();
	other.setDefaultTimeout(0);
	await other.goto(page.url());
	await other.getByText('7 first-swallow').last().click();
	// The box's label lies over the picture.
	await page.locator('img').nth(1).click({ force: true });
	await page.getByText('4 lemon-stand').last().click();
	await keepForDocs(page, 'campaign-from-a-sheet-choose');
	await page.getByRole('button', { name: 'Make these' }).click();
	await page.getByText('6 pictures are stored').waitFor();
	await keepCard(page, 'campaign-from-a-sheet-done');
	await finished(new URL(page.url()).pathname.split('/').at(-1)!);
	const isAnswer = (response: Response) => response.request().method() === 'POST';
	await Promise.all([
		other.waitForResponse(isAnswer),
		other.getByRole('button', { name: 'Make these' }).click(),
	]);

	const made = tasks().slice(drafts.length);
	expect(made.map(({ prompt }) => prompt.split('.')[0]).sort()).toEqual([
		...Array.from({ length: 3 }, () => 'A pyramid of lemons at a market stand'),
		...Array.from({ length: 3 }, () => 'Warm loaves of bread on a linen cloth, steam rising'),
	]);
	const files = await storedFiles();
	expect(files).toHaveLength(39 + 6 + 1);
	const pictures = files.filter(({ name }) => !/-draft\.png$|\.csv$/.test(name));
	expect(pictures.map(({ name }) => name).sort()).toEqual([
		'lemon-stand-instagram-post.png',
		'lemon-stand-square.png',
		'lemon-stand-story-and-reel.png',
		'morning-bread-instagram-post.png',
		'morning-bread-square.png',
		'morning-bread-story-and-reel.png',
	]);
	const draftOf = (name: string) => files.find((file) => file.name === `${name}-draft.png`)!.url;
	for (const { prompt, imageUrls } of made) {
		const name = prompt.startsWith('Warm') ? 'morning-bread' : 'lemon-stand';
		expect(imageUrls[0]).toBe(draftOf(name));
	}

	await page.getByText('Your sheet, with links and costs').waitFor();
	const csv = await (await fetch(files[0]!.url)).text();
	expect(files[0]!.name).toBe('campaign-with-pictures.csv');
	expect(csv.split('\n')[0]!.replace('\uFEFF', '').trim()).toBe(
		'name,idea,audience,row,draft,pictures,cost in US dollars,problem',
	);
	for (const { url } of pictures) expect(csv).toContain(url);
	expect(csv).toContain('refused by the content policy');
	await page.close();
	await other.close();
}, 900_000);

test('sent twice in the same moment, each page orders once', async () => {
	stage.sandbox.evolink.setFaults(KEY, QUICK);
	const before = tasks().length;
	const { charged: chargedBefore } = stage.sandbox.evolink.ledger(KEY);
	const run = await begin(sheetOf('A kite', 'A boat', ''));
	await run.page('3 rows, 2 drafts');
	await run.sendAtOnce(3);
	const page = await run.page('Which ones?');
	expect(tasks()).toHaveLength(before + 2);
	const ticked = ticking(page, ['1 picture-1']);
	expect(Object.keys(ticked)).toHaveLength(2);
	await run.sendAtOnce(3, ticked);
	await run.page('3 pictures are stored');
	const execution = await run.end();
	expect(errorOf(execution)).toBeUndefined();
	expect(tasks()).toHaveLength(before + 2 + 3);

	const [first, second, third] = rowsOf(execution);
	expect(String(first!.pictures).split('\n')).toEqual([
		expect.stringMatching(/^Square: http/),
		expect.stringMatching(/^Instagram Post: http/),
		expect.stringMatching(/^Story and Reel: http/),
	]);
	expect(second).toMatchObject({ name: 'picture-2', pictures: '', problem: '' });
	expect(third).toMatchObject({ name: 'picture-3', draft: '' });
	expect(third!.problem).toMatch(/prompt/i);
	const costs = rowsOf(execution).reduce((sum, row) => sum + Number(row['cost in US dollars']), 0);
	const { charged } = stage.sandbox.evolink.ledger(KEY);
	expect(costs).toBeCloseTo((charged - chargedBefore) / CREDITS_PER_DOLLAR, 3);
});

test('where nothing is ticked, nothing more is ordered, and the sheet has the drafts', async () => {
	stage.sandbox.evolink.setFaults(KEY, QUICK);
	const before = tasks().length;
	const run = await begin(sheetOf('A kite', 'A boat'));
	await run.send(ticking(await toChoose(run)));
	await run.page('0 pictures are stored');
	const execution = await run.end();
	expect(errorOf(execution)).toBeUndefined();
	expect(tasks()).toHaveLength(before + 2);
	for (const row of rowsOf(execution)) {
		expect(row).toMatchObject({ draft: expect.stringMatching(/^http/), pictures: '', problem: '' });
	}
});

test('a name may be missing, have spaces around it, or signs that HTML knows', async () => {
	stage.sandbox.evolink.setFaults(KEY, QUICK);
	const before = tasks().length;
	const rows = [
		'name,idea',
		',A kite',
		'  boat ,A boat',
		'Cups & <b>saucers</b>,A cup',
		'<i>none</i>,',
	];
	const run = await begin(new File([rows.join('\n')], 'sheet.csv', { type: 'text/csv' }));
	const page = await toChoose(run);
	expect(page).toContain('<h4>3 Cups &amp; &lt;b&gt;saucers&lt;/b&gt;</h4>');
	expect(page).toContain('<h4>4 &lt;i&gt;none&lt;/i&gt;</h4>');
	await run.send(ticking(page, ['1', '2   boat']));
	await run.page('6 pictures are stored');
	const execution = await run.end();
	expect(errorOf(execution)).toBeUndefined();
	expect(tasks()).toHaveLength(before + 3 + 2 * 3);
	expect(rowsOf(execution).filter(({ pictures }) => pictures !== '')).toHaveLength(2);
});

test('what may cost more than the limit is not made, and the sheet says why', async () => {
	stage.sandbox.evolink.setFaults(KEY, QUICK);
	const before = tasks().length;
	const run = await begin(sheetOf('A kite', 'A boat'), { limit: '1' });
	await run.send(ticking(await toChoose(run), ['1 picture-1', '2 picture-2']));
	expect(await run.page('0 pictures are stored')).toContain('Problems: 2');
	const execution = await run.end();
	expect(tasks()).toHaveLength(before + 2);
	for (const row of rowsOf(execution)) expect(row.problem).toContain('your limit is $1.00');
});

test('when the store was out of reach, a retry goes on to the page and orders nothing again', async () => {
	stage.sandbox.evolink.setFaults(KEY, QUICK);
	const before = tasks().length;
	const run = await begin(sheetOf('A kite', 'A boat'));
	await run.page('Draw the drafts');
	await setToken('fileStoreSandbox', 'not-the-token');
	await run.send();
	const failed = await run.stopped();
	expect(errorOf(failed)).toMatch(/authoriz|401|token/i);
	await setToken('fileStoreSandbox', STORE_TOKEN);
	const waiting = await reached(await startRetry(failed.id), 'waiting');
	const cards = itemsOf(waiting, 'One page')[0]!.json.fields as unknown[];
	expect(cards).toHaveLength(2 * 2);
	expect(tasks()).toHaveLength(before + 2);

	const again = FormRun.at(waiting, 'Choose');
	await again.send(ticking(await again.page('Which ones?'), ['1 picture-1']));
	await again.page('3 pictures are stored');
	expect(errorOf(await again.end())).toBeUndefined();
	expect(tasks()).toHaveLength(before + 2 + 3);
});

test('drafts that are late are fetched, and can be chosen', async () => {
	const { filesUrl } = stage.sandbox.street;
	stage.sandbox.evolink.setFaults(KEY, QUICK);
	const copy = JSON.parse(
		JSON.stringify(workflow).replaceAll('"path":"campaign"', '"path":"late-campaign"'),
	) as ExampleWorkflow;
	for (const node of copy.nodes) {
		if (node.name === 'Upload the sheet') Object.assign(node, { webhookId: 'late-campaign' });
		if (node.name !== 'Draw the drafts') continue;
		Object.assign(node.parameters.options as object, { timeLimitSeconds: 5 });
	}
	await publish((await saveAsNew(copy)).id);
	const lost = (idea: string) => `${idea} [sandbox: callback=lose]`;
	const run = await begin(sheetOf(lost('A silent kite'), lost('A silent boat')), {
		path: 'late-campaign',
	});
	await run.send(ticking(await toChoose(run), ['2 picture-2']));
	await run.page('3 pictures are stored');
	const execution = await run.end();
	expect(itemsOf(execution, 'Fetch what is late')).toHaveLength(2);
	for (const row of rowsOf(execution)) expect(row.draft).toContain(`${filesUrl}/public/`);
	expect(tasks().filter(({ prompt }) => prompt.startsWith('A silent'))).toHaveLength(2 + 3);
});

test('a newcomer begins it in the editor, and the canvas shows how far each row came', async () => {
	const { page } = stage.editor;
	await page.setViewportSize({ width: 1800, height: 2200 });
	await stage.editor.openWorkflow(workflow.id, 'Upload the sheet');
	const [form] = await Promise.all([
		page.waitForEvent('popup'),
		page.getByTestId('execute-workflow-button').click(),
	]);
	stage.sandbox.evolink.setFaults(KEY, QUICK);
	await form.getByText('Take this one, with forty rows').waitFor();
	await upload(form, 'name,idea\nkite,A red kite\nboat,A paper boat\nbench,A bench\n');
	await form.getByRole('button', { name: 'Draw the drafts' }).click();
	await form.getByText('1 kite').last().click();
	await form.getByRole('button', { name: 'Make these' }).click();
	await form.getByText('3 pictures are stored').waitFor();
	const done = page.getByTestId('canvas-node').filter({ hasText: 'Done' });
	await done.getByTestId('canvas-node-status-success').waitFor();
	await page.keyboard.press('1');
	await keepForDocs(page, 'campaign-from-a-sheet', await canvasPart(page));
});
