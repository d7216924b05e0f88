// What goes to Core.Today: predictions as JSON, and as multipart with their files.
import type { ImageRequest } from '../../../../providers/contract';
import { createCoreToday } from '../../../../providers/coretoday';
import { imageWith, requestWith } from '../support';

const API = 'https://api.core.today/v1';
const MODEL = 'openai/gpt-image-2';
const CALLBACK = 'https://n8n.example.com/webhook/1';
const multipart = createCoreToday(API, 'multipart');
const storage = createCoreToday(API, 'storage');

const uploaded = (url: string) => ({ ...imageWith('data'), url });
const predictionOf = (parts: Partial<ImageRequest>) => requestWith({ model: MODEL, ...parts });
const EVERYTHING: Partial<ImageRequest> = {
	size: '3:2',
	quality: 'high',
	background: 'opaque',
	outputFormat: 'jpeg',
	compression: 0,
	callbackUrl: CALLBACK,
	extras: { moderation: 'low', outputFolder: 'campaigns/spring', isPublic: true },
};
const INPUT = {
	prompt: 'A red fox',
	aspect_ratio: '3:2',
	quality: 'high',
	background: 'opaque',
	output_format: 'jpeg',
	output_compression: 0,
	moderation: 'low',
};

describe('a prediction as JSON', () => {
	test.each([
		['without files, whichever way files go', multipart, {}],
		['without files', storage, {}],
		[
			'with files from the storage',
			storage,
			{ references: [uploaded('https://files.test/a.png')] },
		],
	])('is posted %s, and never repeated in doubt', (_rule, coreToday, parts) => {
		expect(coreToday.submit(predictionOf(parts))).toEqual({
			method: 'POST',
			url: `${API}/predictions`,
			json: expect.any(Object),
			base64Fields: [],
			isUsable: expect.any(Function),
			idempotent: false,
		});
	});

	test.each<[string, Partial<ImageRequest>, Record<string, unknown>]>([
		['the least there is', {}, { model: MODEL, input: { prompt: 'A red fox' } }],
		[
			'everything that the model takes',
			EVERYTHING,
			{
				model: MODEL,
				input: INPUT,
				webhook_url: CALLBACK,
				output_folder: 'campaigns/spring',
				is_public: true,
			},
		],
		[
			'files in their order',
			{ references: [uploaded('https://files.test/b.png'), uploaded('https://files.test/a.png')] },
			{
				model: MODEL,
				input: {
					prompt: 'A red fox',
					input_images: ['https://files.test/b.png', 'https://files.test/a.png'],
				},
			},
		],
		[
			'nothing of several images: each one is a prediction of its own',
			{ count: 1 },
			{ model: MODEL, input: { prompt: 'A red fox' } },
		],
		[
			'a prompt exactly as it was written',
			{ prompt: '  한국어 "따옴표"\n🦊  ' },
			{ model: MODEL, input: { prompt: '  한국어 "따옴표"\n🦊  ' } },
		],
		[
			'no extras that are not set',
			{ extras: { moderation: undefined, outputFolder: undefined, isPublic: undefined } },
			{ model: MODEL, input: { prompt: 'A red fox' } },
		],
		[
			'that a result is not public',
			{ extras: { isPublic: false } },
			{ model: MODEL, input: { prompt: 'A red fox' }, is_public: false },
		],
	])('sends %s', (_rule, parts, body) => {
		expect(storage.submit(predictionOf(parts)).json).toStrictEqual(body);
	});
});

