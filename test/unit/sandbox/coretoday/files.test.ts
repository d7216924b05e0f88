// The three ways in which files reach a prediction: by URL, by multipart, through the storage.
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { download, json } from '../support';
import { CoreTodayClient, GPT_IMAGE_2, idOf, type Json, picture } from './support';

let sandbox: Sandbox;
let client: CoreTodayClient;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());
beforeEach(() => (client = new CoreTodayClient(sandbox)));

const text = JSON.stringify({ prompt: 'Make it night' });

describe('an input image', () => {
	it('by URL is fetched', async () => {
		const { result } = await client.finished();
		await client.finished({ input_images: [String(result)] });
		expect(client.records().at(-1)?.files).toEqual([
			{
				key: 'input_images[0]',
				way: 'url',
				url: result,
				type: 'image/webp',
				width: 1024,
				height: 1024,
				bytes: expect.any(Number),
			},
		]);
		const edited = await client.finished({ input_images: [String(result)] });
		const bytes = await download(String(edited.result));
		expect(bytes.equals(await download(String(result)))).toBe(false);
	});

	it('by multipart goes with the create call', async () => {
		const answer = await client.upload([
			['model', GPT_IMAGE_2],
			['input', text],
			['is_public', 'true'],
			['output_folder', 'a/b'],
			['file:input_images', await picture(40, 30)],
		]);
		await json<Json>(answer, 200);
		const [record] = client.records();
		expect(record).toMatchObject({
			isPublic: true,
			outputFolder: 'a/b',
			input: { prompt: 'Make it night', input_images: [expect.any(String)] },
			files: [{ key: 'input_images[0]', way: 'multipart', width: 40, height: 30 }],
		});
	});

	it.each([
		['openai/gpt-image-2', 'input_images'],
		['sandbox/any-model', 'images'],
	])('makes a list on %s when the key comes again', async (model, key) => {
		const answer = await client.upload([
			[`file:${key}`, await picture(40, 30)],
			['input', text],
			['model', model],
			[`file:${key}`, await picture(20, 10)],
		]);
		await json<Json>(answer, 200);
		const files = client.records()[0]?.files ?? [];
		expect(files.map(({ key: name, width }) => [name, width])).toEqual([
			[`${key}[0]`, 40],
			[`${key}[1]`, 20],
		]);
	});

	it('is one value on a model that wants one', async () => {
		const parts = [
			['model', 'sandbox/any-model'],
			['input', text],
			['file:image', await picture(400, 300)],
		] as const;
		const id = idOf(await json<Json>(await client.upload([...parts]), 200));
		sandbox.coreToday.finishPrediction(id);
		expect(client.records()[0]).toMatchObject({
			input: { image: expect.any(String) },
			files: [{ key: 'image', way: 'multipart' }],
		});
	});

	it('through the storage is uploaded first', async () => {
		const url = await client.store(await picture(64, 64));
		await client.finished({ input_images: [url, url] });
		const files = client.records()[0]?.files ?? [];
		expect(files.map(({ way, width }) => [way, width])).toEqual([
			['storage', 64],
			['storage', 64],
		]);
	});

	it.each([
		['no picture', Buffer.from('hello'), /input_images\[0\] is not a JPEG, PNG or WebP/],
		['an empty file', Buffer.alloc(0), /file:input_images: the file is empty/],
	])('is refused when it is %s', async (_name, bytes, message) => {
		const answer = await client.upload([
			['model', GPT_IMAGE_2],
			['input', text],
			['file:input_images', bytes],
		]);
		expect((await json<{ error: Json }>(answer, 400)).error.message).toMatch(message);
		expect(sandbox.coreToday.ledger(client.key).credits).toBe(10_000);
	});
});

describe('a multipart create is refused', () => {
	it.each<[string, Array<readonly [string, string]>, RegExp]>([
		['input that is no JSON', [['input', 'A cat']], /input must be a JSON string/],
		[
			'an unknown field',
			[
				['input', text],
				['size', '1'],
			],
			/Unknown parameter: size/,
		],
		['no input', [], /input is required/],
		['input that is a list', [['input', '[]']], /input:/],
		[
			'is_public in other words',
			[
				['input', text],
				['is_public', 'yes'],
			],
			/is_public:/,
		],
	])('%s', async (_name, parts, message) => {
		const answer = await client.upload([['model', GPT_IMAGE_2], ...parts]);
		expect((await json<{ error: Json }>(answer, 400)).error.message).toMatch(message);
	});

	it('a file without "file:"', async () => {
		const answer = await client.upload([
			['model', GPT_IMAGE_2],
			['input', text],
			['input_images', await picture(4, 4)],
		]);
		const { error } = await json<{ error: Json }>(answer, 400);
		expect(error.message).toMatch(/must be named "file:"/);
	});

	it('JSON', async () => {
		expect((await client.post('/predictions/upload', {})).status).toBe(415);
	});
});

describe('the storage', () => {
	const target = async () =>
		await client.uploadTarget({
			filename: 'my picture.png',
			folder: 'a/b',
			metadata: { from: 'test' },
		});

	it('has nothing at the address before the upload, and the file after it', async () => {
		const { upload_url: url, upload_fields: fields, file_url: address } = await target();
		expect((await fetch(address)).status).toBe(404);
		expect(fields.key).toMatch(/^a\/b\/\w+\/my picture\.png$/);
		const bytes = await picture(8, 8);
		const answer = await client.form(url, [...Object.entries(fields), ['file', bytes]]);
		expect(answer.status).toBe(204);
		expect((await download(address)).equals(bytes)).toBe(true);
	});

	it.each(['key', 'policy', 'x-amz-signature', 'Content-Type'])(
		'wants the field %s',
		async (name) => {
			const { upload_url: url, upload_fields: fields } = await target();
			const others = Object.entries(fields).filter(([one]) => one !== name);
			const answer = await client.form(url, [...others, ['file', await picture(8, 8)]]);
			expect(answer.status).toBe(403);
			expect(await answer.text()).toContain('<Code>AccessDenied</Code>');
		},
	);

	it('wants the file last, in the field "file", and nothing else', async () => {
		const { upload_url: url, upload_fields: fields } = await target();
		const [first, ...others] = Object.entries(fields);
		const bytes = await picture(8, 8);
		if (!first) throw new Error('There are no fields.');
		const sent = [
			[...others, ['file', bytes] as const, first],
			[first, ...others, ['picture', bytes] as const],
			[first, ...others, ['colour', 'red'] as const, ['file', bytes] as const],
			[first, ...others],
			[first, ...others.map(([name]) => [name, 'changed'] as const), ['file', bytes] as const],
		];
		for (const parts of sent) expect((await client.form(url, parts)).status).toBe(403);
	});

	it.each([
		[{}, /filename is required/],
		[{ filename: 'a/b.png' }, /filename:/],
		[{ filename: 'a.png', folder: '../x' }, /folder: must not contain/],
		[{ filename: 'a.png', size: 1 }, /Unknown parameter: size/],
	])('gives no address for %j', async (body, message) => {
		const answer = await client.post('/files/upload-url', body);
		expect((await json<{ error: Json }>(answer, 400)).error.message).toMatch(message);
	});
});
