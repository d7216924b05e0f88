// Pictures as data URIs: links as they are, bytes from memory and from n8n's store, and what is refused.
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';

import { dataUriOf } from '../../../../pipeline/media/dataUri';
import type { LocalImage } from '../../../../pipeline/media/files';
import type { FileToSend } from '../../../../pipeline/http/fileToSend';
import type { ImageFacts } from '../../../../providers/contract';
import { ImageFailure } from '../../../../providers/failure';

const MEGABYTE = 1024 * 1024;
const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 250, 251, 252]);

/** n8n's store with one file in it, which is read in pieces. */
function storeWith(binaryId: string, content: Buffer): IExecuteFunctions {
	const helpers = {
		getBinaryStream: async (id: string) => {
			if (id !== binaryId) throw new Error(`There is no file ${id}.`);
			return Readable.from([content.subarray(0, 4), content.subarray(4)]);
		},
		binaryToBuffer: async (stream: Readable) => await buffer(stream),
	};
	return { helpers } as unknown as IExecuteFunctions;
}

const emptyStore = storeWith('', Buffer.alloc(0));

function imageWith(file: Partial<FileToSend>, facts: Partial<ImageFacts> = {}): LocalImage {
	const content = { buffer: PICTURE };
	return {
		label: 'data',
		facts: { type: 'png', bytes: PICTURE.length, ...facts },
		file: { name: 'fox.png', mimeType: 'image/png', bytes: PICTURE.length, content, ...file },
	};
}

it('leaves a web address as it is', async () => {
	const url = 'https://a.test/fox.png?size=1#top';
	expect(await dataUriOf(emptyStore, { label: url, url })).toBe(url);
});

it('writes a picture from memory', async () => {
	expect(await dataUriOf(emptyStore, imageWith({}))).toBe(
		`data:image/png;base64,${PICTURE.toString('base64')}`,
	);
});

it("writes a picture from n8n's store", async () => {
	const image = imageWith({ mimeType: 'image/webp', content: { binaryId: 'filesystem-v2:1' } });
	expect(await dataUriOf(storeWith('filesystem-v2:1', PICTURE), image)).toBe(
		`data:image/webp;base64,${PICTURE.toString('base64')}`,
	);
});

it('keeps every byte', async () => {
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({ minLength: 1 }), async (bytes) => {
			const uri = await dataUriOf(
				emptyStore,
				imageWith({ content: { buffer: Buffer.from(bytes) } }),
			);
			const [head, base64] = uri.split(',');
			expect(head).toBe('data:image/png;base64');
			expect(Buffer.from(base64!, 'base64')).toEqual(Buffer.from(bytes));
		}),
	);
});

describe('a file is refused', () => {
	const noPicture =
		'The input image "data" isn\'t a picture that can be read, whatever its name says.';
	const smaller = 'Make the picture smaller, for instance with the Edit Image node.';
	test.each<[string, LocalImage, string, string]>([
		[
			'that is no picture',
			imageWith({}, { type: 'unknown' }),
			noPicture,
			'Check the step that makes this file.',
		],
		[
			'that nobody has looked at',
			{ ...imageWith({}), facts: undefined },
			noPicture,
			'Check the step that makes this file.',
		],
		[
			'of an iPhone',
			imageWith({}, { type: 'heic' }),
			'The input image "data" is a HEIC file (as iPhones make), which isn\'t taken here.',
			"Convert it to PNG, JPEG, WebP or GIF first. An iPhone takes JPEG when its camera is set to Most Compatible. The Edit Image node can't read HEIC on every n8n.",
		],
		[
			'that is an SVG',
			imageWith({}, { type: 'svg' }),
			'The input image "data" is an SVG file, which isn\'t taken here.',
			"Convert it to PNG, JPEG, WebP or GIF first. The program that made it can save it so. The Edit Image node can't read SVG on every n8n.",
		],
		[
			'of 21 MB',
			imageWith({ bytes: 21 * MEGABYTE }),
			'The input image "data" has 21.0 MB, at most 20 MB are taken here.',
			smaller,
		],
		[
			'of one byte more than 20 MB, and is not said to have 20 MB',
			imageWith({ bytes: 20 * MEGABYTE + 1 }),
			'The input image "data" has 20.1 MB, at most 20 MB are taken here.',
			smaller,
		],
	])('%s', async (_rule, image, message, advice) => {
		const failure = await dataUriOf(emptyStore, image).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(ImageFailure);
		expect((failure as ImageFailure).details).toEqual({ kind: 'badInput', message, advice });
	});

	it('but not of exactly 20 MB', async () => {
		const image = imageWith({ bytes: 20 * MEGABYTE });
		expect(await dataUriOf(emptyStore, image)).toMatch(/^data:image\/png;base64,/);
	});
});
