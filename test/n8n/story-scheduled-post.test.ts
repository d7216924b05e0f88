// The story "A post every morning": what is published, what the table says, and that nothing is paid or posted twice.
import { execFileSync } from 'node:child_process';
import { canvasPart, keepForDocs } from './support/canvas';
import { changeRow, openTable, type Row, rowsOf } from './support/data-tables';
import {
	errorOf,
	type ExampleWorkflow,
	finished,
	readImported,
	retried,
	runToEnd,
	saveAsNew,
	start,
} from './support/n8n';
import { pictureAt } from './support/pictures';
import { posts } from './support/social';
import { withEditor } from './support/stage';
import { setToken } from './support/street-credentials';

const stage = withEditor();
const TABLE = 'Post topics';
const TOKEN = 'sandbox-social-token';

let workflow: ExampleWorkflow;
let isExact = true;

function hasGraphicsMagick(): boolean {
	try {
		execFileSync('gm', ['version'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

beforeAll(async () => {
	workflow = await readImported('scheduled-post');
	isExact = hasGraphicsMagick();
	if (isExact) return;
	// As its note says for an n8n without GraphicsMagick.
	workflow = await saveAsNew({
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.name === 'Exact pixels' ? { ...node, disabled: true } : node,
		),
	});
});

/** How often pictures and words were paid for. */
function paid(): { pictures: number; words: number } {
	const done = stage.sandbox.openai.calls().filter(({ status }) => status === 200);
	const words = done.filter(({ route }) => route.startsWith('chat')).length;
	return { pictures: done.length - words, words };
}

async function row(place: number): Promise<Row> {
	return (await rowsOf(TABLE))[place]!;
}

/** As if the day that a row was taken on were over. */
async function nextDay(place: number): Promise<void> {
	await changeRow(TABLE, (await row(place)).id, { day: `0${place + 1} January 2026` });
}

test('two runs that overlap post one topic, in three formats, and the row says so', async () => {
	const both = await Promise.all([start(workflow), start(workflow)]);
	const [one, other] = await Promise.all(both.map(finished));
	expect([one?.status, other?.status]).toEqual(['success', 'success']);

	const published = (await posts()).reverse();
	const pictures = await Promise.all(
		published.map(async ({ picture_url: url }) => await pictureAt(url)),
	);
	const drawn = published.map(({ format, alt_text: altText }, index) => {
		const { width, height } = pictures[index]!;
		return [format, width, height, altText !== ''];
	});
	expect(drawn).toEqual(
		isExact
			? [
					['post', 1080, 1350, true],
					['story', 1080, 1920, true],
					['post', 1200, 628, true],
				]
			: [
					['post', 1088, 1360, true],
					['story', 1152, 2048, true],
					['post', 1376, 720, true],
				],
	);
	expect(pictures.map(({ format }) => format)).toEqual(['jpeg', 'jpeg', 'jpeg']);
	expect(published[0]?.caption).toMatch(/^Winter jackets.* #\S+/s);
	expect(published[2]?.caption).not.toContain('#');
	expect(paid()).toEqual({ pictures: 3, words: 1 });

	const [first, second] = await rowsOf(TABLE);
	expect(first).toMatchObject({ status: 'posted', link: published[0]?.url });
	expect(first?.day).toMatch(/^\d\d [A-Z][a-z]+ \d{4}$/);
	expect(second?.status || '').toBe('');
});

test('a picture of what was posted for the docs', async () => {
	const { page } = stage.editor;
	await page.setViewportSize({ width: 1100, height: 1500 });
	await page.goto(stage.sandbox.street.socialUrl);
	await page.locator('main img').first().waitFor();
	const { x, y } = (await page.getByRole('heading', { name: 'Stories' }).boundingBox())!;
	const end = (await page.getByText('To post from n8n').boundingBox())!.y;
	const part = { x: x - 20, y: y - 12, width: 500, height: end - y };
	await keepForDocs(page, 'scheduled-post-network', part);
});

test('another run on the same day posts nothing and pays nothing', async () => {
	const before = paid();
	expect((await runToEnd(workflow)).status).toBe('success');
	expect(await posts()).toHaveLength(3);
	expect(paid()).toEqual(before);
});

test('a picture that is refused is told in its row, and nothing is posted', async () => {
	await nextDay(0);
	const { id, picture } = await row(1);
	await changeRow(TABLE, id, { picture: `${String(picture)} [sandbox: moderation=input]` });
	const execution = await runToEnd(workflow);
	expect(errorOf(execution)).toBeUndefined();
	expect(await row(1)).toMatchObject({
		status: 'failed',
		note: expect.stringMatching(/refused|moderation/i),
	});
	expect(await posts()).toHaveLength(3);
	await changeRow(TABLE, id, { picture });
});

test('when the network refuses, a retry publishes the pictures that are paid already', async () => {
	await nextDay(1);
	await setToken('socialSandbox', 'another');
	const failed = await runToEnd(workflow);
	expect(failed.status).toBe('error');
	expect((await row(2)).status).toBe('being made');
	const before = paid();
	await setToken('socialSandbox', TOKEN);

	const again = await retried(failed.id);
	expect(errorOf(again)).toBeUndefined();
	expect(again.status).toBe('success');
	expect(paid()).toEqual(before);
	expect(await posts()).toHaveLength(6);
	expect((await row(2)).status).toBe('posted');
});

test('pictures of it for the docs', async () => {
	await nextDay(2);
	const { page } = stage.editor;
	await page.setViewportSize({ width: 1760, height: 1000 });
	await stage.editor.runWorkflow(workflow.id, 'Mark as posted');
	await keepForDocs(page, 'scheduled-post', await canvasPart(page));

	await openTable(stage.editor, TABLE);
	await keepForDocs(page, 'scheduled-post-table');
});
