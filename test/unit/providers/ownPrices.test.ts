// Prices that a person writes into the credential: read as people write them, and put in the place of what is reckoned.
import type { HttpAnswer, ImageTask } from '../../../providers/contract';
import { createOpenAiBatches } from '../../../providers/openai/batches';
import { createOpenAiImages } from '../../../providers/openai/images';
import { createChatGateway } from '../../../providers/chat';
import {
	checkOwnPrices,
	pricesOf,
	readOwnPrices,
	repriced,
	withOwnPrices,
} from '../../../providers/ownPrices';

const BASE = 'https://api.example.com';

test.each([
	['gpt-image-2 = 0.05', 'gpt-image-2', { perImage: 0.05 }],
	['gpt-image-2=$0,05', 'gpt-image-2', { perImage: 0.05 }],
	['  my model  =  2 USD  ', 'my model', { perImage: 2 }],
	['vendor/model:free = 0', 'vendor/model:free', { perImage: 0 }],
	['m = 5 / 8 / 30', 'm', { tokens: { textIn: 5, imageIn: 8, imageOut: 30 } }],
	['m = $4.5/$7.2/$27', 'm', { tokens: { textIn: 4.5, imageIn: 7.2, imageOut: 27 } }],
])('%s', (text, name, prices) => {
	expect(() => checkOwnPrices(text)).not.toThrow();
	expect(readOwnPrices(text)).toEqual([{ name, prices }]);
});

test.each([
	'gpt-image-2',
	'gpt-image-2: 0.05',
	'= 1',
	'm = free',
	'm = -1',
	'm = 5 / 8',
	'm = 1e9x',
])('%s is no price, and that is said', (line) => {
	const text = `a = 1\n${line}\n`;
	expect(() => checkOwnPrices(text)).toThrow(/Own Prices in the credential can't be read/);
	expect(readOwnPrices(text)).toEqual([{ name: 'a', prices: { perImage: 1 } }]);
});

test.each([undefined, '', ' \n\n'])('nothing is none', (text) => {
	checkOwnPrices(text);
	expect(readOwnPrices(text)).toEqual([]);
	const provider = createOpenAiImages(BASE);
	expect(withOwnPrices(provider, text)).toBe(provider);
});

test('a dated name counts as its family, unless it has a price of its own', () => {
	const own = readOwnPrices('gpt-image-2 = 1\ngpt-image-2-2026-04-21 = 2');
	expect(pricesOf(own, 'gpt-image-2')).toEqual({ perImage: 1 });
	expect(pricesOf(own, 'gpt-image-2-2027-01-01')).toEqual({ perImage: 1 });
	expect(pricesOf(own, 'gpt-image-2-2026-04-21')).toEqual({ perImage: 2 });
	expect(pricesOf(own, 'gpt-image-2.5')).toBeUndefined();
	expect(pricesOf(own, undefined)).toBeUndefined();
});

const done: ImageTask = {
	id: 't',
	status: 'succeeded',
	model: 'm',
	images: [{ url: 'https://x/1' }, { url: 'https://x/2' }],
	raw: {},
};

test('own prices win over what is reckoned, but not over what the provider says it has charged', () => {
	const own = readOwnPrices('m = 0.05');
	const reckoned = { amount: 9, currency: 'USD', credits: 7, estimated: true } as const;
	expect(repriced({ ...done, cost: reckoned }, own).cost).toEqual({
		amount: 0.1,
		currency: 'USD',
		credits: 7,
		estimated: true,
	});
	expect(repriced(done, own).cost).toEqual({ amount: 0.1, currency: 'USD', estimated: true });
	const charged = { ...reckoned, estimated: false };
	expect(repriced({ ...done, cost: charged }, own).cost).toBe(charged);
	expect(repriced({ ...done, status: 'failed' }, own).cost).toBeUndefined();
	// As in EvoLink's list of tasks.
	expect(repriced({ ...done, images: [], cost: reckoned }, own).cost).toBe(reckoned);
	expect(repriced({ ...done, model: 'other' }, own).cost).toBeUndefined();
	expect(repriced({ ...done, model: undefined }, own, 'm').cost?.amount).toBeCloseTo(0.1, 10);
});

test.each<[string, Record<string, unknown>, number]>([
	[
		'OpenAI',
		{
			input_tokens: 300,
			input_tokens_details: { text_tokens: 100, image_tokens: 200 },
			output_tokens: 1000,
		},
		100 * 1 + 200 * 2 + 1000 * 3,
	],
	[
		'a background task',
		{ input_tokens: 9, output_tokens: 9, image_gen: { input_tokens: 5, output_tokens: 10 } },
		5 + 30,
	],
	[
		'EvoLink',
		{ text_input_tokens: 57, image_input_tokens: 10, image_output_tokens: 1120 },
		57 + 20 + 3360,
	],
	['a gateway', { prompt_tokens: 10, completion_tokens: 100 }, 10 + 300],
])('by the tokens of %s', (_, usage, millionths) => {
	const own = readOwnPrices('m = 1 / 2 / 3');
	expect(repriced({ ...done, usage }, own).cost?.amount).toBeCloseTo(millionths / 1e6, 12);
});

test('where no tokens are told, what was known stays', () => {
	const own = readOwnPrices('m = 1 / 2 / 3');
	expect(repriced(done, own)).toBe(done);
	expect(repriced({ ...done, usage: { output_tokens: 0 } }, own).cost).toBeUndefined();
});

test('a provider with own prices estimates and reads by them', () => {
	const gateway = withOwnPrices(createChatGateway(BASE), 'some-model = 0.03');
	const request = { model: 'some-model', prompt: 'A', count: 2, references: [] };
	expect(gateway.estimate(request)).toEqual({ min: 0.06, max: 0.06 });
	expect(gateway.estimate({ ...request, model: 'other' })).toBeUndefined();
	const answer: HttpAnswer = {
		status: 200,
		headers: {},
		body: { choices: [{ message: { content: '![image](https://x.example/1.png)' } }] },
		receivedAt: new Date(0),
	};
	expect(gateway.readTask(answer, request).cost).toEqual({
		amount: 0.03,
		currency: 'USD',
		estimated: true,
	});
});

test('a batch costs half of it', () => {
	const batches = createOpenAiBatches(BASE, 'm = 0.05');
	const request = { model: 'm', prompt: 'A', count: 2, references: [] };
	expect(batches.estimate(request)).toEqual({ min: 0.05, max: 0.05 });
	const body = { data: [{ url: 'https://x.example/1.png' }] };
	const line = { custom_id: 'a', response: { status_code: 200, body } };
	const answer = { status: 200, headers: {}, body: [line], receivedAt: new Date(0) };
	expect(batches.readResults(answer, 'm')[0]!.task?.cost?.amount).toBeCloseTo(0.025, 10);
});
