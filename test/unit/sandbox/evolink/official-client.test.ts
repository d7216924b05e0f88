// EvoLink's official MCP server against the sandbox: every call that it makes is taken, and every field that it reads is there.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import type { Faults } from '../../../../sandbox/faults/faults';
import { download, halfMask, photo } from '../support';
import { McpServer, type Told } from './mcp-server';
import { Client } from './support';

let sandbox: Sandbox;
let folder: string;
let client: Client;
let server: McpServer;
const servers: McpServer[] = [];

beforeAll(async () => {
	sandbox = await startSandbox({ pace: 3600 });
	folder = await mkdtemp(join(tmpdir(), 'official-client-'));
	client = new Client(sandbox);
	server = await startServer(client.key);
});
afterEach(() => sandbox.evolink.setFaults(client.key, {}));
afterAll(async () => {
	for (const each of servers) each.stop();
	await sandbox.close();
	await rm(folder, { recursive: true });
});

/** It reads its key when it starts. */
async function startServer(key: string): Promise<McpServer> {
	const started = new McpServer(sandbox, key);
	servers.push(started);
	return await started.start();
}

function lastTask() {
	const task = sandbox.evolink.tasks(client.key).at(-1);
	if (!task) throw new Error('There is no task.');
	return task;
}

async function finished(parameters: object): Promise<Told> {
	await server.call('generate_image', { ...parameters });
	const { id } = lastTask();
	sandbox.evolink.finishTask(id);
	return await server.call('check_task', { task_id: id });
}

function valueOf({ text }: Told, name: string): string {
	const line = text.split('\n').find((each) => each.trim().startsWith(`${name}: `));
	return String(line?.trim().slice(name.length + 2));
}

/** A field that isn't there is written like this. */
const MISSING = /undefined|NaN|null/;

describe('images and tasks', () => {
	it('makes a picture with no more than a prompt, and shows its link', async () => {
		const told = await server.call('generate_image', { prompt: 'A quiet harbour' });
		expect(told).toMatchObject({ failed: false, text: expect.not.stringMatching(MISSING) });
		expect(told.text).toContain('Estimated cost: 1.4144 credits (per_call)');
		expect(valueOf(told, 'Estimated time')).toBe('~3600s');
		const { id } = lastTask();
		expect(lastTask()).toMatchObject({
			id: valueOf(told, 'Task ID'),
			model: 'gpt-image-1.5',
			n: 1,
		});

		const open = await server.call('check_task', { task_id: id });
		expect(valueOf(open, 'Status')).toMatch(/^(pending|processing)$/);
		expect(open.text).toContain('Call check_task again');
		sandbox.evolink.finishTask(id);
		const done = await server.call('check_task', { task_id: id });
		expect(done).toMatchObject({ failed: false, text: expect.not.stringMatching(MISSING) });
		expect([valueOf(done, 'Status'), valueOf(done, 'Progress')]).toEqual(['completed', '100%']);
		const link = /\[1\] (\S+)/.exec(done.text)?.[1];
		expect(valueOf(done, 'Image')).toBe(link);
		expect((await download(link)).length).toBeGreaterThan(1000);
	});

	it.each(['gpt-image-1', 'gpt-4o-image', 'z-image-turbo', 'nano-banana-2-lite'])(
		'makes two pictures with %s',
		async (model) => {
			const size = model.startsWith('gpt') ? '1024x1536' : '9:16';
			const done = await finished({ prompt: 'A boat', model, size, n: 2 });
			expect(done).toMatchObject({ failed: false, text: expect.not.stringMatching(MISSING) });
			expect(lastTask()).toMatchObject({ model, n: 2 });
			expect(done.text).toMatch(/\[2\] http/);
		},
	);

	it('edits what it uploaded, through a mask', async () => {
		const upload = async (bytes: Buffer) =>
			valueOf(
				await server.call('upload_file', { base64_data: bytes.toString('base64') }),
				'File URL',
			);
		const image = await upload(await (await photo(64, 48)).png().toBuffer());
		const mask = await upload(await halfMask(64, 48));
		const told = await server.call('generate_image', {
			prompt: 'A window',
			model: 'gpt-4o-image',
			image_urls: [image],
			mask_url: mask,
		});
		expect(told.failed).toBe(false);
		expect(lastTask()).toMatchObject({ imageUrls: [image], maskUrl: mask });
	});

	it.each([
		['content_policy_violation', 'No', 'refused by the content policy'],
		['image_dimension_mismatch', 'No', 'does not have the requested ratio'],
		['resource_exhausted', 'Yes', 'have no room'],
		['a_new_code', 'Yes', 'a_new_code'],
	])('understands that a task failed with %s', async (code, retryable, message) => {
		const told = await finished({ prompt: `A fight [sandbox: fail=${code}]` });
		expect(valueOf(told, 'Status')).toBe('failed');
		expect(valueOf(told, 'Error code')).toBe(code);
		expect(valueOf(told, 'Message')).toContain(message);
		expect(valueOf(told, 'Retryable')).toMatch(new RegExp(`^${retryable}`));
		expect(told.text).not.toMatch(MISSING);
	});
});

