// The story "Product photos for a shop" in a real n8n: a photo in its form, the pictures on the form's last page.
import type { Page } from 'playwright-core';
import { canvasPart, keepForDocs } from './support/canvas';
import { allEnded, type Execution, itemsOf, publish, readExample, served } from './support/n8n';
import { bytesAt, pictureAt } from './support/pictures';
import { settings } from './support/settings';
import { withEditor } from './support/stage';

const stage = withEditor();
const ID = readExample('product-photos').id;
const SURROUNDINGS = [
	'Pure white with a soft shadow',
	'A wooden kitchen table in morning light',
	'A café terrace in the sun',
	'A shelf in a bright living room',
	'A gift table with warm lights',
];

const tasks = () => stage.sandbox.evolink.tasks();

/** Fills in the form as a person does, and sends it. */
async function send(form: Page, product: string): Promise<void> {
	await form.getByLabel('Product').fill(product);
	const redMug = await bytesAt(`${stage.sandbox.street.crmUrl}/photos/1001.jpg`);
	const photo = { name: 'mug.jpg', mimeType: 'image/jpeg', buffer: redMug };
	await form.locator('input[type=file]').setInputFiles(photo);
	await form.getByRole('button', { name: 'Make the pictures' }).click();
}

async function lastExecution(count: number): Promise<Execution> {
	return (await allEnded(ID, count))[0]!;
}

test('the editor opens the form, and its last page shows five pictures of the product', async () => {
	const { editor, sandbox } = stage;
	const { page } = editor;
	await editor.openWorkflow(ID, 'On form submission');
	await page.setViewportSize({ width: 1900, height: 1100 });
	await page.getByTestId('zoom-to-fit').click();
	const opened = page.context().waitForEvent('page');
	await page.getByTestId('execute-workflow-button').click();
	const form = await opened;
	await form.setViewportSize({ width: 900, height: 900 });
	await form.getByLabel('Product').waitFor();
	await keepForDocs(form, 'stories-product-form', { x: 200, y: 60, width: 500, height: 650 });
	await send(form, 'Red mug');

	await form.locator('figure img').nth(4).waitFor();
	await keepForDocs(form, 'stories-product-pictures', { x: 0, y: 0, width: 880, height: 740 });
	await keepForDocs(page, 'stories-product-photos', await canvasPart(page));
	const execution = await lastExecution(1);
	expect(execution.status).toBe('success');

	expect(tasks()).toHaveLength(5);
	for (const [index, words] of SURROUNDINGS.entries()) {
		expect(tasks().filter(({ prompt }) => prompt.includes(words))).toHaveLength(1);
		const [picture] = itemsOf(execution, 'Store it').filter(
			({ json }) => json.name === `Red mug - ${words}.png`,
		);
		expect(await pictureAt(picture!.json.url)).toMatchObject({ width: 1024, height: 1024 });
		expect(await form.locator('figure').nth(index).textContent()).toContain('Red mug - ');
	}
	await form.close();
	await page.goto(sandbox.street.filesUrl);
	expect(await page.locator('main td a').count()).toBe(5);
});

test('what fails takes nothing else with it: the page names it, and shows the others', async () => {
	await publish(ID);
	const form = await stage.editor.openElsewhere();
	const address = `${settings.url}/form/product-photos`;
	await served(async () => await fetch(address));
	await form.goto(address);
	stage.sandbox.evolink.setFaults('sandbox-evolink-key', {
		create: { status: 400, code: 'content_policy_violation', times: 1 },
	});
	await send(form, 'Blue mug');
	await form.locator('figure b').waitFor();
	expect(await form.locator('figure img').count()).toBe(4);
	expect(tasks()).toHaveLength(9);
	const execution = await lastExecution(2);
	expect(execution.status).toBe('success');
	expect(itemsOf(execution, 'Store it')).toHaveLength(4);
	await form.close();
});
