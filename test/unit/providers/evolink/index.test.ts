// What goes to EvoLink, route by route, and what comes back from the routes beside the tasks.
import type { ImageRequest } from '../../../../providers/contract';
import { createEvoLink } from '../../../../providers/evolink';
import type { FailureKind } from '../../../../providers/failure';
import { answerWith, failureOf, imageWith, requestWith } from '../support';

const API = 'https://api.evolink.ai';
const FILES = 'https://files-api.evolink.ai';
const ITEM_ID = 'imagegen-0123456789abcdef';
const evoLink = createEvoLink({ baseUrl: API, filesBaseUrl: FILES });

const uploaded = (url: string) => ({ ...imageWith('data'), url });

describe('creating a task', () => {
	it('posts it with its idempotency key, so that repeating it is safe', () => {
		const { json, ...rest } = evoLink.submit(requestWith({}), ITEM_ID);
		expect(rest).toEqual({
			method: 'POST',
			url: `${API}/v1/images/generations`,
			headers: { 'Idempotency-Key': ITEM_ID },
			base64Fields: [],
			isUsable: expect.any(Function),
			idempotent: true,
		});
		expect(json).toBeDefined();
	});

	test.each<[string, Partial<ImageRequest>, Record<string, unknown>]>([
		['the least there is', {}, { model: 'gpt-image-2', prompt: 'A red fox', n: 1 }],
		[
			'everything that S1 takes',
			{
				model: 'gpt-4o-image',
				size: '2:3',
				count: 4,
				references: [uploaded('https://files.test/photo.png')],
				mask: uploaded('https://files.test/mask.png'),
				callbackUrl: 'https://n8n.example.com/webhook/1',
			},
			{
				model: 'gpt-4o-image',
				prompt: 'A red fox',
				size: '2:3',
				n: 4,
				image_urls: ['https://files.test/photo.png'],
				mask_url: 'https://files.test/mask.png',
				callback_url: 'https://n8n.example.com/webhook/1',
			},
		],
		[
			'everything that S2 takes',
			{
				model: 'gpt-image-1',
				size: '1024x1536',
				quality: 'high',
				count: 10,
				references: [uploaded('https://files.test/b.webp'), uploaded('https://files.test/a.jpg')],
			},
			{
				model: 'gpt-image-1',
				prompt: 'A red fox',
				size: '1024x1536',
				quality: 'high',
				n: 10,
				image_urls: ['https://files.test/b.webp', 'https://files.test/a.jpg'],
			},
		],
		[
			'a resolution with a ratio on a current model',
			{ size: '16:9', resolution: '2K', quality: 'max' },
			{
				model: 'gpt-image-2',
				prompt: 'A red fox',
				size: '16:9',
				resolution: '2K',
				quality: 'max',
				n: 1,
			},
		],
		[
			'a prompt exactly as it was written',
			{ prompt: '  한국어 "따옴표"\n🦊  ' },
			{ model: 'gpt-image-2', prompt: '  한국어 "따옴표"\n🦊  ', n: 1 },
		],
	])('sends %s', (_rule, request, body) => {
		expect(evoLink.submit(requestWith(request), ITEM_ID).json).toStrictEqual(body);
	});
});

