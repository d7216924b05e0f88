// Three ways to upload a file.
import { fetch, FormData } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { download, json, photo } from '../support';
import { Client } from './support';

let sandbox: Sandbox;
let client: Client;
let image: Buffer;

interface Uploaded {
	success: boolean;
	code: number;
	data: Record<'file_id' | 'file_name' | 'file_url' | 'download_url' | 'expires_at', string> & {
		file_size: number;
		mime_type: string;
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

describe.each<[string, () => Promise<Awaited<ReturnType<typeof stream>>>]>([
	['base64', async () => await client.uploadJson('base64', base64('photo.png'))],
	[
		'a data URL',
		async () => {
			const base64_data = `data:image/webp;base64,${image.toString('base64')}`;
			return await client.uploadJson('base64', { base64_data, file_name: 'photo.png' });
		},
	],
	['a stream', async () => await stream(formWith('file'))],
	[
		'a URL',
		async () => {
			const file_url = await client.upload(image, 'photo.png');
			return await client.uploadJson('url', { file_url });
		},
	],
])('uploading %s', (_name, upload) => {
	it('keeps the file and tells its type by its content', async () => {
		const { success, code, data } = await json<Uploaded>(await upload(), 200);
		expect({ success, code }).toEqual({ success: true, code: 200 });
		expect(data).toMatchObject({
			file_name: 'photo.png',
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

it.each<[string, 'base64' | 'url', object, string]>([
	['nothing', 'base64', {}, 'base64_data'],
	['what is no base64', 'base64', { base64_data: 'ä#' }, 'base64_data'],
	['a parameter nobody knows', 'base64', { base64_data: 'AAAA', name: 'x' }, 'name'],
	['a path upwards', 'base64', { base64_data: 'AAAA', upload_path: '../x' }, 'upload_path'],
	['a URL that leads nowhere', 'url', { file_url: 'http://127.0.0.1:9/' }, 'file_url'],
])('refuses %s', async (_name, way, body, param) => {
	const refused = await json<Refused>(await client.uploadJson(way, body), 400);
	expect(refused).toEqual({ success: false, code: 400, msg: expect.stringContaining(param) });
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
