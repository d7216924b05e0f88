// The story "An agent that draws": a person writes in n8n's chat, the agent draws, and its limit holds.
import { canvasPart, keepForDocs } from './support/canvas';
import { eventually } from './support/eventually';
import { readExample } from './support/n8n';
import { withEditor } from './support/stage';

const stage = withEditor();
const example = readExample('agent-that-draws');

const HEIGHT = 1000;
const CHAT_TOP = 360;
/** The part of the screen that has the chat and the log beside it. */
const CHAT = { x: 42, y: CHAT_TOP, width: 1100, height: HEIGHT - CHAT_TOP };

/** Writes a message in the editor's chat, and waits until the agent has answered it. */
async function say(text: string, answers: number): Promise<string> {
	const { page } = stage.editor;
	const input = page.getByTestId('chat-input').or(page.locator('.chat-input textarea')).last();
	await input.fill(text);
	await input.press('Enter');
	const fromBot = page.locator('.chat-message-from-bot:not(.chat-message-typing)');
	await fromBot.nth(answers - 1).waitFor();
	return await fromBot.nth(answers - 1).innerText();
}

/** Pulls the panel with the chat up, so that a picture is seen whole. */
async function enlargeChat(): Promise<void> {
	const { page } = stage.editor;
	const heading = (await page.getByText('Logs', { exact: true }).last().boundingBox())!;
	const top = page.locator('[data-dir="top"]').last();
	const edge = (await top.boundingBox()) ?? heading;
	await page.mouse.move(edge.x + 200, edge.y + 1);
	await page.mouse.down();
	await page.mouse.move(edge.x + 200, CHAT_TOP, { steps: 5 });
	await page.mouse.up();
}

const prompts = () => stage.sandbox.evolink.tasks().map(({ prompt }) => prompt);

test('it draws what is wished for, shows it, and stops at its limit', async () => {
	const { editor } = stage;
	const { page } = editor;
	await page.setViewportSize({ width: 1440, height: HEIGHT });
	await editor.openWorkflow(example.id, 'Draw a picture');
	const chatButton = page.getByTestId('workflow-chat-button');
	await chatButton.click();
	await enlargeChat();

	await say('Draw a red bicycle in front of a yellow wall.', 1);
	expect(prompts()).toEqual([expect.stringMatching(/^A red bicycle in front of a yellow wall, /)]);
	await page.locator('.chat-message-from-bot img').last().scrollIntoViewIfNeeded();
	await keepForDocs(page, 'story-agent-that-draws-chat', CHAT);

	await chatButton.click();
	await page.getByTestId('canvas-wrapper').click({ position: { x: 5, y: 300 } });
	await page.keyboard.press('1');
	await keepForDocs(page, 'story-agent-that-draws', await canvasPart(page));

	await chatButton.click();
	const words = await say('Draw these:\n- a cat\n- a dog\n- a bird\n- a fish\n- a horse', 2);
	const drawn = page.locator('.chat-message-from-bot').last().locator('img');
	await eventually(async () => expect(await drawn.count()).toBe(3));
	expect(words).toContain('The limit of 3 images for one run of this workflow is reached');
	expect(prompts()).toHaveLength(4);
	expect(new Set(prompts()).size).toBe(4);
	await keepForDocs(page, 'story-agent-that-draws-limit', CHAT);
});
