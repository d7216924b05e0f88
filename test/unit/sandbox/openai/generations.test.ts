// Generations, as base64, as links and streamed, driven by the official client.
import { fetch } from 'undici';
import sharp from 'sharp';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { clientOf, decode, keyOf, pixelsOf, SMALL } from './support';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());

const prompt = 'A quiet harbour at dawn';

describe('a generation', () => {
	it('answers the whole shape, charges and is recorded', async () => {
		const client = clientOf(sandbox);
		const answer = await client.images.generate({
			model: 'gpt-image-2',
			prompt,
			size: '1024x1024',
			quality: 'high',
			n: 2,
			safety_identifier: 'someone',
		});
		expect(answer).toMatchObject({
			background: 'opaque',
			output_format: 'png',
			quality: 'high',
			size: '1024x1024',
			safety_identifier: 'someone',
			usage: {
				input_tokens: 6,
				input_tokens_details: { image_tokens: 0, text_tokens: 6 },
				output_tokens: 14_048,
				output_tokens_details: { image_tokens: 14_048, text_tokens: 0 },
				total_tokens: 14_054,
			},
		});
		expect(answer.data).toHaveLength(2);
		const [first, second] = (answer.data ?? []).map((image) => decode(image.b64_json));
		expect(await sharp(first).metadata()).toMatchObject({ width: 1024, height: 1024 });
		expect(first?.equals(second ?? Buffer.alloc(0))).toBe(false);
		expect(sandbox.openai.ledger(keyOf(client))).toMatchObject({
			spent: 0.42147,
			images: 2,
			entries: [{ model: 'gpt-image-2', images: 2, what: 'images/generations' }],
		});
		expect(sandbox.openai.calls(keyOf(client))).toMatchObject([
			{
				route: 'images/generations',
				model: 'gpt-image-2',
				parameters: { prompt, n: 2 },
				imagesOut: [{ type: 'image/png', width: 1024 }, { type: 'image/png' }],
				dollars: 0.42147,
				status: 200,
			},
		]);
	});

	it('records the organization and the project', async () => {
		const client = clientOf(sandbox).withOptions({ organization: 'org-1', project: 'proj_1' });
		await client.images.generate({ model: 'gpt-image-2', prompt, size: SMALL });
		expect(sandbox.openai.calls(keyOf(client))).toMatchObject([
			{ organization: 'org-1', project: 'proj_1' },
		]);
	});

	it.each([
		['png', 'png', {}],
		['jpeg', 'jpeg', { output_compression: 40 }],
		['webp', 'webp', { output_compression: 0 }],
	] as const)('draws %s', async (format, output_format, extra) => {
		const { data } = await clientOf(sandbox).images.generate({
			model: 'gpt-image-2.5-flare',
			prompt,
			size: SMALL,
			quality: 'low',
			output_format,
			...extra,
		});
		expect(await sharp(decode(data?.[0]?.b64_json)).metadata()).toMatchObject({
			format,
			width: 1024,
			height: 640,
			hasAlpha: false,
		});
	});

	it.each(['png', 'webp'] as const)('has a transparent background as %s', async (output_format) => {
		const { data, background } = await clientOf(sandbox).images.generate({
			model: 'gpt-image-1.5',
			prompt,
			background: 'transparent',
			output_format,
		});
		expect(background).toBe('transparent');
		const pixels = await pixelsOf(decode(data?.[0]?.b64_json));
		expect(pixels[3]).toBe(0);
		expect(pixels[(512 * 1024 + 512) * 4 + 3]).toBe(255);
	});

	it('uses less space with more compression', async () => {
		const client = clientOf(sandbox);
		const sizes: number[] = [];
		for (const output_compression of [100, 20]) {
			const { data } = await client.images.generate({
				model: 'gpt-image-2',
				prompt,
				size: SMALL,
				output_format: 'jpeg',
				output_compression,
			});
			sizes.push(decode(data?.[0]?.b64_json).length);
		}
		expect(sizes[0]).toBeGreaterThan(2 * (sizes[1] ?? 0));
	});

	it.each([
		['gpt-image-1.5', '1024x1024', 'low', 272],
		['gpt-image-1-mini', '1536x1024', 'medium', 1568],
		['gpt-image-1.5', '1024x1536', 'high', 6240],
		['gpt-image-2', '1024x1024', 'high', 7024],
		['gpt-image-2', 'auto', 'auto', 1756],
		['gpt-image-2.5', '1024x1024', 'max', 7024],
	] as const)('%s in %s with quality %s takes %i tokens', async (model, size, quality, tokens) => {
		const { usage } = await clientOf(sandbox).images.generate({ model, prompt, size, quality });
		expect(usage?.output_tokens).toBe(tokens);
	});

	it('streams partial images and the finished one', async () => {
		const stream = await clientOf(sandbox).images.generate({
			model: 'gpt-image-2',
			prompt,
			size: SMALL,
			stream: true,
			partial_images: 2,
		});
		const types: string[] = [];
		for await (const event of stream) {
			types.push(event.type);
			expect(await sharp(decode(event.b64_json)).metadata()).toMatchObject({ width: 1024 });
			if (event.type === 'image_generation.completed') {
				expect(event.usage.output_tokens).toBeGreaterThan(0);
			}
		}
		expect(types).toEqual([
			'image_generation.partial_image',
			'image_generation.partial_image',
			'image_generation.completed',
		]);
	});

	it('makes fewer images when told to', async () => {
		const client = clientOf(sandbox);
		const { data } = await client.images.generate({
			model: 'gpt-image-2',
			prompt: `${prompt} [sandbox: fewer-images=1]`,
			size: SMALL,
			n: 2,
		});
		expect(data).toHaveLength(1);
		expect(sandbox.openai.ledger(keyOf(client)).images).toBe(1);
	});

	it('cuts one picture short when told to, in an answer that is whole', async () => {
		const { data } = await clientOf(sandbox).images.generate({
			model: 'gpt-image-2',
			prompt: `${prompt} [sandbox: damaged=2]`,
			size: SMALL,
			n: 2,
		});
		const [whole, damaged] = data!.map(({ b64_json }) => decode(b64_json!));
		expect((await sharp(whole).stats()).channels).toHaveLength(3);
		await expect(sharp(damaged).stats()).rejects.toThrow();
	});
});

