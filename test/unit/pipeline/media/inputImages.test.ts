// Input images on their way to a provider: looked at, then uploaded, fetched or written into the request, as it takes them.
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import type { IBinaryData } from 'n8n-workflow';
import sharp from 'sharp';

import { deadlineIn } from '../../../../pipeline/deadline';
import type { LocalImage } from '../../../../pipeline/media/files';
import {
	imageFromBinary,
	imageFromUrl,
	overlayFromBinary,
	prepareImages,
	uploadFile,
	type LocalRequest,
} from '../../../../pipeline/media/inputImages';
import { failureIn } from '../../../../pipeline/result';
import { connect } from '../../../../pipeline/session';
import type { ImageProvider } from '../../../../providers/contract';
import { digestOf } from '../../../../providers/digest';
import { requestWith } from '../../providers/support';
import { evoLink } from '../evoLinkTasks';
import { brokenOff, otherEnd, type Asked, type Told } from '../otherEnd';
import { failureOf, png } from '../pictureStore';
import { createVirtualClock } from '../virtualClock';

let red: Buffer;
let mask: Buffer;
beforeAll(async () => {
	red = await png('red');
	mask = await sharp({
		create: { width: 4, height: 2, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
	})
		.png()
		.toBuffer();
});

/** n8n with these files in the fields of its only item, and this at the other end. */
function n8nWith(fields: Record<string, Buffer>, tell: (asked: Asked, count: number) => Told) {
	const clock = createVirtualClock();
	const { context, asked } = otherEnd(clock, tell);
	const kept = new Map(Object.entries(fields));
	Object.assign(context.helpers, {
		assertBinaryData: (_itemIndex: number, field: string) => ({
			id: field,
			data: 'test',
			fileName: `${field}.bin`,
			mimeType: 'text/plain',
		}),
		getBinaryMetadata: async (id: string) => ({ fileSize: kept.get(id)!.length }),
		getBinaryStream: async (id: string) => Readable.from([kept.get(id)!]),
		prepareBinaryData: async (stream: Readable, fileName: string, mimeType: string) => {
			kept.set(fileName, await buffer(stream));
			return { data: 'test', id: fileName, fileName, mimeType } as IBinaryData;
		},
	});
	return { context, asked, clock, kept };
}

const nothingAsked = (): Told => new Error('Nothing is to be asked.');

describe('a picture in a field', () => {
	test.each<[string, unknown]>([
		['its content, as a Code node may write it', 'iVBORw0KGgo='],
		['nothing', null],
		['a description without content', { fileName: 'a.png', mimeType: 'image/png' }],
		['an empty reference to it', { id: '' }],
		['content that is none', { data: { type: 'Buffer', data: [1, 2] } }],
	])('is none where the field holds %s', async (_what, value) => {
		const { context } = n8nWith({}, nothingAsked);
		Object.assign(context.helpers, { assertBinaryData: () => value });
		const failure = await failureOf(imageFromBinary(context, 0, 'photo'));
		expect(failure).toMatchObject({
			kind: 'badInput',
			message: 'There is no file in the field "photo" of this item.',
		});
	});

	test('is what its bytes say, whatever n8n takes it for', async () => {
		const { context } = n8nWith({ photo: red }, nothingAsked);
		expect(await imageFromBinary(context, 0, 'photo')).toEqual({
			label: 'photo',
			facts: { type: 'png', bytes: red.length, width: 20, height: 10, hasAlpha: false },
			file: {
				name: 'photo.bin',
				mimeType: 'image/png',
				bytes: red.length,
				content: { binaryId: 'photo' },
			},
		});
	});

	test('of a type that nobody knows keeps the type that n8n has for it', async () => {
		const { context } = n8nWith({ photo: Buffer.from('no picture') }, nothingAsked);
		expect(await imageFromBinary(context, 0, 'photo')).toMatchObject({
			facts: { type: 'unknown', bytes: 10 },
			file: { mimeType: 'text/plain' },
		});
	});

	test('that is a mask has its pixels looked at, where it is a PNG', async () => {
		const jpeg = await sharp(red).jpeg().toBuffer();
		const { context } = n8nWith({ mask, jpeg }, nothingAsked);
		const { facts } = await overlayFromBinary(context, 0, 'mask');
		expect(facts).toEqual({
			type: 'png',
			bytes: mask.length,
			width: 4,
			height: 2,
			hasAlpha: true,
			pixels: { isOpaque: false, isBlackAndWhite: false, hasWhite: false },
		});
		expect((await overlayFromBinary(context, 0, 'jpeg')).facts).not.toHaveProperty('pixels');
		expect((await imageFromBinary(context, 0, 'mask')).facts).not.toHaveProperty('pixels');
	});
});

describe('an image from the web', () => {
	test.each(['https://a.test/x.png?y=1', 'http://a.test/x', ' HTTPS://a.test/x.png\n'])(
		'%j is taken as it is, without white space around it',
		(url) => {
			expect(imageFromUrl(url)).toEqual({ label: url.trim(), url: url.trim() });
		},
	);

	test.each([
		'',
		'x.png',
		'ftp://a.test/x.png',
		'httpsx://a.test/',
		'data:image/png;base64,AA',
		'https://',
	])('%j is refused', async (url) => {
		expect(await failureOf((async () => imageFromUrl(url))())).toEqual({
			kind: 'badInput',
			message: `"${url}" isn't a web address of an image.`,
			advice:
				'Enter an address that begins with https:// and that can be opened without signing in.',
		});
	});

	test('a very long one is cut in the message', async () => {
		const { message } = await failureOf((async () => imageFromUrl('x'.repeat(5000)))());
		expect(message).toBe(`"${'x'.repeat(100)}" isn't a web address of an image.`);
	});
});

const URL_1 = 'https://a.test/1.png';
const fromWeb: LocalImage = { label: URL_1, url: URL_1 };

/** What comes of the images, for a provider that takes them so. */
function prepare(
	inputImages: ImageProvider['inputImages'],
	images: Partial<LocalRequest>,
	{ fields = {}, tell = nothingAsked, upload = UPLOAD, timeLimit }: Partial<Preparation> = {},
) {
	const n8n = n8nWith(fields, tell);
	const { context, clock } = n8n;
	const provider: ImageProvider = { ...evoLink, inputImages, upload };
	const deadline = timeLimit === undefined ? undefined : deadlineIn(timeLimit, clock.now());
	const connection = { ...connect(context, 'evoLinkApi', provider, [], clock), deadline };
	const request = requestWith({ references: [] }) as LocalRequest;
	return {
		...n8n,
		connection,
		prepared: async () => {
			const ended = await clock.until(prepareImages(connection, { ...request, ...images }));
			if (!ended.ok) throw ended.error;
			return ended.value;
		},
	};
}

interface Preparation {
	fields: Record<string, Buffer>;
	tell(asked: Asked, count: number): Told;
	upload: ImageProvider['upload'];
	timeLimit: number;
}

/** It tells where it will lie, takes the file there, and is told that it has come. */
const UPLOAD: ImageProvider['upload'] = {
	request: ({ label, mimeType }) => ({
		method: 'POST',
		url: 'https://p.test/uploads',
		json: { label, type: mimeType },
		idempotent: true,
	}),
	read: ({ body }) => body as object,
};

const inField = (field: string, bytes: Buffer): LocalImage => ({
	label: field,
	facts: { type: 'png', bytes: bytes.length },
	file: {
		name: `${field}.png`,
		mimeType: 'image/png',
		bytes: bytes.length,
		content: { binaryId: field },
	},
});

describe('where a provider takes uploads', () => {
	const place = (_: Asked, count: number): Told => ({
		body: { url: `https://p.test/${count}.png`, id: `file-${count}` },
	});

	test('files are uploaded one after the other, and addresses stay where they are', async () => {
		const [photo, overlay] = [inField('photo', red), inField('mask', mask)];
		const { prepared, asked } = prepare(
			'uploaded',
			{ references: [photo, fromWeb], mask: overlay, markup: overlay },
			{ tell: (one, count) => ({ ...(place(one, count) as object), after: 1000 }) },
		);
		const uploadedAs = (image: LocalImage, count: number) => ({
			label: image.label,
			facts: image.facts,
			url: `https://p.test/${count}.png`,
			fileId: `file-${count}`,
		});
		expect(await prepared()).toMatchObject({
			prompt: 'A red fox',
			references: [uploadedAs(photo, 1), fromWeb],
			mask: uploadedAs(overlay, 2),
			markup: uploadedAs(overlay, 3),
		});
		expect(asked.map(({ body }) => body)).toEqual([
			{ label: 'photo', type: 'image/png' },
			{ label: 'mask', type: 'image/png' },
			{ label: 'mask', type: 'image/png' },
		]);
		const [first, second] = asked;
		expect(second!.at - first!.at).toBe(1000);
	});

	test('what isn’t there is left out', async () => {
		const request = await prepare('uploaded', {}).prepared();
		expect(request).toMatchObject({ references: [], mask: undefined, markup: undefined });
	});

	test('the file goes to where the first answer says, and where it lies is read from that', async () => {
		const upload: ImageProvider['upload'] = {
			...UPLOAD,
			follow: ({ body }, { label, mimeType }) => ({
				method: 'PUT',
				url: (body as { url: string }).url,
				json: { label, type: mimeType },
				idempotent: true,
			}),
		};
		const { prepared, asked } = prepare(
			'uploaded',
			{ references: [inField('photo', red)] },
			{ tell: place, upload },
		);
		expect((await prepared()).references).toMatchObject([{ url: 'https://p.test/1.png' }]);
		expect(asked.map(({ method, url, body }) => [method, url, body])).toEqual([
			['POST', 'https://p.test/uploads', { label: 'photo', type: 'image/png' }],
			['PUT', 'https://p.test/1.png', { label: 'photo', type: 'image/png' }],
		]);
	});

	test('a file of which only the label is known has no type', async () => {
		const { connection, clock, asked } = prepare('uploaded', {}, { tell: place });
		expect(await clock.until(uploadFile(connection, { label: 'photo' }))).toMatchObject({
			value: { id: 'file-1' },
		});
		expect(asked[0]?.body).toEqual({ label: 'photo' });
	});

	test('none is taken without a way to do it', async () => {
		const { connection, clock } = prepare('uploaded', {});
		const provider = { ...connection.provider, upload: undefined };
		const ended = await clock.until(uploadFile({ ...connection, provider }, { label: 'photo' }));
		expect(ended).toEqual({ ok: false, error: new TypeError('EvoLink takes no uploads.') });
	});
});

describe('where a provider takes files', () => {
	const given = (): Told => ({ body: mask });

	test('those stay as they are, and one from the web is fetched into n8n', async () => {
		const photo = inField('photo', red);
		const { prepared, asked, kept } = prepare(
			'sent',
			{ references: [photo, fromWeb] },
			{ tell: given },
		);
		expect((await prepared()).references).toEqual([
			photo,
			{
				label: URL_1,
				facts: { type: 'png', bytes: mask.length, width: 4, height: 2, hasAlpha: true },
				file: {
					name: 'input.png',
					mimeType: 'image/png',
					bytes: mask.length,
					content: { binaryId: 'input.png' },
				},
			},
		]);
		expect(asked.map(({ url }) => url)).toEqual([URL_1]);
		expect(kept.get('input.png')).toEqual(mask);
	});

	test('what has neither a file nor an address stays as it is', async () => {
		const known = { label: 'photo', fileId: 'file-1' };
		expect((await prepare('sent', { references: [known] }).prepared()).references).toEqual([known]);
	});

	test('a mask from the web has its pixels looked at, and one from a field had them before', async () => {
		const { connection } = prepare('sent', {}, { tell: given, fields: { mask } });
		const overlays = { mask: fromWeb, markup: inField('mask', mask) };
		// Pixels are unpacked beside the virtual clock, and nothing here waits for it.
		const request = await prepareImages(connection, {
			...requestWith({}),
			references: [],
			...overlays,
		});
		expect(request.mask?.facts?.pixels).toEqual({
			isOpaque: false,
			isBlackAndWhite: false,
			hasWhite: false,
		});
		expect(request.markup?.facts).not.toHaveProperty('pixels');
	});

	const OPEN =
		"Open its address in a browser window where you aren't signed in: it must show the picture itself, and no page around it. Or give the image as a file. Nothing was charged.";

	test.each<[string, Told, number | undefined, object]>([
		[
			'that is gone',
			{ statusCode: 410 },
			undefined,
			{
				kind: 'download',
				message: `Input image 1 (${URL_1}) could not be fetched. There is nothing at its address (HTTP 410).`,
				advice: OPEN,
				status: 410,
				nothingSent: true,
			},
		],
		[
			'that is no picture',
			{ body: '<html></html>' },
			undefined,
			{
				kind: 'download',
				message: `Input image 1 (${URL_1}) could not be fetched. In place of the picture there was a web page.`,
				advice: OPEN,
				nothingSent: true,
			},
		],
		[
			'that breaks off',
			brokenOff(),
			undefined,
			{
				kind: 'download',
				message: `Input image 1 (${URL_1}) could not be fetched. The connection broke off while the picture was being fetched, several times.`,
				advice: OPEN,
				nothingSent: true,
			},
		],
		[
			'that n8n doesn’t allow',
			Object.assign(new Error('10.0.0.1 is blocked'), { name: 'SsrfBlockedIpError' }),
			undefined,
			{
				kind: 'download',
				message: `Input image 1 (${URL_1}) could not be fetched. n8n doesn't allow requests to its server's address: 10.0.0.1 is blocked.`,
				advice:
					'Only if you know this address: ask whoever runs this n8n to allow it, with N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES. Nothing was charged.',
				shouldRetry: false,
				nothingSent: true,
			},
		],
		[
			'that never comes',
			'never',
			20,
			{
				kind: 'timeLimit',
				message: `Input image 1 (${URL_1}) could not be fetched. The Time Limit of 20 seconds was over.`,
				advice: OPEN,
				nothingSent: true,
			},
		],
		[
			'that is gone, with a Time Limit',
			{ statusCode: 410 },
			20,
			{
				kind: 'download',
				message: `Input image 1 (${URL_1}) could not be fetched. There is nothing at its address (HTTP 410).`,
				advice: OPEN,
				status: 410,
				nothingSent: true,
			},
		],
	])('one %s is told as an input image', async (_what, told, timeLimit, details) => {
		const { prepared } = prepare(
			'sent',
			{ references: [fromWeb] },
			{ tell: () => told, timeLimit },
		);
		expect(await failureOf(prepared())).toEqual(details);
	});

	test('an execution that was stopped is told as that', async () => {
		const { connection, clock } = prepare('sent', {}, { tell: () => 'never' });
		const cancel = new AbortController();
		void clock.pause(2500).then(() => cancel.abort());
		const request = { ...requestWith({}), references: [fromWeb] };
		const ended = await clock.until(
			prepareImages({ ...connection, signal: cancel.signal }, request),
		);
		expect(ended.ok ? undefined : failureIn(ended.error)?.details).toEqual({
			kind: 'cancelled',
			message: 'The execution was canceled.',
			advice: 'Tasks that were already started go on at the provider.',
		});
	});
});

describe('where a provider takes data URIs', () => {
	test('a file is written into the request, and an address stays where it is', async () => {
		const photo = inField('photo', red);
		const { prepared } = prepare(
			'inline',
			{ references: [photo, fromWeb] },
			{ fields: { photo: red } },
		);
		expect((await prepared()).references).toEqual([
			{
				label: 'photo',
				facts: photo.facts,
				inline: { file: { label: 'photo', file: photo.file }, digest: digestOf(red) },
			},
			fromWeb,
		]);
	});
});
