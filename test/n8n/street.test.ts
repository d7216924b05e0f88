// The sandbox's street as people and workflows use it: its pages in a browser, its APIs from n8n's HTTP Request node.
import type { Page } from 'playwright-core';
import { listening } from './support/crm';
import { eventually } from './support/eventually';
import { allEnded, type ExampleWorkflow, runToEnd, saveAsNew } from './support/n8n';
import { drawnWidths } from './support/pictures';
import { withEditor } from './support/stage';
import { addHeaderAuth } from './support/street-credentials';

const stage = withEditor();
const HOOK = 'a-deal-has-changed';
const deal = '$("Changed").item.json.body.deal';

/** An HTTP Request node as a person sets it up: Header Auth, and a form with the file, or JSON. */
function sends(name: string, url: string, credentials: object, parameters: object): object {
	return {
		name,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [600, 0],
		credentials,
		parameters: {
			method: 'POST',
			url,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			sendBody: true,
			...parameters,
		},
	};
}

function form(file: string, texts: Record<string, string> = {}): object {
	const fields = Object.entries(texts).map(([name, value]) => ({ name, value }));
	return {
		contentType: 'multipart-form-data',
		bodyParameters: {
			parameters: [
				{ parameterType: 'formBinaryData', name: file, inputDataFieldName: 'data' },
				...fields,
			],
		},
	};
}

/** Deal changed → its photo → on the deal, in the store, on the social network. */
async function dealWorkflow(): Promise<ExampleWorkflow> {
	const { socialUrl, crmUrl, filesUrl } = stage.sandbox.street;
	const nodes = [
		{
			name: 'Changed',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 0],
			webhookId: HOOK,
			parameters: { httpMethod: 'POST', path: HOOK, options: {} },
		},
		{
			name: 'Photo',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			position: [300, 0],
			parameters: {
				url: '={{ $json.body.deal.photo_url }}',
				options: { response: { response: { responseFormat: 'file' } } },
			},
		},
		sends(
			'Store',
			`${filesUrl}/v1/files`,
			await addHeaderAuth('sandbox-files-token'),
			form('file'),
		),
		sends('Post', `${socialUrl}/v1/posts`, await addHeaderAuth('sandbox-social-token'), {
			...form('picture', {
				caption: `={{ ${deal}.title }} #new`,
				alt_text: `={{ ${deal}.scene }}`,
			}),
			sendHeaders: true,
			headerParameters: {
				parameters: [
					{ name: 'Idempotency-Key', value: '={{ $("Changed").item.json.body.event_id }}' },
				],
			},
		}),
		sends(
			'Attach',
			`=${crmUrl}/v1/deals/{{ ${deal}.id }}/files`,
			await addHeaderAuth('sandbox-crm-token'),
			form('file'),
		),
		sends(
			'Note',
			`=${crmUrl}/v1/deals/{{ ${deal}.id }}/notes`,
			await addHeaderAuth('sandbox-crm-token'),
			{ bodyParameters: { parameters: [{ name: 'text', value: '=Stored: {{ $json.url }}' }] } },
		),
	];
	const to = (...names: string[]) => ({
		main: [names.map((node) => ({ node, type: 'main', index: 0 }))],
	});
	const connections = {
		Changed: to('Photo'),
		Photo: to('Store', 'Post', 'Attach'),
		Store: to('Note'),
	};
	const workflow = { name: 'A deal has changed', nodes, connections, settings: {} };
	return await saveAsNew(workflow as unknown as ExampleWorkflow);
}

async function realWidths(page: Page): Promise<number[]> {
	return (await drawnWidths(page.locator('main img'))).map(({ real }) => real);
}

test('a deal that is changed on its page comes back with a file and a note, and is posted once', async () => {
	const { editor, sandbox } = stage;
	const { page } = editor;
	const { socialUrl, crmUrl, filesUrl } = sandbox.street;
	const { id } = await dealWorkflow();
	const url = await listening(id, HOOK);
	const before = (await allEnded(id, 1)).length;

	await page.goto(crmUrl);
	await page.getByLabel('Where to send changes of deals').fill(url);
	await page.getByLabel('Send a change twice').selectOption('always');
	await page.getByRole('button', { name: 'Save' }).click();
	await page.getByRole('link', { name: 'Lamps for an office', exact: true }).click();
	await page.getByLabel('Stage').selectOption('picture wanted');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByLabel('Stage').inputValue()).resolves.toBe('picture wanted');

	const [second, first] = await allEnded(id, before + 2);
	expect([first!.status, second!.status]).toEqual(['success', 'success']);

	await page.reload();
	expect(await realWidths(page)).toEqual([1024, 1024, 1024]);
	expect(await page.getByText('Stored: ').count()).toBe(2);
	await editor.keepScreenshot('street-deal');
	await eventually(async () => {
		await page.goto(crmUrl);
		expect(await page.getByRole('cell', { name: '200' }).count()).toBe(2);
	});
	await editor.keepScreenshot('street-crm');

	await page.goto(socialUrl);
	expect(await realWidths(page)).toEqual([1024]);
	await page.getByText('Lamps for an office #new').waitFor();
	await page.getByText('Alt text: The lamp on a tidy desk in the evening').waitFor();
	await editor.keepScreenshot('street-social');

	await page.goto(filesUrl);
	expect(await realWidths(page)).toEqual([1024, 1024]);
	const [link] = await page.locator('main td a').all();
	expect((await fetch(`${sandbox.url}${await link?.getAttribute('href')}`)).status).toBe(200);
	await editor.keepScreenshot('street-files');
});

test('a picture that the network refuses fails in n8n with the network’s own words', async () => {
	const { socialUrl } = stage.sandbox.street;
	const workflow = await saveAsNew({
		name: 'A picture that is refused',
		nodes: [
			{
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				name: 'Picture',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				position: [300, 0],
				parameters: {
					url: `${stage.sandbox.street.crmUrl}/photos/1001.jpg`,
					options: { response: { response: { responseFormat: 'file' } } },
				},
			},
			sends('Post', `${socialUrl}/v1/posts`, await addHeaderAuth('sandbox-social-token'), {
				...form('picture', { format: 'story' }),
			}),
		],
		connections: {
			Start: { main: [[{ node: 'Picture', type: 'main', index: 0 }]] },
			Picture: { main: [[{ node: 'Post', type: 'main', index: 0 }]] },
		},
		settings: {},
	} as unknown as ExampleWorkflow);
	const execution = await runToEnd(workflow);
	expect(execution.status).toBe('error');
	const { message, description } = execution.data.resultData.error as {
		message: string;
		description?: string;
	};
	expect(`${message} ${description}`).toContain('must be 9:16, such as 1080 × 1920');
});

test('its pages have a light and a dark look', async () => {
	const { page } = stage.editor;
	const background = async () =>
		await page.locator('body').evaluate((body) => {
			const { getComputedStyle } = globalThis as unknown as {
				getComputedStyle(element: unknown): { backgroundColor: string };
			};
			return getComputedStyle(body).backgroundColor;
		});
	await page.goto(stage.sandbox.url);
	await page.emulateMedia({ colorScheme: 'light' });
	const light = await background();
	await stage.editor.keepScreenshot('street-sandbox');
	await page.emulateMedia({ colorScheme: 'dark' });
	expect(await background()).not.toBe(light);
	await stage.editor.keepScreenshot('street-sandbox-dark');
	await page.emulateMedia({ colorScheme: null });
});
