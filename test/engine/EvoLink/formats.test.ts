// Pictures of types that nobody ordered: kept as what they are when they come out, refused by name when they go in.
import sharp from 'sharp';

import { inFormat } from '../../../sandbox/faults/odd-pictures';
import { startBench, type Bench } from './setup';
import { creates, downloads, expectRefusedUnsent, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test.concurrent.each([
	['padded', 'jpg', 'image/jpeg', true],
	['avif', 'avif', 'image/avif', true],
	['heic', 'heic', 'image/heic', true],
	['svg', 'svg', 'image/svg+xml', false],
])('by link: %s is stored as .%s', async (kind, ending, mimeType, isMeasured) => {
	const prompt = `A kite [sandbox: download=${kind}]`;
	const run = await bench.image('generate', { ...SMALL, prompt });
	expect(run.error).toBeUndefined();
	const { fileName, ...json } = run.items[0]!.json;
	expect(json).toMatchObject({ mimeType, ...(isMeasured && { width: 128, height: 128 }) });
	expect(fileName).toMatch(new RegExp(`^A-kite-.+-\\d{5}\\.${ending}$`));
	expect(run.binaryInfo(0)).toMatchObject({ fileName, mimeType, fileExtension: ending });
	expect((await run.binary(0)).length).toBe(json.fileSize);
	expect(downloads(bench, String(json.taskId))).toHaveLength(1);
	expect(creates(bench, run.key)).toHaveLength(1);
	expect(run.hints).toEqual([]);
});

test('by link: what nobody knows is stored as a file without a type, with a hint', async () => {
	const prompt = 'A kite [sandbox: download=unknown]';
	const run = await bench.image('generate', { ...SMALL, prompt });
	expect(run.error).toBeUndefined();
	const { fileName, mimeType } = run.items[0]!.json;
	expect(mimeType).toBe('application/octet-stream');
	expect(fileName).toMatch(/^A-kite-[\w-]+-\d{5}$/);
	expect((await run.binary(0)).subarray(0, 4)).toEqual(Buffer.from([0, 1, 2, 255]));
	expect(run.hints).toMatchObject([
		{
			message:
				"Image 1 of 1 of item 0 is of a type that this node doesn't know. It is kept as a file without a type, as it may have been charged.",
		},
	]);
});

const CONVERT = 'Convert it to JPEG, PNG, WebP first.';

test.each([
	[
		'heic',
		'is a HEIC file (as iPhones make)',
		'An iPhone takes JPEG when its camera is set to Most Compatible.',
	],
	['avif', 'is an AVIF file', 'The program that made it can save it so.'],
	['svg', 'is an SVG file', 'The program that made it can save it so.'],
] as const)('as input: %s is refused by name, and nothing is sent', async (kind, what, how) => {
	const red = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } })
		.png()
		.toBuffer();
	const { bytes } = await inFormat(kind, red);
	const data = { content: bytes, fileName: 'photo.png', mimeType: 'image/png' };
	const run = await bench.image('edit', { size: '' }, { items: [{ binary: { data } }] });
	expectRefusedUnsent(
		bench,
		run,
		`The input image "data" ${what}. gpt-image-2 takes JPEG, PNG, WebP.`,
		`${CONVERT} ${how} The Edit Image node can't read ${kind.toUpperCase()} on every n8n.`,
	);
});
