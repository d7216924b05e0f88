// A finished image as the input image of the next request: by its link as long as that works, else not at all.
import { Readable } from 'node:stream';

import {
	asInputImage,
	imagesOf,
	motifPreparer,
	type MadeImage,
} from '../../../../pipeline/media/motif';
import type { LocalRequest } from '../../../../pipeline/media/inputImages';
import { createRedactor } from '../../../../pipeline/secrets/redactor';
import type { ImageTask } from '../../../../providers/contract';
import { referenceOfBytes } from '../../../../providers/answers/pictureReference';
import { downloadFailure } from '../../../../providers/failure';
import { requestWith } from '../../providers/support';
import { evoLink } from '../evoLinkTasks';
import { connectionWithStore, failureOf, png } from '../pictureStore';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const connection = {
	clock: { now: () => NOW },
	pictures: { find: () => undefined },
	redact: createRedactor([]),
};
const url = 'https://files.example/1.png';

const input = async (more: object) =>
	await asInputImage(connection as never, { ...more }, 'the image of Square');

test('all images of a task, in order, each with when its link ends', () => {
	const expiresAt = new Date(NOW);
	const images = ['a', 'b'].map((each) => ({ url: each }));
	expect(imagesOf({ images, expiresAt } as ImageTask)).toEqual(
		images.map((each) => ({ ...each, expiresAt })),
	);
});

test('a link is passed on as it is', async () => {
	const image = { label: 'the image of Square', url };
	expect(await input({ url })).toEqual(image);
	expect(await input({ url, expiresAt: new Date(NOW + 1) })).toEqual(image);
});

test.each([
	['a link that has ended', { url, expiresAt: new Date(NOW) }],
	['a picture that is no longer there', { stored: 'stored:gone' }],
])('%s is no motif, and nothing is ordered from it', async (_what, image) => {
	await expect(input(image)).rejects.toMatchObject({
		details: {
			kind: 'download',
			message: 'The other formats are made from the image of Square, which is no longer there.',
			advice: 'Nothing was ordered for them. Run this again: then all formats are made anew.',
			nothingSent: true,
		},
	});
});

test('what is no web address is refused', async () => {
	await expect(input({ url: '/tmp/1.png' })).rejects.toThrow("isn't a web address");
});

test('a key at which a link is cut that is none is hidden', async () => {
	const hiding = { ...connection, redact: createRedactor(['sk-abcdef_0123456789']) };
	const image = { url: `/${'x'.repeat(90)}sk-abcdef_0123456789` };
	await expect(asInputImage(hiding as never, image, 'it')).rejects.toThrow('xxx•••"');
});

test('why it didn’t come is why nothing is made of it', async () => {
	const failure = downloadFailure({ message: 'It broke.', advice: 'Wait.' });
	const lost = { ...connection, pictures: { find: () => failure } };
	await expect(asInputImage(connection as never, failure, 'it')).rejects.toBe(failure);
	await expect(asInputImage(lost as never, { stored: 'stored:1' }, 'it')).rejects.toBe(failure);
});

describe('images that several formats are made from', () => {
	/** For a provider that takes uploads: each is told by a number. */
	function preparer(motifs: MadeImage[], more: Partial<LocalRequest> = {}) {
		const uploads: unknown[] = [];
		const { connection: open, pictures } = connectionWithStore();
		const upload = {
			request: ({ label, mimeType }: { label: string; mimeType?: string }) => {
				uploads.push([label, mimeType]);
				return { method: 'POST' as const, url: 'https://p.test/', idempotent: true };
			},
			read: () => ({ url: `https://p.test/${uploads.length}.png` }),
		};
		const httpRequestWithAuthentication = async () => ({
			statusCode: 200,
			headers: {},
			body: Readable.from([Buffer.from('{}')]),
		});
		const getBinaryMetadata = async () => ({ fileSize: 9 });
		Object.assign(open.context.helpers, { httpRequestWithAuthentication, getBinaryMetadata });
		const request = { ...requestWith({}), ...more } as LocalRequest;
		const prepare = motifPreparer(
			{ ...open, provider: { ...evoLink, upload } } as never,
			request,
			motifs,
		);
		return { prepare, uploads, pictures };
	}

	test('are brought to the provider once, however many need them', async () => {
		const { pictures, prepare, uploads } = preparer([
			{ url },
			{ stored: referenceOfBytes(await png('red')) },
		]);
		await pictures.takeWhole(await png('red'));
		const facts = { type: 'png', width: 20, height: 10 };
		const uploaded = { label: 'the image of Square', url: 'https://p.test/1.png', facts };
		const both = [prepare(1, 'the image of Square'), prepare(1, 'the image of Square')];
		expect(await Promise.all(both)).toMatchObject([uploaded, uploaded]);
		expect(await prepare(0, 'a link')).toEqual({ label: 'a link', url });
		expect(uploads).toEqual([['the image of Square', 'image/png']]);
	});

	test('go alone: a mask of the request isn’t brought once more with each', async () => {
		const mask = {
			label: 'mask',
			file: { name: 'm', mimeType: 'image/png', bytes: 1, content: { buffer: Buffer.of(1) } },
		};
		const { prepare, uploads } = preparer([{ url }], {
			mask,
			markup: mask,
			references: [mask],
		});
		expect(await prepare(0, 'a link')).toEqual({ label: 'a link', url });
		expect(uploads).toEqual([]);
	});

	test('fail where one of them has not come', async () => {
		const { prepare } = preparer([{ url }]);
		expect(await failureOf(prepare(1, 'the motif'))).toEqual({
			kind: 'noImage',
			message: 'It would have been made from the motif number 2, which has not come.',
			advice: 'Nothing was ordered for it.',
			nothingSent: true,
		});
	});
});
