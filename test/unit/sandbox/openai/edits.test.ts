// Edits and variations, driven by the official client.
import sharp from 'sharp';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { halfMask } from '../support';
import { clientOf, decode, keyOf, pixelsOf, plain, png, refusal, SMALL } from './support';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());

const prompt = 'A quiet harbour at dawn';

describe('an edit', () => {
	it('changes pixels only where the mask is open', async () => {
		const client = clientOf(sandbox);
		const image = await plain(1024, 1024, '#3366cc');
		const mask = await halfMask(1024, 1024);
		const answer = await client.images.edit({
			model: 'gpt-image-2',
			prompt,
			image: await png(image),
			mask: await png(mask, 'mask.png'),
			size: '1024x1024',
		});
		const before = await pixelsOf(image);
		const after = await pixelsOf(decode(answer.data?.[0]?.b64_json));
		const right = (row: number) => [(row * 1024 + 512) * 4, (row + 1) * 1024 * 4] as const;
		for (const row of [0, 511, 1023]) {
			const [from, to] = right(row);
			expect(after.subarray(from, to).equals(before.subarray(from, to))).toBe(true);
			const start = row * 4096;
			expect(after.subarray(start, from).equals(before.subarray(start, from))).toBe(false);
		}
		expect(answer.usage?.input_tokens_details.image_tokens).toBe(1024);
		expect(sandbox.openai.calls(keyOf(client))).toMatchObject([
			{
				route: 'images/edits',
				imagesIn: [{ type: 'image/png', width: 1024, height: 1024, bytes: image.length }],
				maskIn: { width: 1024, bytes: mask.length },
			},
		]);
	});

	it('takes sixteen pictures of three kinds and keeps the shape of the first', async () => {
		const client = clientOf(sandbox);
		const wide = await sharp(await plain(90, 30, '#884422'))
			.webp()
			.toBuffer();
		const jpeg = await sharp(await plain(20, 20, '#118822'))
			.jpeg()
			.toBuffer();
		const files = [
			new File([new Uint8Array(wide)], 'wide.webp', { type: 'image/webp' }),
			...Array.from({ length: 15 }, (_, index) => {
				return new File([new Uint8Array(jpeg)], `${index}.jpg`, { type: 'image/jpeg' });
			}),
		];
		const { size, data } = await client.images.edit({
			model: 'gpt-image-1.5',
			prompt,
			image: files,
			input_fidelity: 'high',
			quality: 'low',
			output_format: 'webp',
		});
		expect(size).toBe('1536x1024');
		expect(await sharp(decode(data?.[0]?.b64_json)).metadata()).toMatchObject({ format: 'webp' });
		const [call] = sandbox.openai.calls(keyOf(client));
		expect(call?.imagesIn.map(({ type }) => type)).toEqual([
			'image/webp',
			...Array.from({ length: 15 }, () => 'image/jpeg'),
		]);
	});

	it('takes JSON with data URIs, links and file ids', async () => {
		const client = clientOf(sandbox);
		const image = await plain(64, 64, '#aa2222');
		const file = await client.files.create({ file: await png(image), purpose: 'vision' });
		const answer = await client.post<{ data: Array<{ b64_json: string }> }>('/images/edits', {
			body: {
				model: 'gpt-image-2',
				prompt,
				size: SMALL,
				images: [
					{ image_url: `data:image/png;base64,${image.toString('base64')}` },
					{ file_id: file.id },
				],
			},
		});
		expect(decode(answer.data[0]?.b64_json).length).toBeGreaterThan(1000);
		expect(sandbox.openai.calls(keyOf(client))[0]?.imagesIn).toHaveLength(2);
	});
});

describe('a variation', () => {
	it('is retired', async () => {
		const image = await png(await plain(64, 64, '#aa2222'));
		const error = await refusal(clientOf(sandbox).images.createVariation({ image }));
		expect(error).toMatchObject({ status: 404, code: 'endpoint_retired' });
	});

	it('is served by a server that has it', async () => {
		const client = clientOf(sandbox, { faults: { alive: ['dall-e-2'] } });
		const image = await png(await plain(64, 64, '#aa2222'));
		const { data } = await client.images.createVariation({
			image,
			n: 2,
			size: '256x256',
			response_format: 'b64_json',
		});
		expect(data).toHaveLength(2);
		expect(await sharp(decode(data?.[1]?.b64_json)).metadata()).toMatchObject({ width: 256 });
		const wide = await png(await plain(64, 32, '#aa2222'));
		const error = await refusal(client.images.createVariation({ image: wide }));
		expect(error).toMatchObject({ status: 400, param: 'image' });
	});
});
