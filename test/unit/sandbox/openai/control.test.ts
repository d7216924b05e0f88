// OpenAI's part of the control surface, as another process uses it.
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { json } from '../support';
import { clientOf, keyOf } from './support';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox({ pace: 60 })));
afterAll(async () => await sandbox.close());

const post = async (path: string, body: object = {}) =>
	await fetch(`${sandbox.url}/_sandbox/openai${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});

it('says what is served', async () => {
	const page = await (await fetch(sandbox.url)).text();
	for (const words of [sandbox.openai.baseUrl, 'sandbox-openai-key', 'moderation=input']) {
		expect(page).toContain(words);
	}
});

it('makes keys and refuses what it does not know', async () => {
	const options = { key: 'sk-mine', quota: 1, faults: { alive: ['gpt-image-1'] } };
	expect(await json(await post('/keys', options), 200)).toEqual({ key: 'sk-mine' });
	expect((await post('/keys', { faults: { sing: 1 } })).status).toBe(400);
	const state = await json<{ openai: { keys: unknown[] } }>(
		await fetch(`${sandbox.url}/_sandbox/state`),
		200,
	);
	expect(state.openai.keys).toContainEqual(
		expect.objectContaining({ key: 'sk-mine', spent: 0, faults: { alive: ['gpt-image-1'] } }),
	);
});

it('ends responses and batches', async () => {
	const client = clientOf(sandbox);
	const { id } = await client.responses.create({ model: 'gpt-4o', input: 'Hi', background: true });
	await json(await post(`/responses/${id}/finish`), 200);
	expect((await client.responses.retrieve(id)).status).toBe('completed');
	const file = new File(['{}'], 'a.jsonl');
	const input = await client.files.create({ file, purpose: 'batch' });
	const batch = await client.batches.create({
		input_file_id: input.id,
		endpoint: '/v1/images/edits',
		completion_window: '24h',
	});
	await json(await post(`/batches/${batch.id}/finish`), 200);
	expect((await client.batches.retrieve(batch.id)).status).toBe('failed');
	expect(sandbox.openai.calls(keyOf(client)).map(({ route }) => route)).toEqual([
		'responses',
		'batches',
	]);
	for (const path of ['/responses/none/finish', '/batches/none/finish']) {
		expect((await post(path)).status).toBe(404);
	}
});