describe('a server that answers links', () => {
	it('serves them, and takes response_format', async () => {
		const client = clientOf(sandbox, { faults: { answer: 'url' } });
		const { data } = await client.images.generate({ model: 'gpt-image-2', prompt, size: SMALL });
		expect(data?.[0]?.b64_json).toBeUndefined();
		const download = await fetch(String(data?.[0]?.url));
		expect(download.headers.get('content-type')).toBe('image/png');
		const bytes = Buffer.from(await download.arrayBuffer());
		expect(await sharp(bytes).metadata()).toMatchObject({ width: 1024, height: 640 });
		const other = await client.images.generate({
			model: 'gpt-image-2',
			prompt,
			size: SMALL,
			response_format: 'b64_json',
		});
		expect(other.data?.[0]?.url).toBeUndefined();
		expect(decode(other.data?.[0]?.b64_json).length).toBeGreaterThan(1000);
	});

	it('lets links expire and downloads be bad', async () => {
		const client = clientOf(sandbox, {
			faults: { answer: 'url', linkLifetimeSeconds: 0 },
		});
		const link = async () => {
			const request = { model: 'gpt-image-2', prompt, size: SMALL } as const;
			return String((await client.images.generate(request)).data?.[0]?.url);
		};
		expect((await fetch(await link())).status).toBe(403);
		sandbox.openai.setFaults(keyOf(client), { answer: 'url', download: { kind: 'dead' } });
		expect((await fetch(await link())).status).toBe(404);
	});

	it('keeps dall-e models alive', async () => {
		const client = clientOf(sandbox, { faults: { alive: ['dall-e-3', 'dall-e-2'] } });
		const { data, usage } = await client.images.generate({
			model: 'dall-e-3',
			prompt,
			style: 'vivid',
			quality: 'hd',
			size: '1024x1024',
		});
		expect(usage).toBeUndefined();
		expect(data).toEqual([{ url: expect.stringContaining('http'), revised_prompt: prompt }]);
	});
});