describe('the other routes', () => {
	const get = { method: 'GET', idempotent: true };
	const post = { method: 'POST', idempotent: true };
	const file = { label: 'data' };
	test.each([
		[
			'one task',
			evoLink.poll('task-1'),
			{ ...get, url: `${API}/v1/tasks/task-1`, base64Fields: [] },
		],
		[
			'a task whose id could be a path',
			evoLink.poll('../credits?x'),
			{ ...get, url: `${API}/v1/tasks/..%2Fcredits%3Fx`, base64Fields: [] },
		],
		[
			'a task whose id is no Unicode',
			evoLink.poll('task-\ud800'),
			{ ...get, url: `${API}/v1/tasks/task-%EF%BF%BD`, base64Fields: [] },
		],
		[
			'many tasks',
			evoLink.pollMany.request(['task-1', 'task-2']),
			{
				...post,
				url: `${API}/v1/tasks/batch`,
				json: { task_ids: ['task-1', 'task-2'] },
				base64Fields: [],
			},
		],
		[
			'the history',
			evoLink.history({ status: 'completed', model: 'gpt-image-2' }, 2, 50),
			{
				...get,
				url: `${API}/v1/tasks`,
				query: { status: 'completed', model: 'gpt-image-2', page: 2, page_size: 50 },
			},
		],
		['the balance', evoLink.balance(), { ...get, url: `${API}/v1/credits` }],
		['the models', evoLink.models(), { ...get, url: `${API}/v1/models` }],
		[
			'a file',
			evoLink.upload.request(file),
			{ ...post, url: `${FILES}/api/v1/files/upload/stream`, form: [{ name: 'file', file }] },
		],
		[
			'a file that EvoLink fetches',
			evoLink.uploadFromUrl('https://a.test/b.png'),
			{
				...post,
				url: `${FILES}/api/v1/files/upload/url`,
				json: { file_url: 'https://a.test/b.png' },
			},
		],
	])('%s', (_rule, request, expected) => {
		expect(request).toEqual(expected);
	});

	test.each<[string, string[]]>([
		['photo.png', ['fileName', 'file']],
		['한글 사진.jpeg', ['fileName', 'file']],
		['photo.7z', ['fileName', 'file']],
		['data', ['file']],
		['photo.p', ['file']],
		['photo.longer', ['file']],
		['a.png b', ['file']],
	])('a file called "%s" is sent with its name, as far as that is one: %j', (label, names) => {
		const { form = [] } = evoLink.upload.request({ label });
		expect(form.map(({ name }) => name)).toEqual(names);
		if (names.length > 1) expect(form[0]).toEqual({ name: 'fileName', value: label });
	});

	it('lead to an account whose tasks can be looked up, and that knows an order again', () => {
		expect(evoLink).toMatchObject({
			contractVersion: 1,
			name: 'EvoLink',
			id: 'evolink',
			linkLifetime: '24 hours',
			whereToLook: 'Before you run this again, look for the task with Task: Get Many.',
			honoursKeys: true,
			inputImages: 'uploaded',
		});
		expect(evoLink.upload.maxBytes).toBe(100 * 1024 * 1024);
	});

	it('are refused below a Files Base URL that is none, which is named', () => {
		const wrong = createEvoLink({ baseUrl: API, filesBaseUrl: 'files' });
		expect(failureOf(() => wrong.upload.request(file)).message).toContain('Files Base URL');
		expect(wrong.balance().url).toBe(`${API}/v1/credits`);
	});

	test.each([
		['{"id":"task-1"}', true],
		['{"error":"No."}', false],
		['<html>', false],
	])('the answer %j to a create tells of a task: %s', (body, isUsable) => {
		expect(evoLink.submit(requestWith({}), ITEM_ID).isUsable?.(body)).toBe(isUsable);
	});

	it('asks for 50 tasks at once at most', () => {
		expect(evoLink.pollMany.max).toBe(50);
	});

	it('goes where the credential says', () => {
		const local = createEvoLink({
			baseUrl: ' http://127.0.0.1:4010/v1/ ',
			filesBaseUrl: 'http://127.0.0.1:4010',
		});
		expect(local.balance().url).toBe('http://127.0.0.1:4010/v1/credits');
		expect(local.upload.request(file).url).toBe('http://127.0.0.1:4010/api/v1/files/upload/stream');
	});
});

describe('the balance', () => {
	const purse = { remaining_credits: 136.5, used_credits: 20 };
	const read = (data: unknown) =>
		evoLink.readBalance(answerWith({ body: { data, success: true } }));

	it('is read with the limit of the key', () => {
		const token = { remaining_credits: 40, unlimited_credits: false, used_credits: 5 };
		expect(read({ token, user: purse })).toEqual({
			remainingCredits: 136.5,
			usedCredits: 20,
			keyRemainingCredits: 40,
			keyUsedCredits: 5,
			keyHasNoLimit: false,
			balance: 2.01,
			currency: 'USD',
		});
	});

	it("leaves out a limit that isn't one", () => {
		const token = { remaining_credits: 0, unlimited_credits: true, used_credits: 5 };
		expect(read({ token, user: purse })).toMatchObject({
			keyRemainingCredits: undefined,
			keyHasNoLimit: true,
		});
	});

	it('needs no more than what the account has left', () => {
		expect(read({ user: { remaining_credits: 0 } })).toMatchObject({
			remainingCredits: 0,
			balance: 0,
			currency: 'USD',
			keyHasNoLimit: true,
		});
	});

	it('may be that of a key without a word on its limit', () => {
		const token = { remaining_credits: 3, used_credits: null, unlimited_credits: null };
		expect(read({ token, user: { ...purse, used_credits: null } })).toEqual({
			remainingCredits: 136.5,
			keyHasNoLimit: true,
			balance: 2.01,
			currency: 'USD',
		});
		expect(read({ token: null, user: purse })).toEqual({
			remainingCredits: 136.5,
			usedCredits: 20,
			keyHasNoLimit: true,
			balance: 2.01,
			currency: 'USD',
		});
	});

	it('is not read out of a failure under HTTP 200', () => {
		const body = { success: false, code: 401, msg: 'Wrong key.', data: { user: purse } };
		expect(failureOf(() => evoLink.readBalance(answerWith({ body })))).toMatchObject({
			kind: 'auth',
			message: 'EvoLink: Wrong key.',
		});
	});

	it('is unreadable without it', () => {
		expect(failureOf(() => read({ user: {} }))).toMatchObject({
			kind: 'unreadableAnswer',
			message: 'EvoLink answered with data in an unexpected form (HTTP 200).',
		});
	});
});

