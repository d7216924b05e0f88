// The story "CRM picture" in a real n8n: as a newcomer clicks through it, and with deliveries that come twice.
import sharp from 'sharp';
import { canvasPart, keepForDocs } from './support/canvas';
import { Crm, listening, post } from './support/crm';
import { allEnded, type Execution, itemsOf, readExample } from './support/n8n';
import { bytesAt, pictureAt } from './support/pictures';
import { withEditor } from './support/stage';

const stage = withEditor();
const ID = readExample('crm-picture').id;
const SCENE = 'On a marble counter in a bright café';
/** Where the mug is in its photo, and in a picture of the same size. */
const ON_THE_MUG = { left: 400, top: 500, width: 40, height: 40 };

let crm: Crm;
let address = '';
/** Executions of the story so far. */
let executions = 0;

beforeAll(async () => {
	crm = new Crm(stage.sandbox);
	address = await listening(ID, 'crm-deal-changed');
	executions = (await allEnded(ID, 1)).length;
	await crm.tellWebhook(address, 'always');
});

const tasks = () => stage.sandbox.evolink.tasks();
const ran = (execution: Execution, node: string) => itemsOf(execution, node).length > 0;

/** The executions that so many more deliveries have started, when they have ended. */
async function moreEnded(count: number): Promise<Execution[]> {
	executions += count;
	const all = await allEnded(ID, executions);
	return all.slice(0, count);
}

const linkIn = (text: string | undefined) => /https?:\S+/.exec(text ?? '')?.[0];

/** The colours of a part of a picture, each from 0 to 255. */
async function coloursIn(picture: Buffer): Promise<number[]> {
	const { channels } = await sharp(await sharp(picture).extract(ON_THE_MUG).toBuffer()).stats();
	return channels.slice(0, 3).map(({ mean }) => Math.round(mean));
}

test('a deal that asks for a picture on its page gets one, though it is told twice', async () => {
	const { page } = stage.editor;
	await stage.editor.openWorkflow(ID, 'A deal has changed');
	await page.setViewportSize({ width: 1900, height: 1100 });
	await page.getByTestId('zoom-to-fit').click();
	await keepForDocs(page, 'stories-crm-picture', await canvasPart(page));

	await page.setViewportSize({ width: 1060, height: 1270 });
	await page.goto(stage.sandbox.street.crmUrl);
	await page.getByRole('link', { name: 'Mugs for a café', exact: true }).click();
	await page.getByLabel('Picture for the customer').fill(SCENE);
	await page.getByLabel('Stage').selectOption('picture wanted');
	await page.getByRole('button', { name: 'Save' }).click();
	const [second, first] = await moreEnded(2);
	expect([first!.status, second!.status]).toEqual(['success', 'success']);

	expect(tasks()).toHaveLength(1);
	expect(tasks()[0]!.prompt).toContain(SCENE);
	const { files, notes, photo_url: photo } = await crm.deal('1001');
	expect(files.map(({ name }) => name)).toEqual(['Mugs for a café 1001.png']);
	expect(notes).toHaveLength(1);
	expect(notes[0]!.text).toContain(SCENE);
	const stored = await bytesAt(linkIn(notes[0]!.text));
	expect(stored.equals(await bytesAt(files[0]!.url))).toBe(true);
	// The mask keeps the product as it is.
	expect(await coloursIn(stored)).toEqual(await coloursIn(await bytesAt(photo)));
	// Whichever has come first at the provider.
	expect([first!, second!].filter((each) => ran(each, 'Store it'))).toHaveLength(1);

	await page.getByRole('link', { name: 'Reload' }).click();
	await page.getByText('New picture: ').waitFor();
	await keepForDocs(page, 'stories-crm-deal');
});

test('the link of the note still works when the provider’s has died', async () => {
	stage.sandbox.evolink.expireLinks();
	const [run] = (await allEnded(ID, executions)).filter((each) => ran(each, 'Store it'));
	const { url } = itemsOf(run!, 'Change only the background')[0]!.json;
	expect((await fetch(String(url))).status).toBe(410);
	const { notes } = await crm.deal('1001');
	const stored = await pictureAt(linkIn(notes[0]!.text));
	expect(stored).toMatchObject({ format: 'png', width: 1024 });
});

test('without a mask the whole picture is drawn anew', async () => {
	await crm.tellWebhook(address, 'never');
	const before = tasks().length;
	await crm.change('1002', { stage: 'picture wanted' });
	const [run] = await moreEnded(1);
	expect(ran(run!, 'Draw a new scene')).toBe(true);
	expect(tasks()).toHaveLength(before + 1);
	const { files, notes } = await crm.deal('1002');
	expect(files.map(({ name }) => name)).toEqual(['Lamps for an office 1002.png']);
	expect(notes).toHaveLength(1);
});

test.each([
	['with a mask', '1004'],
	['without', '1003'],
])('two deliveries in the same moment make one picture and one note, %s', async (_how, id) => {
	const before = tasks().length;
	const deal = { ...(await crm.deal(id)), stage: 'picture wanted' };
	const event = { event_id: `evt_same_moment_${id}`, event: 'deal.updated', changed: ['stage'] };
	await Promise.all([1, 2].map(async () => await post(address, { ...event, deal })));
	const runs = await moreEnded(2);
	expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
	expect(tasks()).toHaveLength(before + 1);
	const { files, notes } = await crm.deal(id);
	expect([files.length, notes.length]).toEqual([1, 1]);
});

test('what doesn’t ask for a picture costs nothing', async () => {
	const before = tasks().length;
	await crm.change('1002', { title: 'Lamps for two offices' });
	await crm.change('1002', { stage: 'offer sent' });
	await moreEnded(2);
	expect(tasks()).toHaveLength(before);
	expect((await crm.deal('1002')).notes).toHaveLength(1);
});

test('a picture that is refused becomes a note with the reason', async () => {
	const scene = 'Somebody famous [sandbox: fail=content_policy_violation]';
	await crm.change('1002', { stage: 'picture wanted', scene });
	const [run] = await moreEnded(1);
	expect(run!.status).toBe('success');
	const { files, notes } = await crm.deal('1002');
	expect(files).toHaveLength(1);
	expect(notes.at(-1)!.text).toMatch(/^No picture: /);
	expect(notes.at(-1)!.text).toContain('content policy');
});
