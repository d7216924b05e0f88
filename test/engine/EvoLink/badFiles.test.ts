// Files that the model can't take: refused by what is in them, before anything is uploaded.
import type { IDataObject } from 'n8n-workflow';

import { maskWithHole, noise, picture, type InputFile } from './pictures';
import { startBench, type Bench } from './setup';
import { expectRefusedUnsent, model } from './traffic';

const S1 = model('gpt-4o-image');
const S2 = model('gpt-image-1');
const HOLE = { left: 8, top: 8, width: 16, height: 16 };
const CHECK_THE_STEP = 'Check the step that makes this file.';
const MAKE_IT_SMALLER = 'Make the picture smaller, for instance with the Edit Image node.';

let bench: Bench;
let png: InputFile;
let mask: InputFile;

async function edit(parameters: IDataObject, binary: Record<string, InputFile>) {
	return await bench.image('edit', { size: '', ...parameters }, { items: [{ binary }] });
}

function inputImages(...fields: string[]): IDataObject {
	const images = fields.map((field) => ({ source: 'binary', binaryPropertyName: field }));
	return { inputImages: { images } };
}

const withMask = { maskSource: 'binary', maskBinaryPropertyName: 'mask' };

function textFile(fileName: string): InputFile {
	return { content: Buffer.from('Not a picture at all.\n'), fileName, mimeType: 'image/png' };
}

beforeAll(async () => {
	bench = await startBench();
	png = await picture('png');
	mask = await maskWithHole({ width: 64, height: 64 }, HOLE);
});
afterAll(async () => await bench.close());

test('a binary field that the item lacks', async () => {
	const run = await edit(inputImages('photo'), { data: png });
	expectRefusedUnsent(
		bench,
		run,
		'There is no file in the field "photo" of this item.',
		'Open the node before this one, look at the Binary tab of its output and enter the name shown there. If it has no file, the file got lost on the way or was never made.',
	);
});

test.each([
	['Mask Data Field Name', { maskSource: 'binary', maskBinaryPropertyName: ' ' }],
	['Mask URL', { maskSource: 'url', maskUrl: '={{ $json.nothing }}' }],
])('an empty %s', async (field, parameters) => {
	const run = await edit({ ...S1, ...parameters }, { data: png });
	expectRefusedUnsent(
		bench,
		run,
		`The ${field} is empty.`,
		'Fill it in. If it is an expression, check that the item has that field.',
	);
});

test('a text file that is named .png', async () => {
	const run = await edit(S1, { data: textFile('photo.png') });
	expectRefusedUnsent(
		bench,
		run,
		'The input image "data" isn\'t a picture that can be read, whatever its name says. gpt-4o-image takes JPEG, PNG, WebP.',
		CHECK_THE_STEP,
	);
});

test('an empty file', async () => {
	const empty = { ...png, content: Buffer.alloc(0) };
	const run = await edit(S2, { data: empty });
	expectRefusedUnsent(
		bench,
		run,
		'The input image "data" is an empty file. gpt-image-1 takes JPEG, PNG, WebP.',
		CHECK_THE_STEP,
	);
});

test('a GIF', async () => {
	const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
	const run = await edit({}, { data: { content: gif, fileName: 'a.png', mimeType: 'image/png' } });
	expectRefusedUnsent(
		bench,
		run,
		'The input image "data" is a GIF file. gpt-image-2 takes JPEG, PNG, WebP.',
		'Convert it to JPEG, PNG, WebP, for instance with the Edit Image node.',
	);
});

test('a reference of 12 MB on S1', async () => {
	const run = await edit(S1, { data: await noise(12) });
	expectRefusedUnsent(
		bench,
		run,
		'The input image "data" has 12.1 MB. gpt-4o-image takes at most 10 MB.',
		MAKE_IT_SMALLER,
	);
});

test.each([
	['gpt-4o-image', 10],
	['gpt-image-1', 50],
])('a reference of 60 MB on %s is never read into memory', async (id, most) => {
	const large = await noise(60);
	let peak = 0;
	const base = process.memoryUsage().arrayBuffers;
	const watching = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage().arrayBuffers - base);
	}, 1);
	const run = await edit(model(id), { data: large });
	clearInterval(watching);
	expectRefusedUnsent(
		bench,
		run,
		`The input image "data" has 60.2 MB. ${id} takes at most ${most} MB.`,
		MAKE_IT_SMALLER,
	);
	expect(peak).toBeLessThan(20 * 1024 * 1024);
});

