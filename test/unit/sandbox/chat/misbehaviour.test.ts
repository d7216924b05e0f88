// How the gateway misbehaves when told to: refusals, echoes, streams, large and cut answers, bad statuses and links.
import sharp from 'sharp';
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { dataUri, plain } from '../openai/support';
import { download, json } from '../support';
import { bytesOf, ChatClient, imagePart, markdownImages, textPart } from './support';

let sandbox: Sandbox;
let client: ChatClient;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());
beforeEach(() => (client = new ChatClient(sandbox)));

const told = (directive: string) => `A boat, 64x64 [sandbox: ${directive}]`;

describe('a refusal', () => {
	it.each(['a', 'b', 'd', 'e', 'f', 'g'])(
		'is a text without an image in shape %s',
		async (shape) => {
			const { choices } = await client.answer(told('refuse'), { model: `gpt-4o-image-${shape}` });
			expect(choices[0]?.message).toEqual({
				role: 'assistant',
				content: expect.stringMatching(/content policy/),
			});
			expect(client.lastCall()).toMatchObject({ imagesOut: [], dollars: 0 });
		},
	);

	it('is in the language of the prompt', async () => {
		expect(await client.text('배 [sandbox: refuse]')).toMatch(/죄송합니다/);
	});
});

describe('an echo', () => {
	it.each(['a', 'b', 'd', 'e', 'f'])('shows the reference image too in shape %s', async (shape) => {
		const model = `gpt-4o-image-${shape}`;
		const url = markdownImages(await client.text('One, 64x64'))[0] ?? '';
		const prompt = [textPart(told('echo')), imagePart(url)];
		const { choices } = await client.answer(prompt, { model });
		const { content } = choices[0]?.message ?? {};
		const text = typeof content === 'string' ? content : String(content?.[0]?.text);
		expect(markdownImages(text)[0]).toBe(url);
		expect(text.split(url)).toHaveLength(3);
	});

	it('shows a data URI once', async () => {
		const uri = dataUri(await plain(20, 20, '#ff0000'));
		const text = await client.text([textPart(told('echo')), imagePart(uri)]);
		expect(markdownImages(text)).toEqual([uri, expect.stringMatching(/^http/)]);
	});
});

