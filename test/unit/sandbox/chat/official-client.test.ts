// The gateway driven by OpenAI's official client, and its part of the control surface.
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { keyOf, refusal } from '../openai/support';
import { download, json } from '../support';
import { ChatClient, markdownImages } from './support';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());

const messages = [{ role: 'user' as const, content: 'A boat, 64x64' }];

describe('the official client', () => {
	it('draws', async () => {
		const client = new ChatClient(sandbox).official();
		const answer = await client.chat.completions.create({ model: 'gpt-4o-image', messages, n: 2 });
		expect(answer.choices).toHaveLength(2);
		for (const { message } of answer.choices) {
			const [url] = markdownImages(String(message.content));
			expect((await download(url)).length).toBeGreaterThan(0);
		}
		expect(sandbox.chat.calls(keyOf(client))).toHaveLength(1);
	});

	it('reads the stream', async () => {
		const client = new ChatClient(sandbox).official();
		const body = { model: 'gpt-4o-image-b', messages, stream: true as const };
		let text = '';
		for await (const chunk of await client.chat.completions.create(body)) {
			text += chunk.choices[0]?.delta.content ?? '';
		}
		expect(markdownImages(text)).toHaveLength(1);
	});

	it('lists the models', async () => {
		const ids: string[] = [];
		for await (const { id } of new ChatClient(sandbox).official().models.list()) ids.push(id);
		expect(ids).toEqual([
			'gpt-4o-image',
			...[...'abcdefghijklmn'].map((shape) => `gpt-4o-image-${shape}`),
			'google/gemini-image',
		]);
	});

	it('understands refusals', async () => {
		const client = new ChatClient(sandbox).official();
		const error = await refusal(client.chat.completions.create({ model: 'none', messages }));
		expect(error).toMatchObject({ status: 404, code: 'model_not_found' });
	});

	it('uses the key that always exists', async () => {
		const client = new ChatClient(sandbox, { key: 'sandbox-chat-key' }).official();
		await client.chat.completions.create({ model: 'gpt-4o-image', messages });
	});
});

describe('the control surface', () => {
	const post = async (body: object) =>
		await fetch(`${sandbox.url}/_sandbox/chat/keys`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});

	it('makes keys and shows the state', async () => {
		const answer = await post({ shape: 'b', faults: { images: 2 } });
		const { key } = await json<{ key: string }>(answer, 200);
		const client = new ChatClient(sandbox, { key, shape: 'b', faults: { images: 2 } });
		expect(markdownImages(await client.text('A boat, 64x64'))).toHaveLength(2);
		interface State {
			chat: { keys: object[]; calls: object[] };
		}
		const state = await json<State>(await fetch(`${sandbox.url}/_sandbox/state`), 200);
		const expected = { key, shape: 'b', faults: { images: 2 }, images: 2, spent: 0.04 };
		expect(state.chat.keys).toContainEqual(expect.objectContaining(expected));
		expect(state.chat.calls).toContainEqual(expect.objectContaining({ key, shape: 'b' }));
	});

	it('refuses what it does not know', async () => {
		expect((await post({ shape: 'z' })).status).toBe(400);
		expect(() => sandbox.chat.addKey({ faults: { shape: 'z' } as never })).toThrow(/Faults: shape/);
	});

	it('is told on the home page', async () => {
		const page = await (await fetch(sandbox.url)).text();
		for (const words of [sandbox.chat.baseUrl, 'sandbox-chat-key', 'gpt-4o-image-g', 'cut-uri']) {
			expect(page).toContain(words);
		}
	});
});
