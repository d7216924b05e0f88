// The seven shapes of answers, over real HTTP.
import sharp from 'sharp';
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { download } from '../support';
import { bytesOf, ChatClient, markdownImages } from './support';

let sandbox: Sandbox;
let client: ChatClient;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());
beforeEach(() => (client = new ChatClient(sandbox)));

const SMALL = 'A boat, 96x64';

async function expectImage(bytes: Buffer): Promise<void> {
	const expected = { format: 'png', width: 96, height: 64 };
	expect(await sharp(bytes).metadata()).toMatchObject(expected);
}

describe('shape a', () => {
	it('is a markdown image', async () => {
		const answer = await client.answer(SMALL, { model: 'gpt-4o-image-a' });
		expect(answer).toMatchObject({
			object: 'chat.completion',
			model: 'gpt-4o-image-a',
			choices: [{ index: 0, message: { role: 'assistant' }, finish_reason: 'stop' }],
			usage: { total_tokens: expect.any(Number) },
		});
		const content = String(answer.choices[0]?.message.content);
		expect(content).toMatch(/^!\[image\]\(http\S+\.png\)$/);
		await expectImage(await download(markdownImages(content)[0]));
	});

	it('can hold a data URI', async () => {
		const text = await client.text(`${SMALL} [sandbox: as=data]`);
		await expectImage(bytesOf(markdownImages(text)[0]));
	});
});

describe('shape b', () => {
	it.each([
		['A boat, 96x64', 'Progress', 'download'],
		['一条船，96x64', '进度', '点击下载'],
		['배 한 척, 96x64', '진행률', '다운로드'],
	])('is a progress log, an image and a download: %s', async (prompt, progress, label) => {
		const text = await client.text(prompt, { model: 'gpt-4o-image-b' });
		expect(text).toMatch(/^```json\n\{[^`]*"ratio": "3:2"[^`]*\}\n```\n/);
		expect(text).toMatch(/> ID: `task_\w+`\n>\[[^\]]+\]\(\S+\/web\/task_\w+\) \| \[/);
		expect(text).toMatch(new RegExp(`>🏃 ${progress} 23\\.\\.57\\.\\.\\[100\\]\\(http\\S+\\)`));
		const [image, ...others] = markdownImages(text);
		expect(others).toEqual([]);
		const address = new RegExp(`(?<!!)\\[${label}\\]\\((\\S+/cdn/download/\\S+)\\)$`).exec(
			text,
		)?.[1];
		expect(address).toBe(image?.replace('/cdn/', '/cdn/download/'));
		const bytes = await download(image);
		await expectImage(bytes);
		const file = await fetch(String(address));
		expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
		expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
	});

	it('can give the download alone', async () => {
		const prompt = `${SMALL} [sandbox: as=download]`;
		const text = await client.text(prompt, { model: 'gpt-4o-image-b' });
		expect(markdownImages(text)).toEqual([]);
		await expectImage(await download(/\((\S+\/cdn\/download\/\S+)\)$/.exec(text)?.[1]));
	});

	it('links pages that are no images', async () => {
		const text = await client.text(SMALL, { model: 'gpt-4o-image-b' });
		const page = await fetch(String(/\((\S+\/web\/\w+)\)/.exec(text)?.[1]));
		expect(page.status).toBe(200);
		expect(page.headers.get('content-type')).toMatch(/^text\/html/);
	});
});

it('shape c has parameters and a preview, and no image', async () => {
	const text = await client.text(SMALL, { model: 'gpt-4o-image-c' });
	expect(text).toMatch(/"prompt": "A boat, 96x64"/);
	expect(text).toMatch(/\[Preview\]\(http/);
	expect(text).not.toMatch(/!\[|\.png|\/cdn\//);
	expect(client.lastCall()).toMatchObject({ shape: 'c', imagesOut: [], dollars: 0 });
});

it('shape d is an array of parts', async () => {
	const { choices } = await client.answer(SMALL, { model: 'gpt-4o-image-d' });
	const content = choices[0]?.message.content;
	expect(content).toEqual([
		{ type: 'text', text: 'Here is your image.' },
		{ type: 'image_url', image_url: { url: expect.stringMatching(/^http/) } },
	]);
	if (typeof content !== 'object') throw new Error('The content is no array.');
	await expectImage(await download(content[1]?.image_url?.url));
});

describe('shape e', () => {
	it('is message.images', async () => {
		const { choices } = await client.answer(SMALL, { model: 'gpt-4o-image-e' });
		const message = choices[0]?.message;
		expect(message?.content).toBe('Here is your image.');
		expect(message?.images).toHaveLength(1);
		await expectImage(bytesOf(message?.images?.[0]?.image_url.url));
	});

	it.each([
		[undefined, 0],
		[['text'], 0],
		[['image', 'text'], 1],
	])('with modalities %j has so many images on google/gemini-image: %i', async (modalities, n) => {
		const more = { model: 'google/gemini-image', ...(modalities && { modalities }) };
		const { choices } = await client.answer(SMALL, more);
		expect(choices[0]?.message.images ?? []).toHaveLength(n);
		expect(choices[0]?.message.content).not.toBe('');
		expect(client.lastCall()?.modalities).toEqual(modalities);
	});
});

describe('shape f', () => {
	it.each([
		['', /(data:image\/png;base64,\S+)$/],
		['[sandbox: as=base64]', /(base64:\/\/\S+)$/],
	])('is in the text %s', async (directive, place) => {
		const text = await client.text(`${SMALL} ${directive}`, { model: 'gpt-4o-image-f' });
		expect(text).toMatch(/^Here is your image\.\n\n/);
		await expectImage(bytesOf(place.exec(text)?.[1]));
	});
});

describe('shape g', () => {
	it('is the answer of the Images API', async () => {
		const answer = await client.answer(SMALL, { model: 'gpt-4o-image-g', n: 2 });
		expect(answer).not.toHaveProperty('choices');
		expect(answer.data).toHaveLength(2);
		await expectImage(await download(answer.data[1]?.url));
	});

	it('can hold base64', async () => {
		const more = { model: 'gpt-4o-image-g' };
		const { data } = await client.answer(`${SMALL} [sandbox: as=base64]`, more);
		await expectImage(Buffer.from(String(data[0]?.b64_json), 'base64'));
	});
});

describe('the shape', () => {
	it("is the key's where the model has none", async () => {
		sandbox.chat.setShape(client.key, 'd');
		await client.answer(SMALL);
		expect(client.lastCall()?.shape).toBe('d');
		await client.answer(SMALL, { model: 'gpt-4o-image-e' });
		expect(client.lastCall()?.shape).toBe('e');
		await client.answer(`${SMALL} [sandbox: shape=f]`);
		expect(client.lastCall()?.shape).toBe('f');
	});

	it('is a, unless told otherwise', async () => {
		await client.answer(SMALL);
		expect(client.lastCall()?.shape).toBe('a');
	});
});

describe('several images', () => {
	it.each(['a', 'b', 'd', 'e', 'f', 'g'])('are all different in shape %s', async (shape) => {
		const more = { model: `gpt-4o-image-${shape}`, n: 2 };
		const answer = await client.answer(`${SMALL} [sandbox: images=2]`, more);
		const text = JSON.stringify(answer);
		const found = text.match(/http[^\s")]+\/cdn\/\d{8}\/\w+\.png|data:image[^\s"\\]+/g) ?? [];
		expect(new Set(found).size).toBe(4);
		expect(client.lastCall()).toMatchObject({ imagesOut: { length: 4 }, dollars: 0.08 });
	});
});
