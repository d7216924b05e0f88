// npm start in the states that it meets: for the first time, then with examples edited and deleted, a key of the
// person's own, another password, another window, other files of ours, a check that fails. It always ends in a running
// editor.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { barePath, freePort, Person, type Started, startIn } from './support/first-start';
import { settings } from './support/settings';

interface Workflow {
	id: string;
	name: string;
	active: boolean;
	versionId: string;
	nodes: Array<{ name: string; parameters: Record<string, unknown> }>;
	tags?: Array<{ name: string }>;
}

const FIRST = 'imagegenFirst';
const DELETED = 'imagegenReceive';
const CALLS_BACK = 'imagegenOrder';
const TABLE = 'Post topics';
const CREDENTIAL = 'evolinkSandbox';
const login = settings.owner;
/** What the person signs in with instead. */
const another = 'My-own-Words-2';
const ownPrompt = 'My own prompt';

const folder = mkdtempSync(join(tmpdir(), 'imagegen-start-'));
const path = barePath(folder);
/** Stands in for the real provider, to which the person's own key belongs. It must never be asked. */
const realProvider = createServer((_request, response) => {
	asked++;
	response.writeHead(401).end('{}');
});
let asked = 0;
let started: Started;
let n8n = '';
let sandbox = '';

const url = (): string => `http://127.0.0.1:${n8n}`;
const importedFile = join(folder, 'n8n', 'imported.json');
const inImages = (name: string): string => join(folder, 'images', name);

interface Imported {
	workflows: Record<string, string>;
}

const readImported = (): Imported => JSON.parse(readFileSync(importedFile, 'utf8')) as Imported;

async function again(): Promise<void> {
	expect(await started.end()).toBe(0);
	rmSync(inImages(''), { recursive: true, force: true });
	started = await startIn(folder, { n8n, sandbox, path });
}

async function person(password: string): Promise<Person> {
	const one = new Person(url());
	await one.signIn(login.email, password);
	return one;
}

async function listed(one: Person): Promise<Workflow[]> {
	const filter = encodeURIComponent('{"isArchived":false}');
	// As the editor sorts them.
	return await one.get<Workflow[]>(`/workflows?filter=${filter}&sortBy=updatedAt:desc`);
}

/** The examples whose files say that they are published. */
const toPublish = readdirSync('examples')
	.filter((file) => file.endsWith('.json'))
	.map((file) => JSON.parse(readFileSync(join('examples', file), 'utf8')) as Workflow)
	.flatMap(({ id, active }) => (active ? [id] : []))
	.sort();

const published = (workflows: Workflow[]): string[] =>
	workflows.flatMap(({ id, active }) => (active ? [id] : [])).sort();

const promptOf = ({ nodes }: Workflow): unknown =>
	nodes.find(({ name }) => name === 'Make an image')?.parameters.prompt;

beforeAll(async () => {
	await new Promise<void>((resolve) => realProvider.listen(0, '127.0.0.1', resolve));
	[n8n, sandbox] = [freePort(), freePort()];
	started = await startIn(folder, { n8n, sandbox, path });
});

afterAll(async () => {
	await started.end();
	realProvider.close();
	rmSync(folder, { recursive: true, force: true });
});

