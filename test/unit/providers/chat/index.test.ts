// What goes to a chat gateway: one request, with what was set and nothing else.
import type { ImageRequest } from '../../../../providers/contract';
import { createChatGateway } from '../../../../providers/chat';
import { checkRequest } from '../../../../providers/limits/checkRequest';
import { answerWith, failureOf, imageWith, refusals, requestWith } from '../support';
import { DATA_URI, FOX } from './transcripts';

const gateway = createChatGateway('https://gateway.test');
const FILE = { file: { label: 'data' }, digest: 'digest' };
const chatRequest = (parts: Partial<ImageRequest>) =>
	requestWith({ model: 'gpt-4o-image', ...parts });
const bodyFor = (parts: Partial<ImageRequest>) => gateway.submit(chatRequest(parts)).json;
const user = (...parts: unknown[]) => ({
	role: 'user',
	content: [{ type: 'text', text: 'A red fox' }, ...parts],
});
const BARE = { model: 'gpt-4o-image', stream: false, messages: [user()] };

it('tells what all gateways have in common', () => {
	const { name, id, linkLifetime, whereToLook, honoursKeys, inputImages, limits } = gateway;
	expect({ name, id, linkLifetime, whereToLook, honoursKeys, inputImages }).toEqual({
		name: 'The gateway',
		id: 'imagechat',
		linkLifetime: 'a limited time',
		whereToLook: 'Your account at the gateway shows what was charged.',
		honoursKeys: false,
		inputImages: 'inline',
	});
	expect(limits()).toEqual({
		prompt: {},
		sizeInWords: true,
		counts: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
		references: { max: 16, maxBytes: 20 * 1024 * 1024, types: ['png', 'jpeg', 'webp', 'gif'] },
		mask: 'none',
	});
});

it("knows what images cost only by prices of one's own", () => {
	const request = chatRequest({ count: 3 });
	expect(gateway.estimate(request)).toBeUndefined();
	expect(gateway.estimate(request, { perImage: 0.5 })).toEqual({ min: 1.5, max: 1.5 });
});

describe('the request', () => {
	it('is never repeated in doubt, and takes any answer', () => {
		const { json, ...rest } = gateway.submit(chatRequest({}));
		expect(rest).toEqual({
			method: 'POST',
			url: 'https://gateway.test/v1/chat/completions',
			base64Fields: ['b64_json'],
			responseType: 'any',
			idempotent: false,
		});
		expect(json).toStrictEqual(BARE);
	});

	const parameters = {
		temperature: 0,
		top_p: 0.5,
		stop: 'END',
		max_tokens: 100,
		presence_penalty: -1,
		frequency_penalty: 1,
		logit_bias: { '50256': -100 },
		user: 'u-1',
		response_format: { type: 'text' },
		seed: 0,
		tools: [],
		tool_choice: 'auto',
		modalities: ['image', 'text'],
	};
	const reference = (url: string) => ({ ...imageWith('data'), url });
	test.each<[string, Partial<ImageRequest>, object]>([
		['no n for one image', { count: 1 }, BARE],
		['n for several', { count: 3 }, { ...BARE, n: 3 }],
		[
			'no size, quality or format, for which chat has no name',
			{ size: '3:2', quality: 'high', outputFormat: 'png' },
			BARE,
		],
		[
			'every chat parameter that is set, zeros too',
			{ extras: { parameters } },
			{ ...BARE, ...parameters },
		],
		['no parameter that is not', { extras: { parameters: {} } }, BARE],
		[
			'a system message as a plain string',
			{ extras: { systemMessage: 'Draw flat.' } },
			{ ...BARE, messages: [{ role: 'system', content: 'Draw flat.' }, user()] },
		],
		['no empty system message', { extras: { systemMessage: '' } }, BARE],
		[
			'no system message that is missing',
			{ extras: { systemMessage: undefined, parameters: undefined } },
			BARE,
		],
		[
			'references behind the text, in their order',
			{ references: [reference(FOX), reference(DATA_URI)] },
			{
				...BARE,
				messages: [
					user(
						{ type: 'image_url', image_url: { url: FOX } },
						{ type: 'image_url', image_url: { url: DATA_URI } },
					),
				],
			},
		],
	])('sends %s', (_rule, parts, body) => {
		expect(JSON.parse(JSON.stringify(bodyFor(parts)))).toStrictEqual(body);
	});

	it('has a file in the place of an address', () => {
		const references = [reference(FOX), { label: 'data', inline: FILE }];
		expect(bodyFor({ references })).toStrictEqual({
			...BARE,
			messages: [
				user(
					{ type: 'image_url', image_url: { url: FOX } },
					{ type: 'image_url', image_url: { url: FILE } },
				),
			],
		});
	});

	it('sends a prompt exactly as it was written', () => {
		const prompt = '  한국어 "따옴표"\n🦊  ';
		expect(bodyFor({ prompt })).toMatchObject({
			messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
		});
	});
});

