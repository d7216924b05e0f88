// The credentials as a person meets them: what the form shows, where its links lead, and what it says of a wrong key.
import { settings } from './support/settings';
import { withEditor } from './support/stage';

const stage = withEditor();

test.each([
	['evolinkSandbox', 'https://evolink.ai/dashboard/keys'],
	['coreTodaySandbox', 'https://core.today'],
	['openAiSandbox', 'https://platform.openai.com/api-keys'],
	['imageChatSandbox', undefined],
])('%s: the link to the key, and a wrong key in words', async (id, page) => {
	const { editor } = stage;
	await editor.page.goto(`${settings.url}/home/credentials/${id}`);
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
	await editor.keepScreenshot(`credential-${id}`);
});
