// The Images API: what is sent for each model, held against the official client's types, and what comes back.
import type {
	ImageCreateVariationParams,
	ImageEditParams,
	ImageGenerateParams,
	ImagesResponse,
} from 'openai/resources/images';

import type { HttpRequest, ImageRequest, InputImage } from '../../../../providers/contract';
import {
	createOpenAiImages,
	createOpenAiVariations,
	imageParameters,
	readImages,
} from '../../../../providers/openai/images';
import { answerWith, failureOf, imageWith, RECEIVED_AT, requestWith } from '../support';

const API = 'https://api.openai.com/v1';
const ITEM_ID = 'imagegen-0123456789abcdef';
const images = createOpenAiImages(API);
const variations = createOpenAiVariations(API);

const FOX = imageWith('fox');
const DEN = imageWith('den', { type: 'webp' });
const MASK = imageWith('mask', { hasAlpha: true });

/** The form's parts in their order: texts as they are, files as themselves. */
function partsOf({ form }: HttpRequest): Array<[name: string, content: unknown]> {
	return (form ?? []).map((part) => [part.name, 'file' in part ? part.file : part.value]);
}

describe('a generation', () => {
	it('is posted as one that may charge, and its pictures go straight into the store', () => {
		const { json, ...rest } = images.submit(requestWith({}));
		expect(rest).toEqual({
			method: 'POST',
			url: `${API}/images/generations`,
			base64Fields: ['b64_json'],
			repeatable: false,
		});
		expect(json).toBeDefined();
	});

	test.each<[string, Partial<ImageRequest>, ImageGenerateParams]>([
		['the least there is', {}, { model: 'gpt-image-2', prompt: 'A red fox', n: 1 }],
		[
			'everything that gpt-image-2 takes',
			{
				size: '3840x2160',
				quality: 'high',
				background: 'transparent',
				outputFormat: 'webp',
				compression: 0,
				count: 10,
				extras: { moderation: 'low', safety_identifier: 'b7f2' },
			},
			{
				model: 'gpt-image-2',
				prompt: 'A red fox',
				n: 10,
				size: '3840x2160',
				quality: 'high',
				background: 'transparent',
				output_format: 'webp',
				output_compression: 0,
				moderation: 'low',
				safety_identifier: 'b7f2',
			},
		],
		[
			'the highest quality of gpt-image-2.5',
			{ model: 'gpt-image-2.5-sunburst', quality: 'max', size: '1536x864' },
			{
				model: 'gpt-image-2.5-sunburst',
				prompt: 'A red fox',
				n: 1,
				quality: 'max',
				size: '1536x864',
			},
		],
		[
			'what gpt-image-1 takes',
			{ model: 'gpt-image-1', size: '1024x1536', quality: 'low', outputFormat: 'jpeg' },
			{
				model: 'gpt-image-1',
				prompt: 'A red fox',
				n: 1,
				size: '1024x1536',
				quality: 'low',
				output_format: 'jpeg',
			},
		],
		[
			'what only an older model on another server takes',
			{
				model: 'dall-e-3',
				quality: 'hd',
				size: '1792x1024',
				extras: { style: 'vivid', response_format: 'url' },
			},
			{
				model: 'dall-e-3',
				prompt: 'A red fox',
				n: 1,
				quality: 'hd',
				size: '1792x1024',
				style: 'vivid',
				response_format: 'url',
			},
		],
		[
			'nothing that is automatic or empty, since older servers refuse it',
			{
				size: 'auto',
				quality: 'auto',
				background: 'auto',
				outputFormat: '',
				extras: { safety_identifier: '', style: undefined },
			},
			{ model: 'gpt-image-2', prompt: 'A red fox', n: 1 },
		],
		[
			'a prompt exactly as it was written',
			{ prompt: '  한국어 "따옴표"\n🦊  ' },
			{ model: 'gpt-image-2', prompt: '  한국어 "따옴표"\n🦊  ', n: 1 },
		],
	])('sends %s', (_rule, request, body) => {
		expect(images.submit(requestWith(request)).json).toStrictEqual(body);
	});

	it('never sends what the other endpoints are for', () => {
		const request = requestWith({ resolution: '2K', callbackUrl: 'https://n8n.example.com/1' });
		expect(imageParameters(request)).toStrictEqual({
			model: 'gpt-image-2',
			prompt: 'A red fox',
			n: 1,
		});
	});
});