describe('the first time', () => {
	test('it prints where to look, and what n8n has drawn', async () => {
		const { words } = started;
		expect(words).toContain(`${url()}/workflow/${FIRST}`);
		expect(words).toContain(`http://127.0.0.1:${sandbox}`);
		for (const word of [login.email, login.password]) expect(words).toContain(word);
		expect(words).toContain('failures: 0');
		expect(words).toContain(inImages('first-image-1.png'));
		const image = sharp(readFileSync(inImages('first-image-1.png')));
		expect((await image.metadata()).format).toBe('png');
		const page = await fetch(`http://127.0.0.1:${sandbox}`);
		expect(page.headers.get('content-type')).toContain('text/html');
	});

	test('the Data Tables of the examples are there', async () => {
		const owner = await person(login.password);
		const { id } = await owner.get<{ id: string }>('/projects/personal');
		const tables = await owner.get<{ data: Array<{ name: string }> }>(
			`/projects/${id}/data-tables`,
		);
		expect(tables.data.map(({ name }) => name)).toContain(TABLE);
		expect(readFileSync(importedFile, 'utf8')).toContain(TABLE);
	});

	test('without GraphicsMagick it notes how to install it', () => {
		const notes = started.words.slice(started.words.indexOf('\nNote'));
		expect(notes).toMatch(/Edit Image needs GraphicsMagick.*To install it: \S+/);
		expect(started.words.indexOf('\nNote')).toBeGreaterThan(started.words.indexOf(url()));
	});

	test('the examples stand in order, each under a tag', async () => {
		const workflows = await listed(await person(login.password));
		expect(workflows[0]?.name).toBe('1 First image');
		expect(workflows.map(({ name }) => Number.parseInt(name, 10))).toEqual(
			workflows.map((_workflow, place) => place + 1),
		);
		const tags = workflows.map((workflow) => workflow.tags?.map(({ name }) => name).join() ?? '');
		expect(tags[0]).toBe('Stories');
		expect(tags.at(-1)).toBe('Ways of waiting');
		expect(tags).toEqual([...tags].sort());
		expect(published(workflows)).toEqual(toPublish);
	});

	test('the CRM knows the address of its example: a deal that asks for a picture gets one', async () => {
		const deal = `http://127.0.0.1:${sandbox}/street/crm/v1/deals/1002`;
		const headers = {
			authorization: 'Bearer sandbox-crm-token',
			'content-type': 'application/json',
		};
		const body = JSON.stringify({ stage: 'picture wanted' });
		expect((await fetch(deal, { method: 'PATCH', headers, body })).status).toBe(200);
		let notes: Array<{ text: string }> = [];
		while (notes.length === 0) {
			await sleep(250);
			({ notes } = (await (await fetch(deal, { headers })).json()) as { notes: typeof notes });
		}
		expect(notes[0]!.text).toContain(`New picture: http://127.0.0.1:${sandbox}/street/files/`);
	});
});

