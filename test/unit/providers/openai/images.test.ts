// The Images API: what is sent for each model, held against the official client's types.
import type {
	ImageCreateVariationParams,
	ImageEditParams,
	ImageGenerateParams,
} from 'openai/resources/images';

import type { HttpRequest, ImageRequest, InputImage } from '../../../../providers/contract';
import {
	createOpenAiImages,
	createOpenAiVariations,
	imageParameters,
} from '../../../../providers/openai/images';
import { answerWith, imageWith, requestWith } from '../support';

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
			responseType: 'any',
			idempotent: false,
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
			responseType: 'any',
			idempotent: false,
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
			responseType: 'any',
			idempotent: false,
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
		expect(details.advice).toBe(
			status === 404
				? 'This server makes no variations: OpenAI has retired them together with dall-e-2. Use the operation Edit with a model of today. On a compatible server, check the Model, and the Base URL in the credential.'
				: 'Open the OpenAI credential and check the API Key, the Organization and the Project.',
		);
		expect(details).toMatchObject({ message: 'OpenAI: No.', status });
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
	for (const provider of [images, variations]) {
		expect(provider).toMatchObject({
			contractVersion: 1,
			name: 'OpenAI',
			id: 'openai',
			linkLifetime: 'about an hour',
			whereToLook:
				"platform.openai.com > Usage shows what was charged. With Waiting set to Don't Wait, each image is a task that can be looked up.",
			honoursKeys: false,
			inputImages: 'sent',
		});
		expect(provider).not.toHaveProperty('upload');
	}
});

describe('what came with 2.5 and 2.6', () => {
	const model = 'gpt-image-2.6-flare';

	it('is named in a form with what it is inside of, and the markup is a file', () => {
		const markup = imageWith('marks', { hasAlpha: true });
		const extras = { svg: { model: 'gpt-6-astra', reasoning: { effort: 'low' } } };
		const request = requestWith({ model, references: [FOX], markup, outputFormat: 'svg', extras });
		expect(partsOf(images.submit(request))).toEqual([
			['model', model],
			['prompt', 'A red fox'],
			['n', '1'],
			['output_format', 'svg'],
			['svg[model]', 'gpt-6-astra'],
			['svg[reasoning][effort]', 'low'],
			['image', FOX],
			['markup', markup],
		]);
	});

	it('is sent as it is in a generation', () => {
		const extras = { frame_count: 3, frame_duration_ms: 120, complexity: 'low' } as const;
		const { json } = images.submit(requestWith({ model, outputFormat: 'gif', extras }));
		expect(json).toEqual({
			model,
			prompt: 'A red fox',
			n: 1,
			output_format: 'gif',
			...extras,
		} satisfies ImageGenerateParams);
	});

	test.each<[Partial<ImageRequest>, number]>([
		[{ count: 4 }, 4],
		[{ count: 4, extras: { stream: true } }, 1],
		[{ count: 4, extras: { stream: false } }, 4],
		[{ count: 4, extras: { stream: 'true' } }, 4],
		[{ count: 4, outputFormat: 'svg' }, 1],
		[{ count: 4, outputFormat: 'gif' }, 4],
	])('%j has so many images in a request: %i', (request, expected) => {
		const { maxPerTask } = images.limits(model);
		expect(maxPerTask(requestWith(request))).toBe(expected);
	});

	it('is a stream only where it is asked for one', () => {
		const typeFor = (stream: unknown) =>
			images.submit(requestWith({ model, extras: { stream } })).responseType;
		expect([true, false, 'true', undefined].map(typeFor)).toEqual(['events', 'any', 'any', 'any']);
	});

	const usage = { input_tokens: 5, output_tokens: 7, total_tokens: 12 };
	const svg_usage = { model: 'gpt-6-astra', output_tokens: 300 };
	it.each<[string, object, object | undefined]>([
		['beside its tokens', { usage, svg_usage }, { ...usage, svg_usage }],
		['not, where it is no object', { usage, svg_usage: 300 }, usage],
		['not, where nothing else is counted', { svg_usage }, undefined],
		['not beside counts of another form', { usage: { tokens: 5 }, svg_usage }, { tokens: 5 }],
	])('tells what writing an SVG took: %s', (_rule, told, read) => {
		const body = { data: [{ url: 'https://a.test/1.svg' }], ...told };
		const task = images.readTask(answerWith({ body }));
		expect(task.usage).toEqual(read);
		expect(task.raw).toEqual({});
	});
});
