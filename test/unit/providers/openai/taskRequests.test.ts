// Background tasks: what is sent to the Responses API, held against the official client's types.
import type { ImageRequest, InputImage } from '../../../../providers/contract';
import { DEFAULT_CHAT_MODEL } from '../../../../providers/openai/models';
import { createOpenAiTasks } from '../../../../providers/openai/tasks';
import { answerWith, failureOf, imageWith, requestWith } from '../support';
import type { ImageGenerationTool, ResponseBody } from './responses';

const API = 'https://api.openai.com/v1';
const tasks = createOpenAiTasks(API);

const uploaded = (fileId: string): InputImage => ({ ...imageWith(fileId), fileId });
const linked = (url: string): InputImage => ({ label: url, url });

describe('the request', () => {
	const bodyOf = (request: Partial<ImageRequest>) => tasks.submit(requestWith(request)).json;

	it('is posted as one that may charge, and its picture goes straight into the store', () => {
		const { json, ...rest } = tasks.submit(requestWith({}));
		expect(rest).toEqual({
			method: 'POST',
			url: `${API}/responses`,
			base64Fields: ['result'],
			responseType: 'any',
			idempotent: false,
		});
		expect(json).toBeDefined();
	});

	it('asks a text model to call the image tool, in the background', () => {
		expect(bodyOf({})).toStrictEqual({
			model: DEFAULT_CHAT_MODEL,
			background: true,
			input: [{ role: 'user', content: [{ type: 'input_text', text: 'A red fox' }] }],
			tools: [{ type: 'image_generation', model: 'gpt-image-2', action: 'generate' }],
			tool_choice: { type: 'image_generation' },
		} satisfies ResponseBody);
	});

	it("has the person's reference where answers repeat it", () => {
		const metadata = { reference: 'row 12' };
		expect(bodyOf({ orderReference: 'row 12' })).toMatchObject({
			metadata,
		} satisfies Partial<ResponseBody>);
		const read = (told: unknown) =>
			tasks.readTask(answerWith({ body: { id: 'resp_1', status: 'queued', metadata: told } }))
				.orderReference;
		expect(read(metadata)).toBe('row 12');
		expect([undefined, null, {}, { reference: null }, { reference: 5 }, 'x', []].map(read)).toEqual(
			Array(7).fill(undefined),
		);
	});

	it('says how long it may take beside the tool, and how to draw within it', () => {
		const extras = {
			background_options: { completion_window: '8h' },
			complexity: 'high',
			frame_count: 4,
		};
		expect(bodyOf({ model: 'gpt-image-2.6-flare', outputFormat: 'gif', extras })).toMatchObject({
			background: true,
			background_options: { completion_window: '8h' },
			tools: [
				{
					type: 'image_generation',
					model: 'gpt-image-2.6-flare',
					output_format: 'gif',
					complexity: 'high',
					frame_count: 4,
					action: 'generate',
				},
			],
		} satisfies Partial<ResponseBody>);
		expect(JSON.stringify(bodyOf({ extras }))).not.toMatch(/tools.*background_options/);
	});

	it('carries input images as files and as links, and the mask in the tool', () => {
		const references = [uploaded('file-1'), linked('https://a.test/b.png')];
		expect(bodyOf({ references, mask: uploaded('file-2') })).toStrictEqual({
			model: DEFAULT_CHAT_MODEL,
			background: true,
			input: [
				{
					role: 'user',
					content: [
						{ type: 'input_text', text: 'A red fox' },
						{ type: 'input_image', detail: 'auto', file_id: 'file-1' },
						{ type: 'input_image', detail: 'auto', image_url: 'https://a.test/b.png' },
					],
				},
			],
			tools: [
				{
					type: 'image_generation',
					model: 'gpt-image-2',
					action: 'edit',
					input_image_mask: { file_id: 'file-2' },
				},
			],
			tool_choice: { type: 'image_generation' },
		} satisfies ResponseBody);
	});

	test.each<[string, Partial<ImageRequest>, ImageGenerationTool]>([
		[
			'every setting',
			{
				size: '1536x864',
				quality: 'high',
				background: 'transparent',
				outputFormat: 'webp',
				compression: 0,
				extras: { moderation: 'low' },
			},
			{
				type: 'image_generation',
				model: 'gpt-image-2',
				size: '1536x864',
				quality: 'high',
				background: 'transparent',
				output_format: 'webp',
				output_compression: 0,
				moderation: 'low',
				action: 'generate',
			},
		],
		[
			'nothing that is automatic or empty',
			{ size: 'auto', quality: 'auto', background: 'auto', outputFormat: '' },
			{ type: 'image_generation', model: 'gpt-image-2', action: 'generate' },
		],
		[
			'how closely the input images are kept',
			{
				model: 'gpt-image-1.5',
				references: [uploaded('file-1')],
				extras: { input_fidelity: 'high' },
			},
			{
				type: 'image_generation',
				model: 'gpt-image-1.5',
				input_fidelity: 'high',
				action: 'edit',
			},
		],
	])('gives the tool %s', (_rule, request, tool) => {
		expect(bodyOf(request)?.tools).toStrictEqual([tool]);
	});

	it('sends everything that only this provider has, so that nothing is dropped unsaid', () => {
		const extras = { safety_identifier: 'b7f2', user: 'user-1', seed: 7 };
		expect(bodyOf({ model: 'a-model-of-next-year', extras })).toMatchObject({
			safety_identifier: 'b7f2',
			user: 'user-1',
			tools: [{ seed: 7 }],
		});
	});

	it('lets another model call the tool', () => {
		const request = createOpenAiTasks(API, 'gpt-5').submit(requestWith({}));
		expect(request.json).toMatchObject({ model: 'gpt-5', tools: [{ model: 'gpt-image-2' }] });
	});
});