describe('an edit', () => {
	it('is posted as a form', () => {
		const { form, ...rest } = images.submit(requestWith({ references: [FOX] }));
		expect(rest).toEqual({
			method: 'POST',
			url: `${API}/images/edits`,
			base64Fields: ['b64_json'],
			repeatable: false,
		});
		expect(form).toBeDefined();
	});

	test.each<[string, Partial<ImageRequest>, Array<[keyof ImageEditParams | 'image[]', unknown]>]>([
		[
			'one image under its plain name',
			{ references: [FOX] },
			[
				['model', 'gpt-image-2'],
				['prompt', 'A red fox'],
				['n', '1'],
				['image', FOX],
			],
		],
		[
			'several images as a list, in their order, and the mask behind them',
			{ references: [DEN, FOX], mask: MASK },
			[
				['model', 'gpt-image-2'],
				['prompt', 'A red fox'],
				['n', '1'],
				['image[]', DEN],
				['image[]', FOX],
				['mask', MASK],
			],
		],
		[
			'every setting as text',
			{
				model: 'gpt-image-1.5',
				references: [FOX],
				count: 3,
				size: '1536x1024',
				quality: 'medium',
				background: 'opaque',
				outputFormat: 'jpeg',
				compression: 80,
				extras: { input_fidelity: 'high', safety_identifier: 'b7f2' },
			},
			[
				['model', 'gpt-image-1.5'],
				['prompt', 'A red fox'],
				['n', '3'],
				['size', '1536x1024'],
				['quality', 'medium'],
				['background', 'opaque'],
				['output_format', 'jpeg'],
				['output_compression', '80'],
				['input_fidelity', 'high'],
				['safety_identifier', 'b7f2'],
				['image', FOX],
			],
		],
		[
			'nothing that is automatic',
			{ references: [FOX], size: 'auto', quality: 'auto', background: 'auto' },
			[
				['model', 'gpt-image-2'],
				['prompt', 'A red fox'],
				['n', '1'],
				['image', FOX],
			],
		],
	])('sends %s', (_rule, request, parts) => {
		expect(partsOf(images.submit(requestWith(request)))).toEqual(parts);
	});

	it('names sixteen images alike', () => {
		const references = Array.from({ length: 16 }, (_, i): InputImage => imageWith(`image ${i}`));
		const files = partsOf(images.submit(requestWith({ references }))).filter(
			([name]) => name === 'image[]',
		);
		expect(files.map(([, file]) => file)).toEqual(references);
	});
});

describe('a variation', () => {
	it('sends the image without a prompt', () => {
		const request = requestWith({
			model: 'dall-e-2',
			prompt: '',
			count: 2,
			size: '256x256',
			references: [FOX],
		});
		const sent = variations.submit(request, ITEM_ID);
		expect(sent).toMatchObject({
			method: 'POST',
			url: `${API}/images/variations`,
			base64Fields: ['b64_json'],
			repeatable: false,
		});
		expect(partsOf(sent)).toEqual([
			['model', 'dall-e-2'],
			['n', '2'],
			['size', '256x256'],
			['image', FOX],
		] satisfies Array<[keyof ImageCreateVariationParams, unknown]>);
	});

	test.each<[string, number, string]>([
		['is gone, and says what to use instead', 404, 'modelGone'],
		['may be refused like anything else', 401, 'auth'],
	])('%s', (_rule, status, kind) => {
		const { details } = variations.readFailure(answerWith({ status, body: { error: 'No.' } }));
		expect(details.kind).toBe(kind);
		expect(details.advice.includes('Use the operation Edit')).toBe(status === 404);
	});

	it('leaves the size to the server where none was given', () => {
		const request = requestWith({ model: 'dall-e-2', references: [FOX] });
		expect(partsOf(variations.submit(request, ITEM_ID)).map(([name]) => name)).toEqual([
			'model',
			'n',
			'image',
		]);
	});
});

test.each([
	'https://api.openai.com/v1',
	'https://api.openai.com/v1/',
	' https://api.openai.com/v1 ',
])('the Base URL "%s" leads to the same address', (baseUrl) => {
	expect(createOpenAiImages(baseUrl).submit(requestWith({})).url).toBe(
		'https://api.openai.com/v1/images/generations',
	);
});

test('the Images API has no tasks, and takes files as they are', () => {
	expect(images).toMatchObject({ isSynchronous: true, inputImages: 'sent', id: 'openai' });
	expect(images).not.toHaveProperty('upload');
});

