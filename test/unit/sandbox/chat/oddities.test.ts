// The odd forms in which the gateway gives its honest answers when told to, and the newer shapes.
import sharp from 'sharp';
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { oddityNames } from '../../../../sandbox/chat/oddities';
import { json } from '../support';
import { ChatClient } from './support';

type Entry = Record<string, unknown>;
interface Body {
	data?: Array<Entry | null>;
	images?: unknown[];
	choices?: Array<{ message: { content: unknown; images?: unknown[] } }>;
	created: number;
	usage: Entry;
}

let sandbox: Sandbox;
let client: ChatClient;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());
beforeEach(() => (client = new ChatClient(sandbox)));

const told = (directive: string) => `A boat, 64x64 [sandbox: ${directive}]`;
const odd = async (name: string, more = '') =>
	await client.ask(told(`create=200 odd=${name} ${more}`));
const body = async (name: string, more = '') => await json<Body>(await odd(name, more), 200);
const stream = async (name: string, more = '') => await (await odd(name, `stream ${more}`)).text();

async function isPicture(base64: unknown): Promise<boolean> {
	const { width } = await sharp(Buffer.from(String(base64), 'base64')).metadata();
	return width === 64;
}

describe('shapes', () => {
	const parts = async (shape: string) => {
		const { choices } = await json<Body>(await client.ask(told(`shape=${shape}`)), 200);
		return (choices![0]!.message.content as Entry[])[1]!;
	};

	it('h: a source', async () => {
		const { type, source } = (await parts('h')) as { type: string; source: Entry };
		expect(type).toBe('image');
		expect(source).toMatchObject({ type: 'base64', media_type: 'image/png' });
		expect(await isPicture(source.data)).toBe(true);
	});

	it('i: inlineData', async () => {
		const { inlineData } = (await parts('i')) as { inlineData: Entry };
		expect(inlineData.mimeType).toBe('image/png');
		expect(await isPicture(inlineData.data)).toBe(true);
	});

	it('j: b64_json', async () => {
		expect(await isPicture((await parts('j')).b64_json)).toBe(true);
	});

	it('k: output_image, as data or as a link', async () => {
		expect(await parts('k')).toEqual({
			type: 'output_image',
			image_url: expect.stringMatching(/^data:image\/png;base64,/),
		});
		expect(await parts('k as=link')).toEqual({
			type: 'output_image',
			image_url: expect.stringMatching(/^http/),
		});
	});

	it('l: images alone', async () => {
		const { images, choices } = await json<Body>(await client.ask(told('shape=l images=2')), 200);
		expect(choices).toBeUndefined();
		expect(images).toHaveLength(2);
		expect(await isPicture(images![0])).toBe(true);
	});

	it('m and n: base64 and JSON as text', async () => {
		expect(await isPicture((await client.text(told('shape=m'))).split('\n\n')[1])).toBe(true);
		const written = JSON.parse(await client.text(told('shape=n'))) as Entry;
		expect(await isPicture(written.b64_json)).toBe(true);
	});
});

describe('odd forms of JSON', () => {
	it('null-entries', async () => {
		const { data } = await body('null-entries', 'shape=g');
		expect(data).toEqual([null, expect.objectContaining({ url: expect.any(String) }), { url: 7 }]);
		const { choices } = await body('null-entries', 'shape=e');
		expect(choices![0]!.message.images).toHaveLength(3);
	});

	it('odd-prompt', async () => {
		expect((await body('odd-prompt', 'shape=g')).data![0]!.revised_prompt).toBe(5);
	});

	it('repeat', async () => {
		const [first, second] = (await body('repeat', 'shape=g')).data!;
		expect(second).toEqual(first);
	});

	it.each([
		['data-uri', /^ DATA:IMAGE\/PNG;BASE64,iVBOR/],
		['doubled-uri', /^(data:image\/png;base64,){2}iVBOR/],
		['empty-base64', /^$/],
	])('%s', async (name, expected) => {
		const { data } = await body(name, 'shape=g as=data');
		expect(data![0]!.b64_json).toMatch(expected);
	});

	it('line-breaks', async () => {
		const { choices } = await body('line-breaks', 'as=data');
		expect(choices![0]!.message.content).toMatch(
			/^!\[image\]\(data:image\/png;base64,(.{76}\n)+.{1,76}\)$/,
		);
	});

	it('dead-link', async () => {
		expect((await body('dead-link', 'shape=g')).data!.at(-1)).toEqual({
			url: 'http://127.0.0.1:1/dead.png',
		});
		expect((await body('dead-link')).choices![0]!.message.content).toMatch(/dead\.png\)$/);
	});

	it('relative-link', async () => {
		expect((await body('relative-link', 'shape=g')).data![0]!.url).toMatch(/^\/chat-files\/cdn\//);
	});

	it('micro-time', async () => {
		expect((await body('micro-time')).created).toBeGreaterThan(1e15);
	});

	it('no-image', async () => {
		expect((await body('no-image', 'shape=g')).data).toEqual([]);
		expect((await body('no-image')).choices![0]!.message.content).toBe('');
	});

	it('choice-error, refused-beside and error-200', async () => {
		const failed = { error: expect.any(Object), finish_reason: 'error' };
		expect((await body('choice-error')).choices).toEqual([failed]);
		expect((await body('refused-beside')).choices).toEqual([
			expect.objectContaining({ message: expect.any(Object) }),
			{ ...failed, index: 9 },
		]);
		expect(await body('error-200')).toEqual({
			error: { code: 429, message: 'The upstream is busy.' },
		});
	});

	it('refusal-part', async () => {
		const [choice] = (await body('refusal-part')).choices!;
		expect(choice!.message).toMatchObject({ content: null, refusal: expect.any(String) });
	});

	it('usage-cost and zero-usage', async () => {
		expect((await body('usage-cost')).usage).toMatchObject({ cost: 0.0421 });
		expect((await body('zero-usage', 'shape=g')).usage).toMatchObject({ total_tokens: 0 });
	});

	it('list', async () => {
		expect(await body('list', 'shape=g')).toHaveLength(1);
	});

	it('bom', async () => {
		const bytes = Buffer.from(await (await odd('bom')).arrayBuffer());
		expect(bytes.subarray(0, 4)).toEqual(Buffer.from('\ufeff{'));
	});
});

describe('odd forms of an event stream', () => {
	it('next-line', async () => {
		expect(await stream('next-line')).toMatch(/^data:\n\{.*\n\ndata:\n\{/);
	});

	it('no-end', async () => {
		const text = await stream('no-end');
		expect(text).toContain('cdn');
		expect(text).not.toMatch(/DONE|"finish_reason":"/);
	});

	it('cut-stream', async () => {
		const text = await stream('cut-stream', 'shape=f');
		expect(text).toMatch(/"finish_reason":null\}\]\}\n\n$/);
		expect(text).toContain('iVBOR');
	});

	it('cut-head', async () => {
		expect(await stream('cut-head')).toMatch(/base64,iVBORw0"\},"finish_reason":null\}\]\}\n\n$/);
	});
});

test('what has no place in an answer is refused, and so is an unknown name', async () => {
	for (const name of ['data-uri', 'next-line', 'nothing']) {
		expect((await odd(name)).status).toBe(500);
	}
});

test('the names stand on the help page', async () => {
	const page = await (await fetch(sandbox.url)).text();
	for (const name of oddityNames) expect(page).toContain(name);
});