describe('additional input of other models', () => {
	const inputFor = (parts: Partial<ImageRequest>, additionalInput: Record<string, unknown>) =>
		storage.submit(requestWith({ model: 'other/model', ...parts, extras: { additionalInput } }))
			.json?.input;
	const own = { steps: 20, loras: [{ name: 'x' }], style: null, seed: 0, hint: '', tiled: false };

	test.each<[string, Partial<ImageRequest>, Record<string, unknown>, Record<string, unknown>]>([
		['is passed on as it is', {}, own, { prompt: 'A red fox', ...own }],
		[
			'wins over the fields',
			{ size: '1:1' },
			{ aspect_ratio: '16:9', prompt: 'An owl' },
			{ aspect_ratio: '16:9', prompt: 'An owl' },
		],
		[
			'keeps its own input images',
			{},
			{ input_images: ['https://a.test/x.png'] },
			{ prompt: 'A red fox', input_images: ['https://a.test/x.png'] },
		],
		[
			'goes along with input images',
			{ references: [uploaded('https://a.test/y.png')] },
			{ steps: 20 },
			{ prompt: 'A red fox', steps: 20, input_images: ['https://a.test/y.png'] },
		],
		[
			'needs no prompt',
			{ prompt: '' },
			{ image: 'https://a.test/x.png' },
			{ image: 'https://a.test/x.png' },
		],
		['may be empty', {}, {}, { prompt: 'A red fox' }],
	])('%s', (_rule, parts, additionalInput, input) => {
		expect(inputFor(parts, additionalInput)).toStrictEqual(input);
	});

	it('goes into the input of a multipart request too', () => {
		const references = [imageWith('data')];
		const extras = { additionalInput: { steps: 20 } };
		const { form } = multipart.submit(requestWith({ model: 'other/model', references, extras }));
		expect(form).toContainEqual({
			name: 'input',
			value: JSON.stringify({ prompt: 'A red fox', steps: 20 }),
		});
	});
});

describe('a prediction with its files, as multipart', () => {
	const references = [imageWith('photo'), imageWith('logo')];

	it('has the model, the input as JSON text, the settings, and the files under one name', () => {
		const request = predictionOf({ ...EVERYTHING, references });
		expect(multipart.submit(request)).toEqual({
			method: 'POST',
			url: `${API}/predictions/upload`,
			form: [
				{ name: 'model', value: MODEL },
				{ name: 'input', value: JSON.stringify(INPUT) },
				{ name: 'webhook_url', value: CALLBACK },
				{ name: 'output_folder', value: 'campaigns/spring' },
				{ name: 'is_public', value: 'true' },
				{ name: 'file:input_images', file: references[0] },
				{ name: 'file:input_images', file: references[1] },
			],
			base64Fields: [],
			isUsable: expect.any(Function),
			idempotent: false,
		});
	});

	it('has no setting that is not set', () => {
		expect(multipart.submit(predictionOf({ references: [references[0]!] })).form).toEqual([
			{ name: 'model', value: MODEL },
			{ name: 'input', value: '{"prompt":"A red fox"}' },
			{ name: 'file:input_images', file: references[0] },
		]);
	});

	it.each([
		['{"id":"pred_1"}', true],
		['{"job_id":7}', true],
		['{"error":"No."}', false],
		['<html>', false],
	])('%j tells of a prediction: %s', (body, isUsable) => {
		for (const way of [multipart, storage]) {
			expect(way.submit(predictionOf({ references })).isUsable?.(body)).toBe(isUsable);
		}
	});

	it('is one of an account that knows no order again', () => {
		expect(storage).toMatchObject({
			contractVersion: 1,
			name: 'Core.Today',
			id: 'coretoday',
			linkLifetime: 'a limited time',
			whereToLook: 'Your Core.Today account shows which images were made.',
			honoursKeys: false,
		});
	});

	it('tells the pipeline which way files go', () => {
		expect([multipart.inputImages, storage.inputImages]).toEqual(['sent', 'uploaded']);
	});
});

describe('the address', () => {
	test.each([
		['https://api.core.today/v1', API],
		['https://api.core.today/v1/', API],
		['https://api.core.today', API],
		[' http://127.0.0.1:4010/coretoday/v1/ ', 'http://127.0.0.1:4010/coretoday/v1'],
	])('below %j', (baseUrl, root) => {
		const coreToday = createCoreToday(baseUrl, 'storage');
		expect(coreToday.submit(predictionOf({})).url).toBe(`${root}/predictions`);
		expect(coreToday.poll('pred_1')).toEqual({
			method: 'GET',
			url: `${root}/predictions/pred_1`,
			base64Fields: [],
			idempotent: true,
		});
	});

	it('takes no path from an id', () => {
		expect(storage.poll('../files?x').url).toBe(`${API}/predictions/..%2Ffiles%3Fx`);
		expect(storage.poll('job_\ud800').url).toBe(`${API}/predictions/job_%EF%BF%BD`);
	});
});