describe('the address', () => {
	test.each([
		['https://gateway.test', 'https://gateway.test/v1'],
		['https://gateway.test/', 'https://gateway.test/v1'],
		['https://gateway.test//', 'https://gateway.test/v1'],
		['  https://gateway.test/v1 \n', 'https://gateway.test/v1'],
		['https://gateway.test/v1', 'https://gateway.test/v1'],
		['https://gateway.test/v1/', 'https://gateway.test/v1'],
		['https://gateway.test/api', 'https://gateway.test/api/v1'],
		['https://gateway.test/api/', 'https://gateway.test/api/v1'],
		['https://gateway.test/api/v1', 'https://gateway.test/api/v1'],
		['https://gateway.test/api/v1/', 'https://gateway.test/api/v1'],
		['https://gateway.test/api/paas/v4', 'https://gateway.test/api/paas/v4'],
		['https://gateway.test/api/paas/v4/', 'https://gateway.test/api/paas/v4'],
		['https://gateway.test/v1beta', 'https://gateway.test/v1beta'],
		['https://gateway.test/v1beta/openai', 'https://gateway.test/v1beta/openai'],
		['https://gateway.test/v1beta/openai/ ', 'https://gateway.test/v1beta/openai'],
		['https://gateway.test/v1/team/openai', 'https://gateway.test/v1/team/openai'],
		['https://gateway.test/openai/v1/team//', 'https://gateway.test/openai/v1/team'],
		['https://gateway.test/preview1/openai', 'https://gateway.test/preview1/openai/v1'],
		['https://gateway.test/v-one/openai', 'https://gateway.test/v-one/openai/v1'],
		['https://gateway.test/env1', 'https://gateway.test/env1/v1'],
		['http://v1', 'http://v1/v1'],
		['http://v1/', 'http://v1/v1'],
		['http://v1/openai', 'http://v1/openai/v1'],
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010/v1'],
	])('below %j', (baseUrl, root) => {
		const { submit, models } = createChatGateway(baseUrl);
		expect(submit(chatRequest({})).url).toBe(`${root}/chat/completions`);
		expect(models()).toEqual({ method: 'GET', url: `${root}/models`, idempotent: true });
	});

	test.each(['', 'gateway.test', 'ftp://gateway.test'])('%j is refused', (baseUrl) => {
		const failure = failureOf(() => createChatGateway(baseUrl).submit(chatRequest({})));
		expect(failure.kind).toBe('badInput');
	});
});

describe('what is refused before anything is sent', () => {
	const check = (request: ImageRequest) => checkRequest(request, gateway.limits());
	const mask = imageWith('mask');
	refusals(check, [
		[
			'a mask, which chat does not have',
			{ mask, references: [imageWith('data')] },
			"gpt-image-2 can't work with a Mask.",
			'Remove the Mask and say in the Prompt what to change, or choose a model that takes a mask.',
		],
		[
			'more images than are sensible',
			{ count: 11 },
			'gpt-image-2 makes 1 to 10 images at a time, not 11.',
			'Set Number of Images to 1 to 10.',
		],
		[
			'no prompt',
			{ prompt: ' ' },
			'The Prompt is empty.',
			'Describe the image you want in the Prompt field. If it is an expression, check that the item has that field.',
		],
	]);

	it('is nothing else: the gateway knows its models, we do not', () => {
		const extras = { systemMessage: 'Draw flat.', parameters: { seed: 1 } };
		const references = [imageWith('data', { type: 'gif' })];
		expect(() => check(chatRequest({ count: 10, references, extras }))).not.toThrow();
	});
});

test('the models are read as a list of ids', () => {
	const body = { object: 'list', data: [{ id: 'gpt-4o-image' }, { id: 'other', owned_by: 'x' }] };
	expect(gateway.readModels(answerWith({ body }))).toEqual(['gpt-4o-image', 'other']);
	expect(failureOf(() => gateway.readModels(answerWith({ body: '<html>' }))).kind).toBe(
		'unreadableAnswer',
	);
});

test("a gateway's own dollars are the cost, and all that it counts is kept", () => {
	const usage = {
		prompt_tokens: 12,
		completion_tokens: 1290,
		cost: 0.0387,
		cost_details: { upstream_inference_cost: 0.0387 },
		completion_tokens_details: { image_tokens: 1290 },
	};
	const content = '![image](https://files.test/a.png)';
	const choices = [{ message: { role: 'assistant', content } }];
	const { readTask } = createChatGateway('https://gateway.test/v1');
	const task = readTask(answerWith({ body: { model: 'm', choices, usage } }));
	expect(task.cost).toEqual({ amount: 0.0387, currency: 'USD', estimated: false });
	expect(task.usage).toEqual(usage);
	const zero = { ...usage, cost: 0 };
	const free = readTask(answerWith({ body: { model: 'm', choices, usage: zero } }));
	expect([free.cost, free.usage]).toEqual([undefined, zero]);
});
