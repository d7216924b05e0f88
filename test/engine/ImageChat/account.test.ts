// The Image Chat credential, base URLs as people type them, the list of models, tokens, and the node as an agent's tool.
import { ImageChatApi } from '../../../credentials/ImageChatApi.credentials';
import { ImageChat } from '../../../nodes/ImageChat/ImageChat.node';
import { startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const pathsOf = (key: string) =>
	bench.sandbox.requests.filter((request) => request.key === key).map(({ path }) => path);

const check = async (apiKey: string, baseUrl = bench.sandbox.chat.baseUrl) =>
	await bench.engine.testCredential({
		credentialType: new ImageChatApi(),
		data: { apiKey, baseUrl },
	});

test.each([
	['with a path, without /v1', (url: string) => url],
	['with a slash at its end', (url: string) => `${url}/`],
	['with slashes and spaces', (url: string) => `  ${url}//  `],
	['with /v1', (url: string) => `${url}/v1`],
	['with /v1/', (url: string) => `${url}/v1/`],
	['with /v1 and a space', (url: string) => `${url}/v1 `],
])('a right key passes with the Base URL %s, and the node works with it too', async (_, write) => {
	const key = bench.sandbox.chat.addKey();
	const baseUrl = write(bench.sandbox.chat.baseUrl);
	expect(await check(key, baseUrl)).toEqual({
		ok: true,
		status: 'OK',
		message: 'Connection successful!',
	});
	const run = await bench.run('generate', { options: { output: 'link' } }, { key, baseUrl });
	expect(run.error).toBeUndefined();
	expect(pathsOf(key)).toEqual(['/chat/v1/models', '/chat/v1/chat/completions']);
});

test.each(['/v4', '/api/paas/v4/', '/v1beta', '/v1beta/openai', '/v1/team/openai/'])(
	'the version %s is left as it is',
	async (version) => {
		const key = bench.sandbox.chat.addKey();
		const baseUrl = `${bench.sandbox.chat.baseUrl}${version}`;
		// The sandbox has no such version, so what was asked for shows how the address was read.
		expect(await check(key, baseUrl)).toMatchObject({
			ok: false,
			message: expect.stringMatching(/^This address has no list of models: /),
		});
		const run = await bench.run('generate', {}, { key, baseUrl });
		expect(run.error?.description).toContain(
			'Check the Base URL in the credential, with or without /v1 at its end, and the Model.',
		);
		const asked = bench.sandbox.requests.slice(-2).map(({ path }) => path);
		const base = `/chat${version.replace(/\/$/, '')}`;
		expect(asked).toEqual([`${base}/models`, `${base}/chat/completions`]);
	},
);

test('a wrong key, and an address where nothing listens, do not pass', async () => {
	expect(await check('wrong')).toMatchObject({
		ok: false,
		message: expect.stringMatching(/^The key is wrong: /),
	});
	expect(await check('any', 'http://127.0.0.1:1')).toMatchObject({
		ok: false,
		message: 'ECONNREFUSED',
	});
});

test('a Base URL that is none is told by name, and one where nothing listens', async () => {
	const none = await bench.run('generate', {}, { baseUrl: 'my gateway' });
	expect(none.error?.message).toBe(
		'The Base URL "my gateway" isn\'t a web address: it must begin with https://.',
	);
	const dead = await bench.run('generate', {}, { baseUrl: 'http://127.0.0.1:1' });
	expect(dead.error?.message).toBe('The gateway refused the connection.');
	expect(dead.error?.description).toContain('Nothing was sent and nothing was charged.');
});

test('the list of models is what the gateway offers, in order, known ones first', async () => {
	const imageChatApi = {
		apiKey: bench.sandbox.chat.addKey(),
		baseUrl: bench.sandbox.chat.baseUrl,
	};
	const list = async (filter?: string) => {
		const found = await bench.engine.listSearch({
			node: new ImageChat(),
			credentials: { imageChatApi },
			method: 'searchModels',
			filter,
		});
		return found.results.map(({ value, name }) => (name === value ? value : `${value}: ${name}`));
	};
	const [first, ...others] = await list();
	expect(first).toBe('gpt-4o-image: GPT-4o Image');
	expect(others).toEqual([...others].sort());
	expect(others).toContain('google/gemini-image');
	expect(await list(' GEMINI ')).toEqual(['google/gemini-image']);
	expect(await list('nothing')).toEqual([]);
});

test('a wrong key tells so in the list of models', async () => {
	const imageChatApi = { apiKey: 'wrong', baseUrl: bench.sandbox.chat.baseUrl };
	const found = bench.engine.listSearch({
		node: new ImageChat(),
		credentials: { imageChatApi },
		method: 'searchModels',
	});
	await expect(found).rejects.toMatchObject({
		message: 'The gateway: Invalid token.',
		description: expect.stringContaining('check the API Key'),
	});
});

test("the tokens go into n8n's accounting, all items together, and stand on the items", async () => {
	const run = await bench.run('generate', {}, { items: [{}, {}] });
	const usages = run.items.map(
		({ json }) => json.usage as { prompt_tokens: number; completion_tokens: number },
	);
	const sum = (name: 'prompt_tokens' | 'completion_tokens') =>
		usages.reduce((total, usage) => total + usage[name], 0);
	expect(sum('completion_tokens')).toBe(2 * 1056);
	expect(run.tokenUsage).toEqual({
		inputTokens: sum('prompt_tokens'),
		outputTokens: sum('completion_tokens'),
	});
});

test('what was charged and gave no image is counted too', async () => {
	const run = await bench.run('generate', {}, { account: { faults: { refuse: true } } });
	expect(run.error).toBeDefined();
	expect(run.tokenUsage?.inputTokens).toBeGreaterThan(0);
});

describe.each([true, 'agent'] as const)('called as a tool (asTool: %s)', (asTool) => {
	const prompt = "={{ $fromAI('prompt', '', 'string') }}";
	const call = async (prompts: string[], account = {}) =>
		await bench.run(
			'generate',
			{ prompt },
			{ account, asTool, items: prompts.map((text) => ({ json: { prompt: text } })) },
		);

	test('an agent gets links, and nothing is downloaded', async () => {
		const run = await call(['A cat', 'A dog']);
		expect(run.error).toBeUndefined();
		expect(run.calls).toHaveLength(2);
		for (const { json, binary } of run.items) {
			expect(json.url).toMatch(/^http/);
			expect(binary).toBeUndefined();
		}
	});

	test('a picture inside the answer is kept, with a link into n8n', async () => {
		const run = await call(['A cat'], { faults: { as: 'data' } });
		expect(run.error).toBeUndefined();
		expect(run.items[0]!.json).toMatchObject({
			mimeType: 'image/png',
			url: expect.stringMatching(/^http/),
		});
	});

	test('a refusal is told to the agent in words', async () => {
		const run = await call(['A cat [sandbox: refuse]']);
		expect(String(run.items[0]!.json.error)).toContain("I can't draw this");
	});
});