describe('an event stream', () => {
	interface Chunk {
		choices?: Array<{ index: number; delta: { content?: unknown; images?: unknown[] } }>;
		data?: unknown[];
	}

	async function chunksOf(prompt: string, more: object): Promise<Chunk[]> {
		const answer = await client.ask(prompt, more);
		expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
		const lines = (await answer.text()).split('\n\n').filter((line) => line !== '');
		expect(lines.at(-1)).toBe('data: [DONE]');
		return lines.slice(0, -1).map((line) => JSON.parse(line.slice(6)) as Chunk);
	}

	it.each([
		['[sandbox: stream]', false],
		['', true],
	])('holds the same text %s', async (directive, stream) => {
		const model = 'gpt-4o-image-b';
		const chunks = await chunksOf(`船 🚢 64x64 ${directive}`, { model, stream, n: 2 });
		for (const choice of [0, 1]) {
			const deltas = chunks.flatMap(({ choices = [] }) =>
				choices.filter(({ index }) => index === choice).map(({ delta }) => delta.content ?? ''),
			);
			expect(deltas.length).toBeGreaterThan(3);
			expect(deltas.join('')).toMatch(
				/^```json[^]*"prompt": "船 🚢 64x64"[^]*\/cdn\/download\/\S+\)$/,
			);
		}
	});

	it('holds parts, message.images or data in the other shapes', async () => {
		const inShape = async (shape: string) =>
			await chunksOf(told('stream'), { model: `gpt-4o-image-${shape}` });
		const deltas = (chunks: Chunk[]) =>
			chunks.flatMap(({ choices = [] }) => choices.map(({ delta }) => delta));
		expect(deltas(await inShape('d')).some(({ content }) => Array.isArray(content))).toBe(true);
		expect(deltas(await inShape('e')).some(({ images }) => images?.length === 1)).toBe(true);
		expect(await inShape('g')).toEqual([expect.objectContaining({ data: [expect.anything()] })]);
	});
});

describe('a large answer', () => {
	it.each(['a', 'e', 'f', 'g'])(
		'has so many megabytes, of a real image, in shape %s',
		async (shape) => {
			const answer = await client.ask(told('big=3'), { model: `gpt-4o-image-${shape}` });
			const text = await answer.text();
			expect(text.length).toBeGreaterThan(3 * 1024 * 1024);
			const base64 = /iVBOR[\w+/=]+/.exec(text)?.[0] ?? '';
			const image = sharp(Buffer.from(base64, 'base64'));
			expect(await image.metadata()).toMatchObject({ format: 'png', width: 64, height: 64 });
			expect((await image.stats()).isOpaque).toBe(true);
		},
	);

	it('can have 40 MB', async () => {
		const text = await client.text(told('big=40'), { model: 'gpt-4o-image-f' });
		expect(text.length).toBeGreaterThan(40 * 1024 * 1024);
		const bytes = bytesOf(text.slice(text.lastIndexOf('data:')));
		expect((await sharp(bytes).resize(8, 8).raw().toBuffer()).length).toBe(8 * 8 * 3);
	});
});

describe('a data URI that is cut short', () => {
	it.each(['a', 'b', 'f'])('ends the text in shape %s', async (shape) => {
		const { choices } = await client.answer(told('cut-uri'), { model: `gpt-4o-image-${shape}` });
		expect(choices[0]).toMatchObject({ finish_reason: 'length' });
		const text = String(choices[0]?.message.content);
		expect(text).toMatch(/data:image\/png;base64,[\w+/=]+$/);
		const bytes = bytesOf(/data:[\w/;,+=]+$/.exec(text)?.[0]);
		await expect(sharp(bytes).raw().toBuffer()).rejects.toThrow();
	});

	it.each(['d', 'e', 'g'])('is in its place in shape %s', async (shape) => {
		const answer = await client.answer(told('cut-uri'), { model: `gpt-4o-image-${shape}` });
		const base64 = /iVBOR[\w+/=]+/.exec(JSON.stringify(answer))?.[0] ?? '';
		const bytes = Buffer.from(base64, 'base64');
		await expect(sharp(bytes).raw().toBuffer()).rejects.toThrow();
	});
});

describe('a bad answer', () => {
	it('can be HTML', async () => {
		const answer = await client.ask(told('create=502 body=html'));
		expect(answer.status).toBe(502);
		expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
		expect(await answer.text()).toMatch(/502 Gateway error/);
	});

	it('can come so many times', async () => {
		const prompt = told('create=429 retry-after=2 times=1');
		const answer = await client.ask(prompt);
		expect(answer.status).toBe(429);
		expect(answer.headers.get('retry-after')).toBe('2');
		expect((await client.ask(prompt)).status).toBe(200);
	});

	it.each([
		['create=200 body=cut', 200, /^\{"id":"chatcmpl/],
		['create=500 after-effect', 500, /server_error/],
		['paid-outcome-unknown', 500, /paid_outcome_unknown/],
	])('can hide what was paid for: %s', async (directive, status, text) => {
		const answer = await client.ask(told(directive));
		expect(answer.status).toBe(status);
		expect(await answer.text()).toMatch(text);
		expect(sandbox.chat.ledger(client.key).images).toBe(1);
	});

	it("can be the key's", async () => {
		sandbox.chat.setFaults(client.key, { fail: 'upstream_error' });
		const answer = await client.ask('A boat');
		const { error } = await json<{ error: object }>(answer, 400);
		expect(error).toMatchObject({ code: 'upstream_error' });
	});

	it('can have no image where one is due', async () => {
		expect(await client.text(told('fewer-images=1'))).toBe('');
	});

	it.each(['sing', 'shape=z', 'big=1000'])(
		'tells of directives that are none: %s',
		async (word) => {
			const { error } = await json<{ error: object }>(await client.ask(told(word)), 400);
			expect(error).toMatchObject({ code: 'unknown_sandbox_directive' });
		},
	);
});

describe('a link', () => {
	it.each([
		['download=dead', 404],
		['link-lifetime=0', 410],
	])('can be bad: %s', async (directive, status) => {
		const [url] = markdownImages(await client.text(told(directive)));
		expect((await fetch(String(url))).status).toBe(status);
	});

	it('can be bad so many times', async () => {
		const [url] = markdownImages(await client.text(told('download=empty times=1')));
		expect(await download(url)).toHaveLength(0);
		expect((await download(url)).length).toBeGreaterThan(0);
	});

	it('cannot be guessed', async () => {
		const answer = await fetch(`${sandbox.url}/chat-files/cdn/20261121/guess.png`);
		expect(answer.status).toBe(404);
	});
});