describe('a created task', () => {
	it('is one that can be looked up', () => {
		expect(tasks).toMatchObject({
			contractVersion: 1,
			name: 'OpenAI',
			id: 'openai',
			linkLifetime: 'about an hour',
			whereToLook:
				'platform.openai.com > Logs lists your background tasks (called responses there) with their IDs.',
			honoursKeys: false,
			inputImages: 'uploaded',
		});
	});

	it.each<[string, unknown]>([
		['text that was cut behind its ID', '{"id":"resp_1","obj'],
		[
			'events of which the last is no response',
			'data: {"response":{"id":"resp_0"}}\n\ndata: {"response":{"id":"resp_1"}}\n\ndata: {"type":"ping"}\n\n',
		],
	])('is known from %s', (_rule, body) => {
		expect(tasks.readTask(answerWith({ body }), requestWith({}))).toMatchObject({
			id: 'resp_1',
			status: 'queued',
			model: 'gpt-image-2',
			images: [],
		});
	});

	it('whose answer was cut is known by no more', () => {
		expect(tasks.readTask(answerWith({ body: '{"id":"resp_1","obj' }))).toEqual({
			id: 'resp_1',
			status: 'queued',
			images: [],
			raw: {},
		});
	});
});

describe('the other routes', () => {
	const base64Fields = ['result'];
	test.each([
		[
			'looking a task up',
			tasks.poll('resp_1'),
			{ method: 'GET', url: `${API}/responses/resp_1`, idempotent: true, base64Fields },
		],
		[
			'an id that could be a path',
			tasks.poll('../models?x'),
			{ method: 'GET', url: `${API}/responses/..%2Fmodels%3Fx`, idempotent: true, base64Fields },
		],
		[
			'cancelling a task, which may be said twice',
			tasks.cancel('resp_1'),
			{ method: 'POST', url: `${API}/responses/resp_1/cancel`, idempotent: true, base64Fields },
		],
		[
			'uploading an input image',
			tasks.upload.request({ label: 'data' }),
			{
				method: 'POST',
				url: `${API}/files`,
				idempotent: true,
				form: [
					{ name: 'purpose', value: 'vision' },
					{ name: 'file', file: { label: 'data' } },
				],
			},
		],
	])('%s', (_rule, request, expected) => {
		expect(request).toEqual(expected);
	});

	it('reads what an upload answers', () => {
		const body = {
			id: 'file-1',
			object: 'file',
			bytes: 1000,
			filename: 'fox.png',
			purpose: 'vision',
		};
		expect(tasks.upload.read(answerWith({ body }))).toEqual({
			id: 'file-1',
			name: 'fox.png',
			bytes: 1000,
		});
		expect(failureOf(() => tasks.upload.read(answerWith({ body: {} }))).kind).toBe(
			'unreadableAnswer',
		);
		const odd = { id: 7, filename: 5, bytes: '1000' };
		expect(tasks.upload.read(answerWith({ body: odd }))).toEqual({ id: '7' });
		const none = { id: 'file-1', filename: null, bytes: null };
		expect(tasks.upload.read(answerWith({ body: none }))).toEqual({ id: 'file-1' });
	});
});
