// Pictures that are to stand in a request: read through once, from memory and from n8n's store, and what is refused.
import { Readable } from 'node:stream';

import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';

import { inlineFileOf } from '../../../../pipeline/media/inlineFile';
import type { LocalImage } from '../../../../pipeline/media/files';
import type { FileToSend } from '../../../../pipeline/http/fileToSend';
import type { ImageFacts } from '../../../../providers/contract';
import { digestOf } from '../../../../providers/digest';
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

it('leaves what lies on the web there', async () => {
	const url = 'https://a.test/fox.png?size=1#top';
	expect(await inlineFileOf(emptyStore, { label: url, url })).toBeUndefined();
});

it('knows a picture in memory again', async () => {
	const image = imageWith({});
	expect(await inlineFileOf(emptyStore, image)).toEqual({
		file: { label: 'data', file: image.file },
		digest: digestOf(PICTURE),
	});
});

it("knows a picture in n8n's store again, whatever length n8n has noted", async () => {
	const content = { binaryId: 'filesystem-v2:1' };
	const image = imageWith({ mimeType: 'image/webp', bytes: 3, content });
	expect(await inlineFileOf(storeWith('filesystem-v2:1', PICTURE), image)).toEqual({
		file: { label: 'data', file: { ...image.file, bytes: PICTURE.length } },
		digest: digestOf(PICTURE),
	});
});

it('counts every byte', async () => {
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({ minLength: 1 }), async (bytes) => {
			const buffer = Buffer.from(bytes);
			const inline = await inlineFileOf(emptyStore, imageWith({ content: { buffer } }));
			expect(inline?.digest).toBe(digestOf(buffer));
			expect(inline?.file).toMatchObject({ file: { bytes: buffer.length } });
		}),
	);
});

it('a file that is not there any more is told by n8n before anything is sent', async () => {
	const image = imageWith({ content: { binaryId: 'gone' } });
	await expect(inlineFileOf(emptyStore, image)).rejects.toThrow('There is no file gone.');
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
		const failure = await inlineFileOf(emptyStore, image).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(ImageFailure);
		expect((failure as ImageFailure).details).toEqual({ kind: 'badInput', message, advice });
	});

	it('but not of exactly 20 MB', async () => {
		const image = imageWith({ bytes: 20 * MEGABYTE });
		expect(await inlineFileOf(emptyStore, image)).toBeDefined();
	});
});
