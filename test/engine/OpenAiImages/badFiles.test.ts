// Files that OpenAI can't take: refused by what is in them, before anything is sent.
import type { IDataObject } from 'n8n-workflow';

import { maskWithHole, noise, picture, type InputFile } from '../EvoLink/pictures';
import { startBench, type Bench } from './setup';
import { callsOf, expectRefusedUnsent, requestsOf } from './traffic';

const HOLE = { left: 8, top: 8, width: 16, height: 16 };
const MAKE_IT_SMALLER = 'Make the picture smaller, for instance with the Edit Image node.';
const CONVERT_IT = 'Convert it to PNG, WebP, JPEG, for instance with the Edit Image node.';
const WITH_MASK = { maskSource: 'binary' };

let bench: Bench;
let png: InputFile;
beforeAll(async () => {
	bench = await startBench();
	png = await picture('png');
});
afterAll(async () => await bench.close());

async function edit(parameters: IDataObject, binary: Record<string, InputFile>) {
	return await bench.run('image/edit', parameters, { items: [{ binary }] });
}

const fields = (binaryPropertyName: string) => ({
	inputImages: { images: [{ source: 'binary', binaryPropertyName }] },
});

test('seventeen references', async () => {
	const run = await edit(fields(Array<string>(17).fill('data').join(',')), { data: png });
	expectRefusedUnsent(
		bench,
		run,
		'gpt-image-2 takes at most 16 input images, 17 were given.',
		'Take away 1 of them.',
	);
});

test.each(['wait', 'return'])('a reference of 51 MB (completion: %s)', async (completion) => {
	const run = await edit({ completion }, { data: await noise(51) });
	expectRefusedUnsent(
		bench,
		run,
		'The input image "data" has 51.1 MB. gpt-image-2 takes less than 50 MB.',
		MAKE_IT_SMALLER,
	);
});

test('a GIF, whatever its name says', async () => {
	const content = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
	const run = await edit({}, { data: { ...png, content } });
	expectRefusedUnsent(
		bench,
		run,
		'The input image "data" is a GIF file. gpt-image-2 takes PNG, WebP, JPEG.',
		CONVERT_IT,
	);
});

test.each([
	[
		'a text file',
		Buffer.from('Not a picture at all.\n'),
		"isn't a picture that can be read, whatever its name says",
	],
	['an empty file', Buffer.alloc(0), 'is an empty file'],
])('%s', async (_, content, what) => {
	const run = await edit({}, { data: { ...png, content } });
	expectRefusedUnsent(
		bench,
		run,
		`The input image "data" ${what}. gpt-image-2 takes PNG, WebP, JPEG.`,
		'Check the step that makes this file.',
	);
});

test('a mask without transparency', async () => {
	expectRefusedUnsent(
		bench,
		await edit(WITH_MASK, { data: png, mask: png }),
		'The mask "mask" has no transparent part.',
		'Save it as a PNG with transparency: the transparent area is what gets changed.',
	);
});

test('a mask that is a JPEG', async () => {
	expectRefusedUnsent(
		bench,
		await edit(WITH_MASK, { data: png, mask: await picture('jpeg') }),
		'The mask "mask" is a JPEG file. gpt-image-2 takes PNG.',
		'Convert it to PNG, for instance with the Edit Image node.',
	);
});

test('a mask of other dimensions', async () => {
	expectRefusedUnsent(
		bench,
		await edit(WITH_MASK, {
			data: png,
			mask: await maskWithHole({ width: 96, height: 64 }, HOLE),
		}),
		'The mask "mask" is 96 × 64 pixels, the input image "data" is 64 × 64.',
		'Both must have the same width and height: resize the mask to the image.',
	);
});

test('a mask of 5 MB', async () => {
	expectRefusedUnsent(
		bench,
		await edit(WITH_MASK, { data: png, mask: await noise(5) }),
		'The mask "mask" has 5.1 MB. gpt-image-2 takes less than 4 MB.',
		MAKE_IT_SMALLER,
	);
});

test('no input image, and a field that the item lacks', async () => {
	expectRefusedUnsent(
		bench,
		await edit({ inputImages: {} }, { data: png }),
		'There is no input image.',
		'Add one under Input Images: the name of a binary field, or a web address. To make an image from words alone, use the operation Generate.',
	);
	const run = await edit(fields('photo'), { data: png });
	expect(run.error?.message).toBe('There is no file in the field "photo" of this item.');
	expect(requestsOf(bench, run.key)).toEqual([]);
});

/** Addresses are looked at once they have been fetched, and still before anything goes to OpenAI. */
describe('by address', () => {
	const fromUrl = (url: string) => ({ inputImages: { images: [{ source: 'url', url }] } });

	test('one that does not work', async () => {
		const run = await edit(fromUrl(`${bench.sandbox.url}/nothing-here.png`), {});
		expect(run.error?.message).toContain('HTTP 404');
		expect(run.error?.message).toContain('nothing-here.png');
		expect(run.error?.description).not.toContain('Task');
		expect(callsOf(bench, run.key)).toEqual([]);
	});

	test('one that leads to a web page', async () => {
		const run = await edit(fromUrl(`${bench.sandbox.url}/`), {});
		expect(run.error?.message).toContain('a web page');
		expect(run.error?.message).toContain(bench.sandbox.url);
		expect(run.error?.description).not.toContain('Task');
		expect(callsOf(bench, run.key)).toEqual([]);
	});

	test('one that is no address', async () => {
		const run = await edit(fromUrl('C:\\photos\\cat.png'), {});
		expect(run.error?.message).toBe('"C:\\photos\\cat.png" isn\'t a web address of an image.');
		expect(requestsOf(bench, run.key)).toEqual([]);
	});
});
