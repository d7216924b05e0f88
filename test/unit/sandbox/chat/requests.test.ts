// What the gateway takes: messages, references, sizes in words, parameters; and what it refuses.
import sharp from 'sharp';
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { sizeWish } from '../../../../sandbox/chat/size-wish';
import { dataUri, plain } from '../openai/support';
import { download, json } from '../support';
import { ChatClient, imagePart, markdownImages, textPart } from './support';

let sandbox: Sandbox;
let client: ChatClient;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());
beforeEach(() => (client = new ChatClient(sandbox)));

const drawn = async (text: string) =>
	await sharp(await download(markdownImages(text)[0])).metadata();

describe('a size wish', () => {
	it.each([
		['A boat, 1536x1024', { width: 1536, height: 1024 }],
		['A boat 1536 × 1024 pixels', { width: 1536, height: 1024 }],
		['Aspect ratio 3:2.', { width: 1536, height: 1024 }],
		['比例 9：16', { width: 1024, height: 1808 }],
		['비율은 2:3', { width: 1024, height: 1536 }],
		['Boats at 12:30', undefined],
		['A 4x4 car on route 66', undefined],
		['Nothing', undefined],
	])('in %j is %j', (prompt, size) => expect(sizeWish(prompt)).toEqual(size));

	it("is honoured, and stated sizes count before the reference image's", async () => {
		const reference = imagePart(dataUri(await plain(80, 60, '#18a018')));
		expect(await drawn(await client.text('A boat, 3:2'))).toMatchObject({ width: 1536 });
		const kept = await client.text([textPart('At night'), reference]);
		expect(await drawn(kept)).toMatchObject({ width: 80, height: 60 });
		const changed = await client.text([textPart('At night, 64x96'), reference]);
		expect(await drawn(changed)).toMatchObject({ width: 64, height: 96 });
		expect(await drawn(await client.text('A boat'))).toMatchObject({ width: 1024, height: 1024 });
	});
});

describe('a call', () => {
	it('is recorded as it was understood', async () => {
		const first = markdownImages(await client.text('One, 64x64'))[0] ?? '';
		const uri = dataUri(await plain(30, 20, '#101010'));
		const parts = [textPart('Both, 64x64'), imagePart(first), imagePart(uri)];
		const messages = [
			{ role: 'system', content: 'Draw well.' },
			{ role: 'user', content: parts },
		];
		const body = { model: 'gpt-4o-image', messages, temperature: 0.5, stop: ['x'], seed: 7 };
		await json(await client.post(body), 200);
		expect(client.lastCall()).toEqual({
			at: expect.any(String),
			key: client.key,
			model: 'gpt-4o-image',
			shape: 'a',
			messages: [
				{ role: 'system', text: 'Draw well.' },
				{ role: 'user', text: 'Both, 64x64' },
			],
			parameters: { model: 'gpt-4o-image', temperature: 0.5, stop: ['x'], seed: 7 },
			imagesIn: [
				{ url: first, type: 'image/png', width: 64, height: 64, bytes: expect.any(Number) },
				{
					url: 'data:image/png;base64,…',
					type: 'image/png',
					width: 30,
					height: 20,
					bytes: expect.any(Number),
				},
			],
			imagesOut: [{ width: 64, height: 64, bytes: expect.any(Number) }],
			dollars: 0.02,
			status: 200,
		});
		expect(sandbox.chat.ledger(client.key)).toMatchObject({ spent: 0.04, images: 2 });
	});

	it('edits the reference image', async () => {
		const reference = imagePart(dataUri(await plain(64, 64, '#00ff00')));
		const text = await client.text([textPart('At night'), reference]);
		const { dominant } = await sharp(await download(markdownImages(text)[0])).stats();
		expect(dominant.g).toBeGreaterThan(Math.max(dominant.r, dominant.b));
	});

	it('takes every parameter of S3', async () => {
		const more = {
			temperature: 1,
			top_p: 0.5,
			n: 1,
			stop: ['w', 'x', 'y', 'z'],
			max_tokens: 100,
			presence_penalty: 1,
			frequency_penalty: -1,
			logit_bias: { 50256: -100 },
			user: 'someone',
			response_format: { type: 'text' },
			seed: 1,
			tools: [{ type: 'function', function: { name: 'save' } }],
			tool_choice: 'auto',
			modalities: ['text', 'image'],
		};
		await client.answer('A boat, 64x64', more);
	});
});

describe('a call is refused', () => {
	it.each([
		['an unknown parameter', { size: '1:1' }, 'unknown_parameter', 'size'],
		['an unknown model', { model: 'dall-e-9' }, 'model_not_found', null],
		['no model', { model: undefined }, 'missing_required_parameter', 'model'],
		['no messages', { messages: undefined }, 'missing_required_parameter', 'messages'],
		['empty messages', { messages: [] }, 'empty_array', 'messages'],
		['temperature 3', { temperature: 3 }, 'decimal_above_max_value', 'temperature'],
		['n 0', { n: 0 }, 'integer_below_min_value', 'n'],
		['stream in words', { stream: 'no' }, 'invalid_type', 'stream'],
		['a stop that is a number', { stop: 1 }, 'invalid_type', 'stop'],
		['five stops', { stop: ['a', 'b', 'c', 'd', 'e'] }, 'array_above_max_length', 'stop'],
		['no tools in a list', { tools: [] }, 'empty_array', 'tools'],
		['a choice of no tools', { tool_choice: 'auto' }, 'invalid_value', 'tool_choice'],
		['another modality', { modalities: ['smell'] }, 'invalid_value', 'modalities[0]'],
		[
			'a format without a type',
			{ response_format: {} },
			'missing_required_parameter',
			'response_format.type',
		],
		['a newer limit', { max_completion_tokens: 5 }, 'unknown_parameter', 'max_completion_tokens'],
	])('with %s', async (_name, more, code, param) => {
		const answer = await client.ask('A boat', more);
		expect(answer.status).toBe(code === 'model_not_found' ? 404 : 400);
		expect(await answer.json()).toEqual({
			error: { message: expect.any(String), type: 'invalid_request_error', param, code },
		});
		expect(client.lastCall()).toMatchObject({ errorCode: code, dollars: 0 });
	});

	it.each([
		['a data URI that is no image', dataUri(Buffer.from('hello')), 'invalid_image_format'],
		['broken base64', 'data:image/png;base64,%%%', 'invalid_base64_image'],
		['no URL', 'picture.png', 'invalid_image_url'],
		['nothing there', 'http://127.0.0.1:1/a.png', 'failed_to_download_image'],
	])('when the reference is %s', async (_name, url, code) => {
		const answer = await client.ask([textPart('Edit'), imagePart(url)]);
		const { error } = await json<{ error: { code: string; param: string } }>(answer, 400);
		expect(error).toMatchObject({ code, param: 'messages[0].content[1].image_url.url' });
	});

	it.each([
		['/chat/completions', 404],
		['/v1/images/generations', 404],
		['/v1/chat/completions/', 200],
	])('or not at the path %s', async (path, status) => {
		const messages = [{ role: 'user', content: 'A boat, 64x64' }];
		expect((await client.post({ model: 'gpt-4o-image', messages }, path)).status).toBe(status);
	});

	it.each([{}, { authorization: 'Bearer nobody' }, { authorization: 'sandbox-chat-key' }])(
		'without a known key: %j',
		async (headers) => {
			const answer = await fetch(`${sandbox.chat.baseUrl}/v1/models`, { headers });
			expect(answer.status).toBe(401);
		},
	);
});