describe('files', () => {
	let image: Buffer;
	beforeAll(async () => (image = await (await photo(40, 30)).webp().toBuffer()));

	it.each<[string, () => Promise<Record<string, unknown>>, string]>([
		[
			'of this machine',
			async () => {
				const path = join(folder, '한글 사진.webp');
				await writeFile(path, image);
				return { file_path: path, upload_path: 'trip', file_name: 'mine.webp' };
			},
			'한글 사진.webp',
		],
		[
			'as base64',
			async () => ({ base64_data: image.toString('base64'), file_name: 'mine.webp' }),
			'mine.webp',
		],
		[
			'as a data URL',
			async () => ({ base64_data: `data:image/webp;base64,${image.toString('base64')}` }),
			'',
		],
		[
			'by their address',
			async () => ({ file_url: await new Client(sandbox).upload(image, 'theirs.webp') }),
			'theirs.webp',
		],
	])('%s are uploaded', async (_name, parametersOf, originalName) => {
		const told = await server.call('upload_file', await parametersOf());
		expect(told).toMatchObject({ failed: false, text: expect.not.stringMatching(MISSING) });
		expect(valueOf(told, 'File Name')).toContain(originalName);
		expect(valueOf(told, 'Type')).toBe('image/webp');
		expect(Date.parse(valueOf(told, 'Expires'))).toBeGreaterThan(Date.now());
		for (const name of ['File URL', 'Download URL']) {
			expect((await download(valueOf(told, name))).equals(image)).toBe(true);
		}
	});

	it('are listed with what is left of the quota, and deleted', async () => {
		const used = await filesUsed();
		sandbox.evolink.addKey({ key: client.key, maxFiles: used + 3 });
		const base64_data = image.toString('base64');
		const first = await server.call('upload_file', { base64_data, file_name: 'one.webp' });
		await server.call('upload_file', { base64_data, file_name: 'two.webp' });
		const listed = await server.call('list_files', { page_size: 1 });
		expect(listed.text).toContain(
			`Quota: ${used + 2}/${used + 3} files used, 1 remaining [default]`,
		);
		expect(listed.text).toContain(`Files (page 1, total: ${used + 2}):`);
		expect(listed.text).toContain('  - two.webp (');
		expect(listed).toMatchObject({ failed: false, text: expect.not.stringMatching(MISSING) });
		const id = valueOf(first, 'File ID');
		expect(await server.call('delete_file', { file_id: id })).toMatchObject({ failed: false });
		expect(await filesUsed()).toBe(used + 1);
		expect(await server.call('delete_file', { file_id: id })).toEqual({
			failed: true,
			text: `File API error (404): There is no file "${id}".`,
		});
	});

	it.each<[string, Faults, string]>([
		[
			'an error under HTTP 200',
			{ upload: { status: 200, odd: 'refused-200' } },
			'File API error (400): The file is not an image.',
		],
		[
			'a number of its own under HTTP 200',
			{ upload: { status: 200, odd: 'quota-200' } },
			'File API error (40003): The quota',
		],
		['a server error', { upload: { status: 500 } }, 'File API error (500): An internal'],
	])('are refused with %s', async (_name, faults, words) => {
		sandbox.evolink.setFaults(client.key, faults);
		const told = await server.call('upload_file', { base64_data: image.toString('base64') });
		expect(told).toEqual({ failed: true, text: expect.stringContaining(words) });
	});

	it('are refused beyond the quota, and where they are no pictures', async () => {
		const text = { base64_data: 'TW9pbg==', file_name: 'a.png' };
		expect((await server.call('upload_file', text)).text).toContain('File API error (40002): ');
		sandbox.evolink.addKey({ key: client.key, maxFiles: await filesUsed() });
		const told = await server.call('upload_file', { base64_data: image.toString('base64') });
		expect(told.text).toContain('File API error (40003): The quota');
		sandbox.evolink.addKey({ key: client.key, maxFiles: 100 });
	});

	it('are uploaded by its second try when the host was busy', async () => {
		sandbox.evolink.setFaults(client.key, { upload: { status: 503, times: 1 } });
		const told = await server.call('upload_file', { base64_data: image.toString('base64') });
		expect(told.failed).toBe(false);
	});

	async function filesUsed(): Promise<number> {
		const { text } = await server.call('list_files');
		return Number(/^Quota: (\d+)\//.exec(text)?.[1]);
	}
});

describe('refusals', () => {
	it.each<[string, Faults, string]>([
		[
			"a key's own limit",
			{ create: { status: 402, code: 'key_quota_exhausted' } },
			"[402] This API key's spending limit is used up.",
		],
		[
			'a model that nobody serves',
			{ create: { status: 400, code: 'model_unavailable' } },
			'[400] This model is unavailable at the moment.\nSuggestion: Use gpt-image-2.5.\nHint: This model is currently unavailable.',
		],
		[
			'refused content',
			{ create: { status: 400, code: 'content_policy_violation' } },
			'[400] The prompt was blocked by the safety filters.\nHint: Prompt triggered content safety review.',
		],
		[
			'a key that was used for another body',
			{ create: { status: 409, code: 'idempotency_conflict' } },
			'[409] This Idempotency-Key was used for a request with another body.',
		],
		['a broken server', { create: { status: 500 } }, '[500] An internal error occurred.'],
	])('tell %s', async (_name, faults, words) => {
		sandbox.evolink.setFaults(client.key, faults);
		const before = sandbox.evolink.tasks(client.key).length;
		const told = await server.call('generate_image', { prompt: 'A boat' });
		expect(told).toEqual({ failed: true, text: expect.stringContaining(words) });
		expect(sandbox.evolink.tasks(client.key)).toHaveLength(before);
	});

	it('tell an empty account', async () => {
		const poor = await startServer(sandbox.evolink.addKey({ credits: 1 }));
		const told = await poor.call('generate_image', { prompt: 'A boat' });
		expect(told.failed).toBe(true);
		expect(told.text).toContain('[402] The balance does not cover this request.');
		expect(told.text).toContain('Hint: Insufficient account balance.');
	});

	it('tell a wrong key, at both hosts', async () => {
		const stranger = await startServer('nobody');
		for (const [tool, parameters, words] of [
			['generate_image', { prompt: 'A boat' }, '[401] The API key is not valid.'],
			['check_task', { task_id: 'task-1' }, '[401] The API key is not valid.'],
			['upload_file', { base64_data: 'AAAA' }, 'File API error (401): The API key'],
			['list_files', {}, 'File API error (401): The API key'],
			['delete_file', { file_id: 'file_1' }, 'File API error (401): The API key'],
		] as const) {
			const told = await stranger.call(tool, parameters);
			expect(told).toEqual({ failed: true, text: expect.stringContaining(words) });
		}
	});

	it('tell an unknown task, and a size that the model lacks', async () => {
		expect(await server.call('check_task', { task_id: 'task-unknown' })).toEqual({
			failed: true,
			text: '[404] The task "task-unknown" does not exist.',
		});
		const told = await server.call('generate_image', { prompt: 'A boat', size: '512x512' });
		expect(told.text).toContain('[400] size must be one of');
	});

	it.each(['create', 'poll'] as const)('a busy %s is asked again', async (call) => {
		const { id } = await client.created({ prompt: 'A boat' });
		sandbox.evolink.setFaults(client.key, { [call]: { status: 429, times: 1 } });
		const told =
			call === 'create'
				? await server.call('generate_image', { prompt: 'A ship' })
				: await server.call('check_task', { task_id: id });
		expect(told.failed).toBe(false);
	});
});

describe('films and music', () => {
	const tools = { generate_video: 'Video', generate_music: 'Audio' };

	async function made(tool: keyof typeof tools, parameters: object) {
		const started = await server.call(tool, { ...parameters });
		expect(started).toMatchObject({ failed: false, text: expect.not.stringMatching(MISSING) });
		const task = lastTask();
		expect(task.id).toBe(valueOf(started, 'Task ID'));
		const open = await server.call('check_task', { task_id: task.id });
		expect(open.text).toContain('Call check_task again');
		sandbox.evolink.finishTask(task.id);
		const done = await server.call('check_task', { task_id: task.id });
		expect(done).toMatchObject({ failed: false, text: expect.not.stringMatching(MISSING) });
		const link = /\[1\] (\S+)/.exec(done.text)?.[1];
		expect(valueOf(done, tools[tool])).toBe(link);
		return { started, task, done, file: await download(link) };
	}

	it('a film comes out as an MP4 of its length and size', async () => {
		const { started, task, done, file } = await made('generate_video', {
			prompt: 'A boat leaves the harbour',
			duration: 4,
			quality: '480p',
			aspect_ratio: '9:16',
			generate_audio: true,
		});
		expect(started.text).toContain('Estimated cost: 2 credits (per_second)');
		expect(task).toMatchObject({ type: 'video', model: 'seedance-1.5-pro', size: '480x854' });
		expect(valueOf(done, 'Duration')).toBe('4s');
		expect(filmFacts(file)).toEqual({ seconds: 4, width: 480, height: 854, pictures: 4 });
	});

	it('a film takes its shape from an uploaded picture', async () => {
		const bytes = await (await photo(300, 200)).png().toBuffer();
		const image = await client.upload(bytes);
		const { task, file } = await made('generate_video', {
			prompt: 'The sky darkens',
			model: 'kling-o3-image-to-video',
			duration: 3,
			quality: '480p',
			aspect_ratio: 'adaptive',
			image_urls: [image],
		});
		expect(task.imageUrls).toEqual([image]);
		expect(filmFacts(file)).toMatchObject({ seconds: 3, width: 720, height: 480 });
	});

	it('a piece of music comes out as a WAV of its length', async () => {
		const { started, task, done, file } = await made('generate_music', {
			prompt: '[Verse] The boats come home',
			model: 'suno-v4.5',
			custom_mode: true,
			instrumental: false,
			title: 'Harbour',
			style: 'folk, calm',
			duration: 40,
			negative_tags: 'metal',
			vocal_gender: 'f',
		});
		expect(started.text).toContain('Estimated cost: 10 credits (per_call)');
		expect(task).toMatchObject({ type: 'audio', creditsCharged: 0, creditsReserved: 10 });
		expect(lastTask().creditsCharged).toBe(10);
		expect([valueOf(done, 'Title'), valueOf(done, 'Duration')]).toEqual(['Harbour', '40s']);
		expect(file.toString('latin1', 0, 16)).toMatch(/^RIFF....WAVEfmt /s);
		expect(file.length - 44).toBe(file.readUInt32LE(28) * 40);
	});

	it('an idea alone is enough for both', async () => {
		await made('generate_video', { prompt: 'Rain', duration: 4, quality: '480p' });
		const simple = { prompt: 'A calm song', custom_mode: false, instrumental: true };
		const { task } = await made('generate_music', simple);
		expect(task).toMatchObject({ model: 'suno-v4', n: 1 });
	});

	it.each([
		['generate_video', { duration: 15 }, 'duration must be between 4 and 12 seconds'],
		['generate_video', { quality: '4k' }, 'quality must be one of 480p, 720p, 1080p'],
		[
			'generate_video',
			{ image_urls: ['https://a.b/c', 'https://a.b/c', 'https://a.b/c'] },
			'at most 2',
		],
		['generate_music', { custom_mode: true }, 'style is required.'],
		['generate_music', { custom_mode: true, style: 'pop' }, 'title is required.'],
		['generate_music', { duration: 180 }, 'duration must be between 30 and 120 seconds'],
		['generate_music', { vocal_gender: 'm' }, 'vocal_gender goes only with custom_mode.'],
		['generate_music', { prompt: 'la '.repeat(200) }, 'prompt must have at most 500 characters.'],
	])('%s refuses %j', async (tool, change, words) => {
		const switches = tool === 'generate_music' ? { custom_mode: false, instrumental: false } : {};
		const before = sandbox.evolink.tasks(client.key).length;
		const told = await server.call(tool, { prompt: 'A boat', ...switches, ...change });
		expect(told).toEqual({ failed: true, text: expect.stringMatching(/^\[400\] /) });
		expect(told.text).toContain(words);
		expect(sandbox.evolink.tasks(client.key)).toHaveLength(before);
	});

	it('what fails is not charged', async () => {
		const before = sandbox.evolink.ledger(client.key).charged;
		await server.call('generate_video', { prompt: 'A fight [sandbox: fail=service_error]' });
		sandbox.evolink.finishTask(lastTask().id);
		const told = await server.call('check_task', { task_id: lastTask().id });
		expect(valueOf(told, 'Error code')).toBe('service_error');
		expect(sandbox.evolink.ledger(client.key).charged).toBe(before);
	});
});

/** What the head of an MP4 says of it. */
function filmFacts(file: Buffer) {
	expect(file.toString('latin1', 4, 12)).toBe('ftypisom');
	const at = (name: string) => file.indexOf(name, 0, 'latin1') + 4;
	const [timescale, duration] = [at('mvhd') + 12, at('mvhd') + 16].map((each) =>
		file.readUInt32BE(each),
	);
	const [width, height] = [at('tkhd') + 76, at('tkhd') + 80].map(
		(each) => file.readUInt32BE(each) >>> 16,
	);
	const pictures = file.readUInt32BE(at('stsz') + 8);
	let begin = file.readUInt32BE(at('stco') + 8);
	for (let index = 0; index < pictures; index++) {
		expect(file.readUInt16BE(begin)).toBe(JPEG_START);
		begin += file.readUInt32BE(at('stsz') + 12 + index * 4);
	}
	expect(begin).toBe(file.length);
	return { seconds: duration! / timescale!, width, height, pictures };
}

const JPEG_START = 0xffd8;

describe('models', () => {
	it.each(['image', 'video', 'music'])(
		'for %s are those that the sandbox serves',
		async (category) => {
			const { text } = await server.call('list_models', { category });
			const offered = [...text.matchAll(/^\*\*(.+?)\*\*/gm)].map(([, name]) => name);
			expect(offered.length).toBeGreaterThan(4);
			const { data } = (await (await client.get('/v1/models')).json()) as {
				data: Array<{ id: string }>;
			};
			expect(data.map(({ id }) => id)).toEqual(expect.arrayContaining(offered));
			const estimate = await server.call('estimate_cost', { model: 'gpt-image-1.5' });
			expect(estimate).toMatchObject({
				failed: false,
				text: expect.stringContaining('gpt-image-1.5'),
			});
			expect((await server.call('estimate_cost', { model: 'none' })).failed).toBe(true);
		},
	);

	it('and all tools are tried here', async () => {
		expect((await server.toolNames()).sort()).toEqual(
			[
				...['check_task', 'delete_file', 'estimate_cost', 'generate_image', 'list_files'],
				...['list_models', 'upload_file'],
				...['generate_music', 'generate_video'],
			].sort(),
		);
	});
});