describe('after a person has made it their own', () => {
	beforeAll(async () => {
		// As if the table had come with a newer version.
		writeFileSync(importedFile, JSON.stringify({ ...readImported(), tables: [] }));
		const owner = await person(login.password);
		const first = await owner.get<Workflow>(`/workflows/${FIRST}`);
		const nodes = first.nodes.map((node) =>
			node.name === 'Make an image'
				? { ...node, parameters: { ...node.parameters, prompt: ownPrompt } }
				: node,
		);
		await owner.send('PATCH', `/workflows/${FIRST}`, { nodes, versionId: first.versionId });
		const { port } = realProvider.address() as AddressInfo;
		const baseUrl = `http://127.0.0.1:${port}`;
		await owner.send('PATCH', `/credentials/${CREDENTIAL}`, {
			name: 'My EvoLink',
			type: 'evoLinkApi',
			data: { apiKey: 'a-wrong-key-of-mine', baseUrl, filesBaseUrl: baseUrl },
		});
		await owner.deleteWorkflow(DELETED);
		await owner.send('PATCH', '/me/password', {
			currentPassword: login.password,
			newPassword: another,
		});
		await again();
	});

	test('the editor runs, the password stays, and a note says so', async () => {
		expect((await fetch(`${url()}/healthz`)).status).toBe(200);
		await person(another);
		const address = started.words.indexOf(`Open in your browser:  ${url()}`);
		const note = started.words.indexOf('no longer has the login');
		expect(address).toBeGreaterThan(0);
		expect(note).toBeGreaterThan(address);
		expect(started.words).not.toContain('Password:');
		expect(started.words).toContain('failures: 0');
	});

	test('a Data Table that only they can make is told of', () => {
		expect(started.words).toMatch(/Data Table “Post topics”.*Import CSV.*post-topics\.csv/);
	});

	test('the image is made all the same, and not with the person’s key', async () => {
		const image = sharp(readFileSync(inImages('first-image-1.png')));
		expect((await image.metadata()).format).toBe('png');
		expect(asked).toBe(0);
	});

	test('what was edited stays edited, and what was deleted stays deleted', async () => {
		const owner = await person(another);
		const workflows = await listed(owner);
		expect(workflows.map(({ id }) => id)).not.toContain(DELETED);
		expect(promptOf(await owner.get<Workflow>(`/workflows/${FIRST}`))).toBe(ownPrompt);
		const { name } = await owner.get<{ name: string }>(`/credentials/${CREDENTIAL}`);
		expect(name).toBe('My EvoLink');
	});

	test('a second window tells where the first one is', async () => {
		const second = await startIn(folder, { n8n: freePort(), sandbox, path });
		expect(await second.end()).toBe(0);
		expect(second.words).toContain('It already runs in another window.');
		expect(second.words).toContain(url());
		expect((await fetch(`${url()}/healthz`)).status).toBe(200);
	});

	test('a port that is taken moves n8n, and new files of ours come in, but over nothing of theirs', async () => {
		const before = n8n;
		expect(await started.end()).toBe(0);
		const inTheWay = createServer();
		await new Promise<void>((resolve) => inTheWay.listen(Number(before), '127.0.0.1', resolve));
		started = await startIn(folder, { n8n, sandbox, path });
		inTheWay.close();
		n8n = /^Open in your browser: +http:\/\/127\.0\.0\.1:(\d+)/m.exec(started.words)?.[1] ?? '';
		expect(started.words).toContain(`uses port ${before}, so n8n is at port ${n8n} this time.`);
		const owner = await person(another);
		const order = JSON.stringify(await owner.get<Workflow>(`/workflows/${CALLS_BACK}`));
		expect(order).toContain(`127.0.0.1:${n8n}/webhook/`);
		expect(order).not.toContain(`127.0.0.1:${before}/`);
		expect(promptOf(await owner.get<Workflow>(`/workflows/${FIRST}`))).toBe(ownPrompt);
		const workflows = await listed(owner);
		expect(workflows.map(({ id }) => id)).not.toContain(DELETED);
		expect(published(workflows)).toEqual(toPublish.filter((id) => id !== DELETED));
		expect(asked).toBe(0);
	});
});

describe('when the first example was deleted, and no image can be made', () => {
	beforeAll(async () => {
		const owner = await person(another);
		await owner.deleteWorkflow(FIRST);
		await owner.send('PATCH', '/me/password', {
			currentPassword: another,
			newPassword: login.password,
		});
		expect(await started.end()).toBe(0);
		// As if a newer version had another first example.
		const imported = readImported();
		const workflows = { ...imported.workflows, [FIRST]: 'of the version before' };
		writeFileSync(importedFile, JSON.stringify({ ...imported, source: '', workflows }));
		const database = join(folder, 'n8n-check', '.n8n', 'database.sqlite');
		for (const suffix of ['-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
		writeFileSync(database, 'Not a database. '.repeat(1000));
		await again();
	});

	test('the editor runs, and its address is the list of workflows', async () => {
		expect((await fetch(`${url()}/healthz`)).status).toBe(200);
		expect(started.words).toMatch(
			new RegExp(`^Open in your browser: +${url()}/home/workflows$`, 'm'),
		);
		expect(started.words).toContain(login.password);
	});

	test('below the address, a note says what failed and why', () => {
		const address = started.words.indexOf('Open in your browser:');
		const notes = started.words.slice(started.words.indexOf('\nNote'));
		expect(started.words.indexOf(notes)).toBeGreaterThan(address);
		expect(notes).toMatch(
			/• The image that was to show that everything works was not made\. [^•]*not a database/,
		);
		expect(notes).toContain('failures: 1');
		expect(started.words).not.toContain('have made this image');
		expect(existsSync(inImages(''))).toBe(false);
	});

	test('the first example stays deleted', async () => {
		const workflows = await listed(await person(login.password));
		expect(workflows.map(({ id }) => id)).not.toContain(FIRST);
		expect(published(workflows)).toEqual(toPublish.filter((id) => id !== DELETED));
	});
});