test('two references with a mask on S1', async () => {
	const run = await edit(
		{ ...S1, ...inputImages('one', 'two'), ...withMask },
		{ one: png, two: png, mask },
	);
	expectRefusedUnsent(
		bench,
		run,
		'gpt-4o-image takes a Mask only with exactly one input image, 2 were given.',
		'Keep the one image that the Mask belongs to, or remove the Mask.',
	);
});

test('a mask on S2', async () => {
	const run = await edit({ ...S2, ...withMask }, { data: png, mask });
	expectRefusedUnsent(
		bench,
		run,
		"gpt-image-1 can't work with a Mask.",
		'Remove the Mask and say in the Prompt what to change, or choose a model that takes a mask.',
	);
});

test('a mask by address on S2', async () => {
	const maskUrl = 'https://example.com/mask.png';
	const run = await edit({ ...S2, maskSource: 'url', maskUrl }, { data: png });
	expect(run.error?.message).toBe("gpt-image-1 can't work with a Mask.");
});

test('a JPEG mask, whatever its name and type say', async () => {
	const jpeg = { ...(await picture('jpeg')), fileName: 'mask.png', mimeType: 'image/png' };
	const run = await edit({ ...S1, ...withMask }, { data: png, mask: jpeg });
	expectRefusedUnsent(
		bench,
		run,
		'The mask "mask" is a JPEG file. gpt-4o-image takes PNG.',
		'Convert it to PNG, for instance with the Edit Image node.',
	);
});

test('a mask of other dimensions', async () => {
	const wide = await maskWithHole({ width: 96, height: 64 }, HOLE);
	const run = await edit(withMask, { data: png, mask: wide });
	expectRefusedUnsent(
		bench,
		run,
		'The mask "mask" is 96 × 64 pixels, the input image "data" is 64 × 64.',
		'Both must have the same width and height: resize the mask to the image.',
	);
});

test('a mask without transparency', async () => {
	const run = await edit(withMask, { data: png, mask: await picture('png') });
	expectRefusedUnsent(
		bench,
		run,
		'The mask "mask" has no transparent part.',
		'Save it as a PNG with transparency: the transparent area is what gets changed.',
	);
});

test('a JPEG under a mask on S1', async () => {
	const run = await edit({ ...S1, ...withMask }, { data: await picture('jpeg'), mask });
	expectRefusedUnsent(
		bench,
		run,
		'The input image under a mask "data" is a JPEG file. gpt-4o-image takes PNG.',
		'Convert it to PNG, for instance with the Edit Image node.',
	);
});

test('six references on S1', async () => {
	const fields = ['a', 'b', 'c', 'd', 'e', 'f'];
	const binary = Object.fromEntries(fields.map((field) => [field, png]));
	const run = await edit({ ...S1, ...inputImages(fields.join(', ')) }, binary);
	expectRefusedUnsent(
		bench,
		run,
		'gpt-4o-image takes at most 5 input images, 6 were given.',
		'Take away 1 of them.',
	);
});

test('no input image at all', async () => {
	const run = await edit({ inputImages: {} }, { data: png });
	expectRefusedUnsent(
		bench,
		run,
		'There is no input image.',
		'Add one under Input Images: the name of a binary field, or a web address. To make an image from words alone, use the operation Generate.',
	);
});

test('an address of an input image that is none', async () => {
	const images = [{ source: 'url', url: 'C:\\photos\\cat.png' }];
	const run = await edit({ inputImages: { images } }, {});
	expectRefusedUnsent(
		bench,
		run,
		'"C:\\photos\\cat.png" isn\'t a web address of an image.',
		'Enter an address that begins with https:// and that can be opened without signing in.',
	);
});

test('an address that EvoLink cannot open is told in its words, and nothing is charged', async () => {
	const url = `${bench.sandbox.url}/nothing-here.png`;
	const run = await edit({ inputImages: { images: [{ source: 'url', url }] } }, {});
	expect(run.error).toMatchObject({
		message: `Input image 1 (${url}) could not be fetched. EvoLink: image_urls[0] could not be fetched: it answered 404.`,
		description: expect.stringMatching(
			/^Open its address in a browser .* Nothing was charged for this request\./,
		),
	});
	expect(bench.sandbox.evolink.tasks(run.key)).toEqual([]);
	expect(bench.sandbox.evolink.ledger(run.key).entries).toHaveLength(1);
});
