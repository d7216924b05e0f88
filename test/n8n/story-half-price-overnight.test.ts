// The story "Half price overnight": rows become a batch, and the batch comes back to its rows: pictures, costs and failures.
import { canvasPart, keepForDocs } from './support/canvas';
import { changeRow, openTable, type Row, rowsOf } from './support/data-tables';
import { storedFiles } from './support/file-store';
import {
	errorOf,
	type ExampleWorkflow,
	finished,
	firstTriggeredExecution,
	publish,
	readImported,
	runToEnd,
	sleep,
	start,
	unpublish,
	until,
} from './support/n8n';
import { pictureAt } from './support/pictures';
import { withEditor } from './support/stage';

const stage = withEditor();
const TABLE = 'Overnight pictures';
const DOLLARS = /^\$0\.\d+$/;
/** As long as the batch is under way. */
const UNDER_WAY = ['being ordered', 'ordered'];

let workflow: ExampleWorkflow;
let receiver: ExampleWorkflow;

beforeAll(async () => {
	workflow = await readImported('half-price-overnight');
	receiver = await readImported('half-price-received');
	await publish(receiver.id);
	await until(() => stage.sandbox.openai.webhookEndpoints().length > 0);
});

afterAll(async () => {
	await unpublish(receiver.id);
});

async function settledRows(): Promise<Row[]> {
	for (;;) {
		const rows = await rowsOf(TABLE);
		if (rows.every(({ status }) => !UNDER_WAY.includes(String(status)))) return rows;
		await sleep(250);
	}
}

const batches = () => stage.sandbox.openai.batches();

test('two runs that overlap order each row once, and each row gets its picture and cost or the reason', async () => {
	const [, refused] = await rowsOf(TABLE);
	await changeRow(TABLE, refused!.id, {
		scene: `${String(refused!.scene)} [sandbox: moderation=input]`,
	});
	const both = await Promise.all([start(workflow), start(workflow)]);
	for (const execution of await Promise.all(both.map(finished))) {
		expect(errorOf(execution)).toBeUndefined();
	}
	const ordered = batches().flatMap(({ customIds }) => customIds);
	expect([...ordered].sort()).toEqual(['bottle-1001', 'cushion-1002', 'lamp-1004', 'pot-1003']);

	const received = await firstTriggeredExecution(receiver.id);
	expect(errorOf(received)).toBeUndefined();
	const rows = await settledRows();
	expect(rows.map(({ status }) => status)).toEqual(['done', 'failed', 'done', 'done']);
	const files = await storedFiles();
	expect(files.map(({ name }) => name).sort()).toEqual([
		'bottle-1001.png',
		'lamp-1004.png',
		'pot-1003.png',
	]);
	for (const { number, status, link, cost, note } of rows) {
		if (status === 'failed') {
			expect(note).toMatch(/refused|safety|moderation/i);
			continue;
		}
		expect(link).toBe(files.find(({ name }) => name === `${String(number)}.png`)?.url);
		expect(cost).toMatch(DOLLARS);
	}
	expect(await pictureAt(rows[0]?.link)).toMatchObject({ width: 1024, height: 1024 });
	for (const { number, batch } of rows) {
		// Of two runs in the same second, each has marked its own rows.
		const own = batches().find(({ customIds }) => customIds.includes(String(number)));
		expect(batch).toBe(own?.id);
	}
	await changeRow(TABLE, refused!.id, { scene: refused!.scene });
});

test('a picture of its table for the docs', async () => {
	const { page } = stage.editor;
	await openTable(stage.editor, TABLE);
	await keepForDocs(page, 'half-price-overnight-table');
});

test('another run orders nothing; a row whose status was emptied is ordered alone', async () => {
	const before = batches().length;
	expect((await runToEnd(workflow)).status).toBe('success');
	expect(batches()).toHaveLength(before);

	const [, refused] = await rowsOf(TABLE);
	await changeRow(TABLE, refused!.id, { status: '' });
	expect((await runToEnd(workflow)).status).toBe('success');
	expect(batches()).toHaveLength(before + 1);
	const rows = await settledRows();
	expect(rows.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done']);
	expect(await storedFiles()).toHaveLength(4);
});

test('pictures of it for the docs', async () => {
	const [, , third] = await rowsOf(TABLE);
	await changeRow(TABLE, third!.id, { status: '' });
	const { page } = stage.editor;
	await page.setViewportSize({ width: 1400, height: 1150 });
	await stage.editor.runWorkflow(workflow.id, 'Mark as ordered');
	await keepForDocs(page, 'half-price-overnight', await canvasPart(page));
	await settledRows();
	// Over a published workflow, n8n lays what else it can do.
	await unpublish(receiver.id);
	await stage.editor.openWorkflow(receiver.id, 'Mark as done');
	await keepForDocs(page, 'half-price-overnight-received', await canvasPart(page));

	await page.setViewportSize({ width: 1100, height: 760 });
	await page.goto(stage.sandbox.street.filesUrl);
	await page.locator('main img').first().waitFor();
	await keepForDocs(page, 'half-price-overnight-store');
});
