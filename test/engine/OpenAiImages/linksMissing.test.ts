// Answers of compatible servers in which one picture is a dead link, or no link at all: the good ones come out.
import sharp from 'sharp';

import { startBench, type Bench } from './setup';
import { requestsOf, SMALL } from './traffic';

let bench: Bench;
let good: Buffer;
beforeAll(async () => {
	bench = await startBench();
	good = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#c04020' } })
		.png()
		.toBuffer();
});
afterAll(async () => await bench.close());

/** Runs with a server that does the work and then answers this. */
async function answering(body: unknown, parameters = {}) {
	const create = { status: 200, text: JSON.stringify(body), afterEffect: true };
	return await bench.run(
		'image/generate',
		{ ...SMALL, ...parameters },
		{ account: { faults: { create } }, retryOnFail: { maxTries: 3 } },
	);
}

const dead = () => `${bench.sandbox.url}/openai-results/0123456789abcdef.png`;

test('a good picture inside the answer comes out beside a dead link, and is paid once', async () => {
	const run = await answering({
		created: 1,
		data: [{ b64_json: good.toString('base64') }, { url: dead() }],
	});
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(1);
	expect(run.items[0]!.json).toMatchObject({ index: 0, count: 2, width: 30, height: 20 });
	expect(await run.binary(0)).toEqual(good);
	expect(run.hints).toMatchObject([
		{
			message: `Image 2 of 2 of item 0 is missing. The link to the picture doesn't work any more (HTTP 404). Fetch it from its link as long as that works. Link: ${dead()}`,
		},
		{
			message: 'The image of item 0 has 30 × 20 pixels, not the size 1024x640 that was asked for.',
		},
	]);
	expect(requestsOf(bench, run.key)).toHaveLength(1);
});

test('a picture whose only link is dead is not paid again', async () => {
	const run = await answering({ created: 1, data: [{ url: dead() }] });
	expect(run.error?.message).toBe("The link to the picture doesn't work any more (HTTP 404).");
	expect(run.error?.description).toContain(`Fetch them as long as their links work: ${dead()}`);
	expect(requestsOf(bench, run.key)).toHaveLength(1);
});

test('a picture inside the answer has no url, and a picture at a link has it', async () => {
	const both = await bench.run('image/generate', SMALL);
	expect(both.items[0]!.json).not.toHaveProperty('url');
	const linked = await bench.run('image/generate', SMALL, {
		account: { faults: { answer: 'url' } },
	});
	expect(linked.items[0]!.json.url).toMatch(/^http/);
});

test.each(['heic', 'svg', 'avif'] as const)(
	'an input image by link that is %s is refused by name, and nothing is asked for',
	async (kind) => {
		const key = bench.addKey({ faults: { answer: 'url', download: { kind } } });
		const made = await bench.run(
			'image/generate',
			{ ...SMALL, options: { output: 'link' } },
			{ key },
		);
		const url = String(made.items[0]!.json.url);
		const images = { images: [{ source: 'url', url }] };
		const run = await bench.run('image/edit', { inputImages: images }, { key });
		expect(run.error?.message).toContain(`${kind.toUpperCase()} file`);
		expect(run.error?.message).toContain(url);
		expect(run.error?.description).toMatch(/^Convert it to PNG, WebP, JPEG first\./);
		expect(requestsOf(bench, key)).toHaveLength(1);
	},
);

test('an input image by link with a film behind its end is taken', async () => {
	const key = bench.addKey({ faults: { answer: 'url', download: { kind: 'padded' } } });
	const made = await bench.run(
		'image/generate',
		{ ...SMALL, options: { output: 'link' } },
		{ key },
	);
	const url = String(made.items[0]!.json.url);
	const images = { images: [{ source: 'url', url }] };
	bench.sandbox.openai.setFaults(key, { download: { kind: 'padded', times: 1 } });
	const run = await bench.run('image/edit', { inputImages: images }, { key });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(1);
});
