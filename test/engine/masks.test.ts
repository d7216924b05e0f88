// Masks that would be paid for and change nothing are told before anything is sent, by what their pixels show.
import type { IDataObject } from 'n8n-workflow';
import sharp from 'sharp';

import { differences, maskWithHole, picture, type InputFile } from './EvoLink/pictures';
import { startBench as startEvoLink, type Bench as EvoLinkBench } from './EvoLink/setup';
import { model, requestsOf as evoLinkRequests } from './EvoLink/traffic';
import { startBench as startOpenAi, type Bench as OpenAiBench } from './OpenAiImages/setup';
import { requestsOf as openAiRequests } from './OpenAiImages/traffic';

const SIZE = { width: 64, height: 64 };
const FIELDS = {
	inputImages: { images: [{ source: 'binary', binaryPropertyName: 'photo' }] },
	maskSource: 'binary',
	maskBinaryPropertyName: 'mask',
};
const OPAQUE = 'The mask "mask" has no transparent part.';
const BLACK_AND_WHITE =
	/^The mask "mask" is black and white, and no part of it is transparent\. gpt-image-2 changes what is transparent/;

const png = (content: Buffer): InputFile => ({ content, fileName: 'm.png', mimeType: 'image/png' });

/** With an alpha channel in which all is opaque. */
async function opaque(colourAt: (x: number) => number): Promise<InputFile> {
	const { width, height } = SIZE;
	const raw = Buffer.alloc(width * height * 4, 255);
	for (let at = 0; at < width * height; at++) raw.fill(colourAt(at % width), at * 4, at * 4 + 3);
	return png(
		await sharp(raw, { raw: { width, height, channels: 4 } })
			.png()
			.toBuffer(),
	);
}
const stencil = async () => await opaque((x) => (x < 20 ? 255 : 0));
const grey = async () => await opaque(() => 128);
const hole = async (size = SIZE) =>
	await maskWithHole(size, { left: 1, top: 1, width: 9, height: 9 });

/** As a phone writes a photo that was taken upright. */
async function phonePhoto(): Promise<InputFile> {
	const content = await sharp({ create: { width: 96, height: 64, channels: 3, background: 'red' } })
		.jpeg()
		.withMetadata({ orientation: 6 })
		.toBuffer();
	return { content, fileName: 'photo.jpg', mimeType: 'image/jpeg' };
}
const TURNED = { width: 64, height: 96 };

describe.each(['default', 'filesystem'] as const)('OpenAI Images, binary data in %s', (mode) => {
	let bench: OpenAiBench;
	beforeAll(async () => {
		bench = await startOpenAi(mode);
	});
	afterAll(async () => await bench.close());

	test('an expression that brings nothing is not taken for none', async () => {
		const run = await edit(await hole(), undefined, { maskSource: '={{ $json.mask }}' });
		expect(run.error?.message).toBe('Mask must be binary, url or none.');
		expect(openAiRequests(bench, run.key)).toEqual([]);
	});

	const edit = async (mask: InputFile, photo?: InputFile, parameters: IDataObject = {}) => {
		const binary = { photo: photo ?? (await picture('png', SIZE)), mask };
		return await bench.run('image/edit', { ...FIELDS, ...parameters }, { items: [{ binary }] });
	};

	test.each<[string, () => Promise<InputFile>, string | RegExp]>([
		['opaque everywhere', grey, OPAQUE],
		['without alpha', async () => await picture('png', SIZE), OPAQUE],
		['black and white with alpha', stencil, BLACK_AND_WHITE],
		[
			'black and white without alpha',
			async () =>
				png(
					await sharp((await stencil()).content)
						.removeAlpha()
						.png()
						.toBuffer(),
				),
			BLACK_AND_WHITE,
		],
	])('refuses one that is %s', async (_what, mask, message) => {
		const run = await edit(await mask());
		expect(run.error?.message).toMatch(message);
		expect(run.error?.description).toMatch(/transparen/);
		expect(openAiRequests(bench, run.key)).toEqual([]);
	});

	test('refuses it in a batch', async () => {
		const run = await bench.run('batch/create', FIELDS, {
			items: [{ binary: { photo: await picture('png', SIZE), mask: await stencil() } }],
		});
		expect(run.error?.message).toMatch(BLACK_AND_WHITE);
		expect(openAiRequests(bench, run.key)).toEqual([]);
	});

	test('takes one with a hole', async () => {
		const run = await edit(await hole());
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(1);
	});

	test('leaves one that is broken to OpenAI', async () => {
		const { content } = await stencil();
		const run = await edit(png(content.subarray(0, content.length - 30)));
		expect(run.error?.message).not.toMatch(/transparent/);
		expect(openAiRequests(bench, run.key)).not.toEqual([]);
	});

	test("takes an upright mask on a phone's upright photo", async () => {
		const run = await edit(await hole(TURNED), await phonePhoto());
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(1);
	});

	test('refuses one that lies on its side as that photo does in its file', async () => {
		const run = await edit(await hole({ width: 96, height: 64 }), await phonePhoto());
		expect(run.error?.message).toBe(
			'The mask "mask" is 96 × 64 pixels, the input image "photo" is 64 × 96 as it is seen (its file holds it lying on its side).',
		);
		expect(openAiRequests(bench, run.key)).toEqual([]);
	});
});

describe('EvoLink', () => {
	let bench: EvoLinkBench;
	beforeAll(async () => {
		bench = await startEvoLink();
	});
	afterAll(async () => await bench.close());

	const edit = async (mask: InputFile, parameters: IDataObject) =>
		await bench.image(
			'edit',
			{ completion: 'return', ...FIELDS, ...parameters },
			{ items: [{ binary: { photo: await picture('png', SIZE), mask } }] },
		);

	test('refuses one that is black and white where transparency counts', async () => {
		const run = await edit(await stencil(), model('gpt-image-2'));
		expect(run.error?.message).toMatch(BLACK_AND_WHITE);
		expect(evoLinkRequests(bench, run.key)).toEqual([]);
	});

	const OF_FIRST = { ...model('gpt-4o-image'), size: '1:1' };

	test('takes it with gpt-4o-image, which changes what is white', async () => {
		const photo = (await picture('png', SIZE)).content;
		const run = await edit(await stencil(), { ...OF_FIRST, completion: 'wait' });
		expect(run.error).toBeUndefined();
		const white = { left: 0, top: 0, width: 20, height: SIZE.height };
		const drawn = await sharp(await run.binary(0))
			.resize(SIZE.width, SIZE.height, { kernel: 'nearest' })
			.png()
			.toBuffer();
		expect(await differences(photo, drawn, white)).toEqual({
			inside: expect.any(Number),
			outside: 0,
		});
		expect((await differences(photo, drawn, white)).inside).toBeGreaterThan(500);
	});

	test('refuses one without white with gpt-4o-image', async () => {
		const run = await edit(await opaque(() => 0), OF_FIRST);
		expect(run.error?.message).toBe(
			'The mask "mask" has no white part. gpt-4o-image changes what is white, and keeps what is black.',
		);
		expect(evoLinkRequests(bench, run.key)).toEqual([]);
	});

	test('takes one with a hole with both', async () => {
		for (const chosen of [OF_FIRST, model('gpt-image-2')]) {
			expect((await edit(await hole(), chosen)).error).toBeUndefined();
		}
	});
});
