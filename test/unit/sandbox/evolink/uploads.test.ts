// Three ways to upload a file.
import { fetch, FormData, type Response } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { download, json, photo } from '../support';
import { Client } from './support';

let sandbox: Sandbox;
let client: Client;
let image: Buffer;

interface Uploaded {
	success: boolean;
	code: number;
	msg: string;
	data: Record<'file_id' | 'file_name' | 'original_name' | 'mime_type' | 'upload_path', string> &
		Record<'file_url' | 'download_url' | 'upload_time' | 'expires_at', string> & {
			file_size: number;
		};
}

interface Refused {
	success: boolean;
	code: number;
	msg: string;
}

beforeAll(async () => {
	sandbox = await startSandbox();
	client = new Client(sandbox);
	image = await (await photo(40, 30)).webp().toBuffer();
});
afterAll(async () => await sandbox.close());

async function stream(form: FormData, key = client.key) {
	return await fetch(`${sandbox.evolink.filesBaseUrl}/api/v1/files/upload/stream`, {
		method: 'POST',
		headers: { authorization: `Bearer ${key}` },
		body: form,
	});
}

function formWith(field: string): FormData {
	const form = new FormData();
	form.set('uploadPath', 'n8n/inputs');
	form.set(field, new Blob([new Uint8Array(image)]), 'photo.png');
	return form;
}

describe.each<[string, string | undefined, string, () => Promise<Response>]>([
	[
		'base64',
		'photo.png',
		'a/b',
		async () => await client.uploadJson('base64', base64('photo.png')),
	],
	[
		'a data URL',
		'photo.png',
		'images',
		async () => {
			const base64_data = `data:image/webp;base64,${image.toString('base64')}`;
			return await client.uploadJson('base64', { base64_data, file_name: 'photo.png' });
		},
	],
	['a stream', undefined, 'n8n/inputs', async () => await stream(formWith('file'))],
	[
		'a URL',
		undefined,
		'images',
		async () => {
			const file_url = await client.upload(image, 'photo.png');
			return await client.uploadJson('url', { file_url });
		},
	],
])('uploading %s', (_name, name, folder, upload) => {
	it('keeps the file and tells its type by its content', async () => {
		const { success, code, data } = await json<Uploaded>(await upload(), 200);
		expect({ success, code }).toEqual({ success: true, code: 200 });
		expect(data).toMatchObject({
			file_id: expect.stringMatching(/^file_\w+$/),
			file_name: name ?? expect.stringMatching(/^\w{24}\.webp$/),
			original_name: 'photo.png',
			upload_path: folder,
			file_size: image.length,
			mime_type: 'image/webp',
		});
		const hours = (Date.parse(data.expires_at) - Date.now()) / 3_600_000;
		expect(Math.round(hours)).toBe(72);
		expect((await download(data.file_url)).equals(image)).toBe(true);
		expect((await download(data.download_url)).equals(image)).toBe(true);
	});
});

function base64(name: string) {
	return { base64_data: image.toString('base64'), file_name: name, upload_path: 'a/b' };
}

it.each<[string, 'base64' | 'url', object, number, string]>([
	['nothing', 'base64', {}, 400, 'base64_data'],
	['what is no base64', 'base64', { base64_data: 'ä#' }, 400, 'base64_data'],
	['a parameter nobody knows', 'base64', { base64_data: 'AAAA', name: 'x' }, 400, 'name'],
	['a path upwards', 'base64', { base64_data: 'AAAA', upload_path: '../x' }, 400, 'upload_path'],
	['a text', 'base64', { base64_data: 'TW9pbg==', file_name: 'a.png' }, 40002, 'type'],
	['a URL that leads nowhere', 'url', { file_url: 'http://127.0.0.1:9/' }, 40004, 'file_url'],
])('refuses %s', async (_name, way, body, code, word) => {
	const refused = await json<Refused>(await client.uploadJson(way, body), 400);
	expect(refused).toEqual({ success: false, code, msg: expect.stringContaining(word) });
});

it.each([
	['uploadPath', 'fileName', 'before'],
	['upload_path', 'file_name', 'before'],
	['uploadPath', 'fileName', 'behind'],
] as const)('takes the form fields %s and %s %s the file', async (folder, name, place) => {
	const file = new Blob([new Uint8Array(image)]);
	const form = new FormData();
	if (place === 'behind') form.set('file', file, 'photo.png');
	form.set(folder, 'here');
	form.set(name, 'mine.webp');
	if (place === 'before') form.set('file', file, 'photo.png');
	const { data } = await json<Uploaded>(await stream(form), 200);
	expect(data).toMatchObject({ upload_path: 'here', file_name: 'mine.webp' });
});

it('puts a file in the place of another one of the same name', async () => {
	const own = new Client(sandbox);
	const first = await own.upload(image, 'same.webp');
	const other = await (await photo(8, 8)).png().toBuffer();
	const second = await own.upload(other, 'same.webp');
	expect(second).toBe(first);
	expect((await download(first)).equals(other)).toBe(true);
	expect(await client.upload(image, 'same.webp')).not.toBe(first);
});

it('keeps no more files than the key may have, and says how many there are', async () => {
	const own = new Client(sandbox, sandbox.evolink.addKey({ maxFiles: 2 }));
	await own.upload(image, 'one.webp');
	await own.upload(image, 'two.webp');
	const body = { base64_data: image.toString('base64') };
	const refused = await json<Refused>(await own.uploadJson('base64', body), 400);
	expect(refused).toMatchObject({ success: false, code: 40003 });
	const quota = await json<{ data: object }>(await own.files('GET', 'quota'), 200);
	expect(quota.data).toMatchObject({ used_files: 2, max_files: 2, remain_files: 0 });
});

it('lists files, the latest first, and deletes them', async () => {
	const own = new Client(sandbox);
	for (const name of ['one.webp', 'two.webp', 'three.webp']) await own.upload(image, name);
	interface List {
		data: { total: number; files: Array<Uploaded['data']> };
	}
	const { data } = await json<List>(await own.files('GET', 'list?page=2&pageSize=2'), 200);
	expect(data.total).toBe(3);
	expect(data.files.map(({ file_name }) => file_name)).toEqual(['one.webp']);
	const { file_id: id, file_url: url } = data.files[0]!;
	await json<Refused>(await client.files('DELETE', id), 404);
	expect(await json<object>(await own.files('DELETE', id), 200)).toMatchObject({ success: true });
	await json<Refused>(await own.files('DELETE', id), 404);
	expect((await fetch(url)).status).toBe(404);
});

it('refuses a form without the field "file"', async () => {
	const refused = await json<Refused>(await stream(formWith('image')), 400);
	expect(refused).toEqual({ success: false, code: 400, msg: 'file is required.' });
});

it('refuses an unknown key', async () => {
	const refused = await json<Refused>(await stream(formWith('file'), 'nobody'), 401);
	expect(refused).toMatchObject({ success: false, code: 401 });
});

it('refuses under HTTP 200, where it is told to', async () => {
	const key = sandbox.evolink.addKey({ faults: { upload: { status: 200, odd: 'refused-200' } } });
	expect(await json<Refused>(await stream(formWith('file'), key), 200)).toEqual({
		success: false,
		code: 400,
		msg: 'The file is not an image.',
	});
});

it('makes a file name harmless', async () => {
	const answer = await client.uploadJson('base64', base64('../../etc/고양이?.png'));
	expect((await json<Uploaded>(answer, 200)).data.file_name).toBe('고양이_.png');
});
