// The file store: uploads, links that last, and the page that lists them.
import { Agent, request } from 'node:http';
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { download, json } from '../support';
import { jpeg, type Refusal, StreetClient } from './support';

interface FileJson {
	id: string;
	name: string;
	mime_type: string;
	size: number;
	url: string;
}

let sandbox: Sandbox;
let client: StreetClient;
let picture: Buffer;

beforeAll(async () => {
	sandbox = await startSandbox();
	client = new StreetClient(`${sandbox.street.filesUrl}/v1`, 'sandbox-files-token');
	picture = await jpeg(64, 48);
});
afterAll(async () => await sandbox.close());

const store = async (name: string, texts: Record<string, string> = {}) =>
	await json<FileJson>(await client.upload('/files', ['file', picture, name], texts), 201);

it('gives a file a link that needs no token', async () => {
	const file = await store('harbour.jpg');
	expect(file).toMatchObject({
		name: 'harbour.jpg',
		mime_type: 'image/jpeg',
		size: picture.length,
	});
	expect((await download(file.url)).equals(picture)).toBe(true);
	expect(await json(await client.get(`/files/${file.id}`), 200)).toEqual(file);
});

it("offers a sheet of forty rows that is nobody's file", async () => {
	const { files: before } = await json<{ files: FileJson[] }>(await client.get('/files'), 200);
	const response = await fetch(`${sandbox.street.filesUrl}/samples/campaign.csv`);
	expect(response.headers.get('content-disposition')).toBe('attachment; filename="campaign.csv"');
	const [heading, ...rows] = (await response.text()).trim().split('\n');
	expect(heading).toBe('name,idea,audience');
	expect(new Set(rows.map((row) => row.split(',')[0])).size).toBe(40);
	expect(await json(await client.get('/files'), 200)).toEqual({ files: before });
});

it('overwrites nothing', async () => {
	const first = await store('boat.jpg');
	const second = await store('other.jpg', { name: 'boat.jpg' });
	expect(second.name).toBe('boat (2).jpg');
	expect((await store('../boat.jpg')).name).toBe('boat (3).jpg');
	for (const { url } of [first, second]) expect((await fetch(url)).status).toBe(200);
});

it('keeps names in any language', async () => {
	const { name, url } = await store('바다의 등대.jpg');
	expect(name).toBe('바다의 등대.jpg');
	expect((await fetch(url)).status).toBe(200);
});

it('refuses what it can’t store', async () => {
	const empty = await client.upload('/files', ['file', Buffer.alloc(0), 'a.jpg']);
	expect((await json<Refusal>(empty, 400)).error.code).toBe('empty_file');
	const large = await client.upload('/files', ['file', Buffer.alloc(51 * 1024 * 1024), 'a.bin']);
	expect((await json<Refusal>(large, 413)).error.code).toBe('too_large');
	const strange = await client.upload('/files', ['file', picture, 'a.jpg'], { folder: 'x' });
	expect((await json<Refusal>(strange, 400)).error.code).toBe('unknown_field');
	expect((await new StreetClient(`${sandbox.street.filesUrl}/v1`, 'x').get('/files')).status).toBe(
		401,
	);
});

it('tells whoever has the wrong token so, also in the middle of a large upload', async () => {
	// As n8n's, which keeps its connections.
	const agent = new Agent({ keepAlive: true });
	const upload = async () =>
		await new Promise<number | undefined>((resolve, reject) => {
			const headers = {
				authorization: 'Bearer x',
				'content-type': 'multipart/form-data; boundary=x',
			};
			const url = `${sandbox.street.filesUrl}/v1/files`;
			const sending = request(url, { method: 'POST', headers, agent }, (answer) => {
				answer.resume().once('end', () => resolve(answer.statusCode));
			});
			sending.once('error', reject).end(Buffer.alloc(60 * 1024 * 1024));
		});
	for (let tries = 0; tries < 5; tries++) expect(await upload()).toBe(401);
	agent.destroy();
});

it('lists what it has, in its API and on its page', async () => {
	const kept = await store('kept.jpg');
	const gone = await store('gone.jpg');
	expect((await client.send('DELETE', `/files/${gone.id}`)).status).toBe(204);
	expect((await fetch(gone.url)).status).toBe(404);
	const { files } = await json<{ files: FileJson[] }>(await client.get('/files'), 200);
	expect(files[0]).toEqual(kept);
	expect(files).not.toContainEqual(gone);
	const page = await (await fetch(sandbox.street.filesUrl)).text();
	expect(page).toContain('kept.jpg');
	expect(page).not.toContain('gone.jpg');
});
