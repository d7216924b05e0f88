// Chat completions with and without pictures, driven by the official client.
import type OpenAI from 'openai';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { zodResponseFormat } from 'openai/helpers/zod';
import sharp from 'sharp';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { colourName } from '../../../../sandbox/openai/chat/colours';
import { clientOf, dataUri, keyOf, plain, refusal } from './support';

let sandbox: Sandbox;
let client: OpenAI;

beforeAll(async () => {
	sandbox = await startSandbox();
	client = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());

type Params = ChatCompletionCreateParamsNonStreaming;
type Part = { type: 'image_url'; image_url: { url: string; detail?: 'low' | 'high' } };

const picture = async (width: number, height: number, colour: string): Promise<Part> => ({
	type: 'image_url',
	image_url: { url: dataUri(await plain(width, height, colour)) },
});

async function ask(parts: Part[], more: Partial<Params> = {}) {
	return await client.chat.completions.create({
		model: 'gpt-4o-mini',
		messages: [{ role: 'user', content: [{ type: 'text', text: 'What is it?' }, ...parts] }],
		...more,
	});
}

const said = (answer: Awaited<ReturnType<typeof ask>>) => answer.choices[0]?.message.content;

describe('a question about pictures', () => {
	it('is answered with size and colour', async () => {
		const answer = await ask([await picture(300, 200, '#d01818')]);
		expect(said(answer)).toBe('The picture is 300 × 200 pixels, and its dominant colour is red.');
		expect(answer).toMatchObject({
			object: 'chat.completion',
			model: 'gpt-4o-mini',
			choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant' } }],
			usage: { prompt_tokens: 3 + 2833 + 5667, completion_tokens: 16 },
		});
		expect(sandbox.openai.calls(keyOf(client)).at(-1)).toMatchObject({
			route: 'chat/completions',
			imagesIn: [{ type: 'image/png', width: 300, height: 200 }],
		});
	});

	it('counts fewer tokens with low detail', async () => {
		const part = await picture(2000, 1000, '#d01818');
		const high = await ask([part], { model: 'gpt-4o' });
		const low = await ask([{ ...part, image_url: { ...part.image_url, detail: 'low' } }], {
			model: 'gpt-4o',
		});
		expect(high.usage?.prompt_tokens).toBe(3 + 85 + 170 * 6);
		expect(low.usage?.prompt_tokens).toBe(3 + 85);
	});

	it('tells several apart, of all four kinds, also from a link', async () => {
		const linked = clientOf(sandbox, { faults: { answer: 'url' } });
		const made = await linked.images.generate({ model: 'gpt-image-1.5', prompt: 'A sea' });
		const green = sharp(await plain(20, 10, '#18a018'));
		const parts: Part[] = [
			{ type: 'image_url', image_url: { url: String(made.data?.[0]?.url) } },
			await picture(8, 9, '#1830d0'),
			...(await Promise.all(
				(['jpeg', 'webp', 'gif'] as const).map(async (format): Promise<Part> => {
					const bytes = await green.clone().toFormat(format).toBuffer();
					return { type: 'image_url', image_url: { url: dataUri(bytes, `image/${format}`) } };
				}),
			)),
		];
		const text = String(said(await ask(parts)));
		expect(text).toMatch(/^Picture 1 is 1024 × 1024 pixels/);
		expect(text).toContain('Picture 2 is 8 × 9 pixels, and its dominant colour is blue.');
		expect(text.match(/is 20 × 10 pixels, and its dominant colour is green/g)).toHaveLength(3);
	});

	it('is answered as JSON', async () => {
		const answer = await ask([await picture(30, 20, '#ffffff')], {
			response_format: { type: 'json_object' },
			messages: [
				{ role: 'system', content: 'Answer in JSON.' },
				{ role: 'user', content: [await picture(30, 20, '#ffffff')] },
			],
		});
		expect(JSON.parse(String(said(answer)))).toMatchObject({
			pictures: [{ width: 30, height: 20, dominantColour: 'white' }],
		});
	});

	it('fills a schema', async () => {
		const schema = {
			type: 'object',
			properties: {
				pictures: { type: 'array', items: { $ref: '#/$defs/picture' } },
				mood: { type: 'string', enum: ['calm', 'wild'] },
			},
			$defs: {
				picture: {
					type: 'object',
					properties: {
						width: { type: 'integer' },
						height: { type: 'integer' },
						colour: { type: ['string', 'null'] },
						sharp: { type: 'boolean' },
						caption: { type: 'string' },
					},
				},
			},
		};
		const answer = await ask([await picture(3, 2, '#000000'), await picture(4, 5, '#808080')], {
			response_format: { type: 'json_schema', json_schema: { name: 'seen', schema } },
		});
		expect(JSON.parse(String(said(answer)))).toEqual({
			pictures: [
				{ width: 3, height: 2, colour: 'black', sharp: true, caption: expect.any(String) },
				{ width: 4, height: 5, colour: 'grey', sharp: true, caption: expect.any(String) },
			],
			mood: 'calm',
		});
	});
});

it('fills a schema that the official client parses', async () => {
	const shape = z.object({ width: z.number(), height: z.number(), colour: z.string() });
	const { choices } = await client.chat.completions.parse({
		model: 'gpt-4o',
		messages: [{ role: 'user', content: [await picture(70, 20, '#00aa00')] }],
		response_format: zodResponseFormat(shape, 'picture'),
	});
	expect(choices[0]?.message.parsed).toEqual({ width: 70, height: 20, colour: 'green' });
});

describe('a strict schema', () => {
	const strictly = async (schema: object, more: object = {}, model = 'gpt-4o', use = client) =>
		await use.chat.completions.create({
			model,
			messages: [{ role: 'user', content: [await picture(70, 20, '#00aa00')] }],
			response_format: {
				type: 'json_schema',
				json_schema: { name: 'seen', strict: true, schema: { ...schema }, ...more },
			},
		});
	const object = (properties: Record<string, object>, more: object = {}) => ({
		type: 'object',
		properties,
		required: Object.keys(properties),
		additionalProperties: false,
		...more,
	});

	it('is filled with values of its types', async () => {
		const schema = object({
			colour: { type: 'string' },
			hashtags: { type: 'array', items: { type: 'string' } },
			width: { type: 'number' },
			isSharp: { type: 'boolean' },
			inner: object({ height: { type: 'integer' } }),
		});
		const said = (await strictly(schema)).choices[0]?.message.content;
		expect(JSON.parse(String(said))).toEqual({
			colour: 'green',
			hashtags: ['#green'],
			width: 70,
			isSharp: true,
			inner: { height: 20 },
		});
	});

	const everyKey =
		"'required' is required to be supplied and to be an array including every key in properties.";
	it.each<[what: string, schema: object, problem: string]>([
		[
			'that lets other properties in',
			{ ...object({ a: { type: 'string' } }), additionalProperties: undefined },
			"In context=(), 'additionalProperties' is required to be supplied and to be false.",
		],
		[
			'that leaves one open',
			object({ a: { type: 'string' }, b: { type: 'string' } }, { required: ['a'] }),
			`In context=(), ${everyKey} Missing 'b'.`,
		],
		[
			'that demands one too many',
			object({ a: { type: 'string' } }, { required: ['a', 'b'] }),
			`In context=(), ${everyKey} Extra required key 'b' supplied.`,
		],
		[
			'with an open object inside',
			object({ a: { type: 'object', properties: {} } }),
			"In context=('properties', 'a'), 'additionalProperties' is required to be supplied and to be false.",
		],
		[
			'with an open object in a list',
			object({ a: { type: 'array', items: { type: 'object', properties: {} } } }),
			"In context=('properties', 'a', 'items'), 'additionalProperties' is required to be supplied and to be false.",
		],
		[
			'with a list of anything',
			object({ a: { type: 'array' } }),
			"In context=('properties', 'a'), array schema missing items.",
		],
		[
			'without a type',
			object({ a: { description: 'What?' } }),
			"In context=('properties', 'a'), schema must have a 'type' key.",
		],
		[
			'with a keyword that strict mode lacks',
			object({ a: { type: 'string', maxLength: 5 } }),
			"In context=('properties', 'a'), 'maxLength' is not permitted.",
		],
		[
			'that is no object',
			{ type: 'array', items: { type: 'string' } },
			`schema must be a JSON Schema of 'type: "object"', got 'type: "array"'.`,
		],
	])('%s is refused', async (_what, schema, problem) => {
		expect(await refusal(strictly(schema))).toMatchObject({
			status: 400,
			param: 'response_format',
			message: expect.stringContaining(`Invalid schema for response_format 'seen': ${problem}`),
		});
	});

	it('of a bad name is refused', async () => {
		const name = await refusal(strictly(object({}), { name: 'my answer' }));
		expect(name).toMatchObject({ code: 'invalid_value' });
		const other = await refusal(strictly(object({}), { colour: 1 }));
		expect(other.param).toBe('response_format.json_schema.colour');
	});

	it('is refused by a model that has none', async () => {
		const older = clientOf(sandbox, { faults: { alive: ['gpt-4'] } });
		const refused = await refusal(strictly(object({}), {}, 'gpt-4', older));
		expect(refused).toMatchObject({
			status: 400,
			code: null,
			message: expect.stringContaining("'response_format' of type 'json_schema' is not supported"),
		});
	});
});

describe('plain text', () => {
	const improve = async (more: Partial<Params> = {}) =>
		await client.chat.completions.create({
			model: 'gpt-4o',
			messages: [
				{ role: 'system', content: 'Improve this prompt.' },
				{ role: 'user', content: 'A cat on a roof.' },
			],
			...more,
		});

	it('becomes a better prompt, always the same', async () => {
		const first = said(await improve());
		expect(first).toMatch(/^A cat on a roof, .{30,}\.$/);
		expect(said(await improve({ temperature: 1.5 }))).toBe(first);
	});

	it('is cut at the limit', async () => {
		const answer = await improve({ max_tokens: 3 });
		expect(answer.choices[0]).toMatchObject({
			finish_reason: 'length',
			message: { content: 'A cat on a r' },
		});
		expect(answer.usage?.completion_tokens).toBe(3);
	});

	it('takes the newer limit on models that reason', async () => {
		const answer = await improve({ model: 'gpt-5.5', max_completion_tokens: 500, n: 2 });
		expect(answer.choices).toHaveLength(2);
	});
});

describe('a chat completion is refused', () => {
	it.each([
		[
			'max_tokens on a model that reasons',
			{ model: 'gpt-5.5', max_tokens: 5 },
			'unsupported_parameter',
		],
		[
			'temperature on a model that reasons',
			{ model: 'gpt-5.5', temperature: 0.2 },
			'unsupported_value',
		],
		['temperature 3', { temperature: 3 }, 'decimal_above_max_value'],
		['both limits', { max_tokens: 1, max_completion_tokens: 1 }, 'invalid_parameter_combination'],
		['JSON without the word', { response_format: { type: 'json_object' } }, null],
		['no messages', { messages: [] }, 'empty_array'],
		['an image model', { model: 'gpt-image-2' }, 'model_not_found'],
		['an unknown parameter', { sing: 1 }, 'unknown_parameter'],
	])('%s', async (_name, change, code) => {
		expect(await refusal(ask([], change as Partial<Params>))).toMatchObject({ code });
	});

	it.each([
		['no picture', dataUri(Buffer.from('hello')), 'invalid_image_format'],
		['broken base64', 'data:image/png;base64,%%%', 'invalid_base64_image'],
		['another kind of data', 'data:text/plain,hello', 'invalid_image_url'],
		['no URL', 'picture.png', 'invalid_image_url'],
		['nothing there', 'http://127.0.0.1:1/a.png', 'failed_to_download_image'],
	])('%s', async (_name, url, code) => {
		const error = await refusal(ask([{ type: 'image_url', image_url: { url } }]));
		expect(error).toMatchObject({ status: 400, code });
		expect(error.param).toBe('messages[0].content[1].image_url.url');
	});

	it('by the model itself, in words', async () => {
		const messages = [{ role: 'user' as const, content: 'Hi [sandbox: moderation=input]' }];
		const { message, finish_reason } = (await ask([], { messages })).choices[0]!;
		expect(message).toMatchObject({
			content: null,
			refusal: expect.stringContaining("can't help"),
		});
		expect(finish_reason).toBe('stop');
	});

	it('with a rate limit that is written into the text', async () => {
		const messages = [{ role: 'user' as const, content: 'Hi [sandbox: create=429 retry-after=3]' }];
		const error = await refusal(ask([], { messages }));
		expect(error).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
	});
});

it.each([
	['#ffffff', 'white'],
	['#000000', 'black'],
	['#808080', 'grey'],
	['#ff0000', 'red'],
	['#ff8c00', 'orange'],
	['#ffee00', 'yellow'],
	['#00aa00', 'green'],
	['#00c8d2', 'turquoise'],
	['#0000ff', 'blue'],
	['#8a2be2', 'purple'],
	['#ff69b4', 'pink'],
	['#6b3e12', 'brown'],
])('%s is called %s', (hex, name) => {
	const [r = 0, g = 0, b = 0] = Buffer.from(hex.slice(1), 'hex');
	expect(colourName({ r, g, b })).toBe(name);
});
