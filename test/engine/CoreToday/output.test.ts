// Where results lie and what they are: folder, public link, formats, compression, cost.
import sharp from 'sharp';

import { startBench, type Bench } from './setup';
import { creates, LINKS } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const predictionsOf = (key: string) => bench.sandbox.coreToday.predictions(key);

describe.each(['A', 'B'] as const)('in dialect %s', (dialect) => {
	test.concurrent(
		'the output folder is passed on, and a result that is not public stays so',
		async () => {
			const options = { ...LINKS.options, outputFolder: ' campaigns/spring ' };
			const run = await bench.run('image/generate', { options }, { account: { dialect } });
			expect(run.error).toBeUndefined();
			expect(predictionsOf(run.key)).toMatchObject([
				{ outputFolder: 'campaigns/spring', isPublic: false },
			]);
			expect(run.items[0]!.json.url).toContain('/coretoday-cdn/results/campaigns/spring/');
		},
	);

	test.concurrent('of a public result the public link is given, and fetched', async () => {
		const options = { isPublic: true };
		const run = await bench.run('image/generate', { options }, { account: { dialect } });
		expect(run.error).toBeUndefined();
		expect(predictionsOf(run.key)).toMatchObject([{ isPublic: true }]);
		const { url, fileSize } = run.items[0]!.json;
		expect(url).toContain('/coretoday-cdn/public/');
		expect((await run.binary(0)).length).toBe(fileSize);
		const fetched = bench.sandbox.requests.filter(({ path }) =>
			path.includes(predictionsOf(run.key)[0]!.id),
		);
		expect(fetched.filter(({ path }) => path.includes('-cdn/results/'))).toEqual([]);
	});
});

test.concurrent('both come along with a file that is sent with the request', async () => {
	const content = await sharp({
		create: { width: 64, height: 64, channels: 3, background: '#c04020' },
	})
		.png()
		.toBuffer();
	const run = await bench.run(
		'image/edit',
		{ options: { ...LINKS.options, outputFolder: 'spring', isPublic: true } },
		{ items: [{ binary: { data: { content, fileName: 'a.png', mimeType: 'image/png' } } }] },
	);
	expect(run.error).toBeUndefined();
	expect(creates(bench, run.key)[0]!.path).toMatch(/upload$/);
	expect(predictionsOf(run.key)).toMatchObject([{ outputFolder: 'spring', isPublic: true }]);
});

test.concurrent.each([
	['jpeg', 'jpg'],
	['png', 'png'],
	['webp', 'webp'],
])('the format %s', async (format, ending) => {
	const options = { outputFormat: format };
	const run = await bench.run('image/generate', { size: '2:3', quality: 'low', options });
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json).toMatchObject({ mimeType: `image/${format}` });
	expect(run.binaryInfo(0)).toMatchObject({ mimeType: `image/${format}` });
	expect(String(run.items[0]!.json.fileName)).toMatch(new RegExp(`\\.${ending}$`));
	const { width = 0, height = 0, format: found } = await sharp(await run.binary(0)).metadata();
	expect(found).toBe(format);
	expect(width / height).toBeCloseTo(2 / 3, 1);
});

test.concurrent('compression is passed on, and by itself means WebP', async () => {
	const sizes: number[] = [];
	for (const compression of [5, 95]) {
		const run = await bench.run('image/generate', { quality: 'low', options: { compression } });
		expect(run.error).toBeUndefined();
		expect(predictionsOf(run.key)[0]!.input).toMatchObject({
			output_format: 'webp',
			output_compression: compression,
		});
		sizes.push(Number(run.items[0]!.json.fileSize));
	}
	expect(sizes[0]).toBeLessThan(sizes[1]!);
});

test.concurrent(
	'what is not chosen is not sent, but the quality that costs less than the automatic one',
	async () => {
		const run = await bench.run('image/generate', LINKS);
		expect(predictionsOf(run.key)[0]!.input).toEqual({
			prompt: 'A red bicycle',
			quality: 'medium',
		});
	},
);

test.concurrent('every choice is sent under its own name', async () => {
	const choices = {
		background: 'opaque',
		moderation: 'low',
		outputFormat: 'jpeg',
		compression: 70,
	};
	const run = await bench.run('image/generate', {
		size: '3:2',
		quality: 'medium',
		options: { ...LINKS.options, ...choices },
	});
	expect(run.error).toBeUndefined();
	expect(predictionsOf(run.key)[0]!.input).toEqual({
		prompt: 'A red bicycle',
		aspect_ratio: '3:2',
		quality: 'medium',
		background: 'opaque',
		moderation: 'low',
		output_format: 'jpeg',
		output_compression: 70,
	});
});

test.concurrent.each([
	['low', 45],
	['medium', 176],
	['high', 480],
	['', 480],
])('the cost of the quality "%s" is what was charged', async (quality, credits) => {
	for (const dialect of ['A', 'B'] as const) {
		const run = await bench.run('image/generate', { ...LINKS, quality }, { account: { dialect } });
		expect(run.items[0]!.json.cost).toEqual({
			amount: credits / 1000,
			currency: 'USD',
			credits,
			estimated: true,
		});
		expect(bench.sandbox.coreToday.ledger(run.key).charged).toBe(credits);
	}
});