describe('an uploaded file', () => {
	const data = {
		file_id: 'file-1',
		file_name: 'photo.png',
		file_size: 1234,
		mime_type: 'image/png',
		file_url: 'https://files.test/photo.png',
		download_url: 'https://files.test/download/photo.png',
		expires_at: '2026-11-23T12:00:00Z',
	};
	const read = (parts: object) =>
		evoLink.readUpload(
			answerWith({ body: { success: true, code: 200, data: { ...data, ...parts } } }),
		);

	it('is read whole', () => {
		expect(read({})).toEqual({
			id: 'file-1',
			url: 'https://files.test/photo.png',
			name: 'photo.png',
			bytes: 1234,
			mimeType: 'image/png',
			expiresAt: '2026-11-23T12:00:00Z',
		});
	});

	it('goes by the name that it came with, whatever EvoLink calls it', () => {
		const names = { file_name: '4f1c.png', original_name: '한글 사진.png' };
		expect(read(names).name).toBe('한글 사진.png');
	});

	it('takes numbers where text is usual', () => {
		expect(read({ file_id: 17, expires_at: 1795600000 })).toMatchObject({
			id: '17',
			expiresAt: '1795600000',
		});
	});

	it('is known by its address alone', () => {
		const none = { file_id: null, file_name: null, original_name: null, file_size: null };
		const odd = { mime_type: null, expires_at: null };
		expect(read({ ...none, ...odd })).toEqual({ url: 'https://files.test/photo.png' });
		expect(read({ file_size: '1234', file_id: {} })).toMatchObject({
			id: undefined,
			bytes: undefined,
			name: 'photo.png',
		});
	});

	test.each([
		['no address', { file_url: undefined }],
		['an address that is none', { file_url: 'photo.png' }],
	])('is unreadable with %s', (_rule, parts) => {
		expect(failureOf(() => read(parts)).kind).toBe('unreadableAnswer');
	});

	it('lies below the files host, where its address is a path', () => {
		expect(read({ file_url: '/files/1/photo.png' }).url).toBe(`${FILES}/files/1/photo.png`);
	});

	test.each<[FailureKind, unknown]>([
		['badRequest', 400],
		['auth', 401],
		['tooLarge', 413],
		['providerDown', 500],
		['unreadableAnswer', 'E_FILE'],
		['unreadableAnswer', undefined],
	])("a failure under HTTP 200 is told in the files host's words: %s", (kind, code) => {
		const body = { success: false, code, msg: 'The file is not an image.' };
		const failure = failureOf(() => evoLink.readUpload(answerWith({ body })));
		expect(failure).toMatchObject({ kind, message: 'EvoLink: The file is not an image.' });
	});

	it('a failure under its own status is told in the same words', () => {
		const body = { success: false, code: 400, msg: 'The file is not an image.' };
		const { details } = evoLink.readFailure(answerWith({ status: 400, body }));
		expect(details).toMatchObject({
			kind: 'badRequest',
			message: 'EvoLink: The file is not an image.',
		});
	});
});

describe('the models', () => {
	it('are read as a list of ids', () => {
		const models = [{ id: 'gpt-image-2', owned_by: 'x' }, null, {}, { id: 'b' }];
		const body = { object: 'list', data: models };
		expect(evoLink.readModels(answerWith({ body }))).toEqual(['gpt-image-2', 'b']);
	});

	test.each([{}, { data: [[{ id: 'gpt-image-2' }], null] }])('are unreadable in %j', (body) => {
		expect(failureOf(() => evoLink.readModels(answerWith({ body }))).kind).toBe('unreadableAnswer');
	});
});
