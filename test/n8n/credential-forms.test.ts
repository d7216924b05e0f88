// The credentials as a person meets them: what the form shows, where its links lead, and what it says of a wrong key.
import { rest } from './support/n8n';
import { settings } from './support/settings';
import { withEditor } from './support/stage';

const stage = withEditor();

/** One of the test's own: the form saves the wrong key, and other tests need the imported ones. */
let own: string;
afterEach(async () => {
	await rest('DELETE', `/credentials/${own}`);
});

test.each([
	['evoLinkApi', 'evolink', 'https://evolink.ai/dashboard/keys'],
	['coreTodayApi', 'coreToday', 'https://core.today'],
	['openAiImagesApi', 'openai', 'https://platform.openai.com/api-keys'],
	['imageChatApi', 'chat', undefined],
] as const)('%s: the link to the key, and a wrong key in words', async (type, provider, page) => {
	const { editor, sandbox } = stage;
	const { baseUrl } = sandbox[provider];
	const data = { apiKey: sandbox[provider].addKey(), baseUrl };
	({ id: own } = await rest<{ id: string }>('POST', '/credentials', { name: type, type, data }));
	await editor.page.goto(`${settings.url}/home/credentials/${own}`);
	const form = editor.page.getByTestId('credential-edit-dialog');
	const key = form.getByTestId('parameter-input-apiKey').locator('input');
	await key.waitFor();
	if (page) await form.locator(`a[href="${page}"]`).last().waitFor();

	await key.fill('no-such-key');
	await key.blur();
	await editor.page.getByTestId('credential-save-button').click();
	// n8n's own sentence, with the test's words behind it.
	await form.getByText('More details').click();
	await form.getByText('The key is wrong', { exact: false }).waitFor();
	await editor.keepScreenshot(`credential-${type}`);
});