describe('the answer', () => {
	const usage = {
		input_tokens: 60,
		input_tokens_details: { image_tokens: 40, text_tokens: 20 },
		output_tokens: 7024,
		total_tokens: 7084,
	};
	/** What the official client says that OpenAI answers, with references in place of its pictures. */
	const ANSWER: ImagesResponse = {
		created: 1795176000,
		background: 'opaque',
		data: [{ b64_json: 'stored:1' }, { b64_json: 'stored:2' }],
		output_format: 'png',
		quality: 'high',
		size: '1024x1024',
		usage,
	};
	const request = requestWith({ size: '1024x1024', quality: 'high' });
	const read = (body: unknown) => readImages(answerWith({ body }), request);

	it('is a finished task without an id', () => {
		expect(read(ANSWER)).toEqual({
			id: '',
			status: 'succeeded',
			model: 'gpt-image-2',
			images: [{ stored: 'stored:1' }, { stored: 'stored:2' }],
			usage,
			cost: { amount: (20 * 5 + 40 * 8 + 7024 * 30) / 1e6, currency: 'USD', estimated: false },
			createdAt: new Date(1795176000_000),
			raw: { background: 'opaque', output_format: 'png', quality: 'high', size: '1024x1024' },
		});
	});

	test.each<[string, unknown, unknown]>([
		['base64', { b64_json: 'stored:1' }, { stored: 'stored:1' }],
		['a link', { url: 'https://files.test/1.png' }, { url: 'https://files.test/1.png' }],
		[
			'a link with null beside it',
			{ b64_json: null, url: 'https://files.test/1.png', revised_prompt: null },
			{ url: 'https://files.test/1.png' },
		],
		[
			'a link with an empty text beside it',
			{ b64_json: '', url: 'https://files.test/1.png' },
			{ url: 'https://files.test/1.png' },
		],
		[
			'base64 with an empty link beside it',
			{ b64_json: 'stored:1', url: '' },
			{ stored: 'stored:1' },
		],
		[
			'a prompt that was revised',
			{ url: 'https://files.test/1.png', revised_prompt: 'A very red fox' },
			{ url: 'https://files.test/1.png', revisedPrompt: 'A very red fox' },
		],
	])('may hold %s', (_rule, entry, image) => {
		expect(read({ created: 1, data: [entry] }).images).toEqual([image]);
	});

	test.each<[string, unknown[]]>([
		['nothing', []],
		['a picture that is null', [{ b64_json: null, url: null }]],
		['empty texts', [{ b64_json: '', url: '' }]],
	])('names no image where there is %s', (_rule, data) => {
		expect(read({ created: 1, data }).images).toEqual([]);
	});

	test.each<[string, unknown]>([
		['without usage', undefined],
		['with null as usage', null],
		['with a text as usage', 'none'],
		['with a usage of another form', { prompt_tokens: 12, completion_tokens: 0 }],
	])('%s still gives its images, and the cost is an estimate', (_rule, odd) => {
		const task = read({ ...ANSWER, usage: odd });
		expect(task.images).toHaveLength(2);
		expect(task.usage).toBeUndefined();
		expect(task.cost).toEqual({
			amount: (2 * 7024 * 30) / 1e6,
			currency: 'USD',
			estimated: true,
		});
	});

	test.each<[string, unknown, Date]>([
		['no time', undefined, RECEIVED_AT],
		['null as time', null, RECEIVED_AT],
		['a time that is a text', '2026-11-20', RECEIVED_AT],
		['its time', 1795176000, new Date(1795176000_000)],
	])('has %s', (_rule, created, createdAt) => {
		expect(read({ created, data: [{ b64_json: 'stored:1' }] }).createdAt).toEqual(createdAt);
	});

	it('costs nothing that we could name on a model whose prices we do not know', () => {
		const unknown = requestWith({ model: 'house-model', size: '1024x1024', quality: 'high' });
		expect(readImages(answerWith({ body: ANSWER }), unknown).cost).toBeUndefined();
	});

	it('can be read without its request', () => {
		const task = readImages(answerWith({ body: ANSWER }));
		expect(task).toMatchObject({ status: 'succeeded', usage });
		expect(task.model).toBeUndefined();
		expect(task.cost).toBeUndefined();
	});

	test.each<[string, unknown]>([
		['no list of images', { created: 1 }],
		['a list in place of the answer', [ANSWER]],
		['a chat completion', { choices: [{ message: { content: 'A fox.' } }] }],
		['text', '{"created":1,"da'],
		['null', null],
	])('is unreadable with %s', (_rule, body) => {
		expect(failureOf(() => read(body)).kind).toBe('unreadableAnswer');
	});
});
