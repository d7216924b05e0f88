// What an expression brings to a switch, a text or a list comes as a row has it, often as a text or a number: it is taken for
// what it says in every node, or refused before anything is sent.
import type { IDataObject } from 'n8n-workflow';

import { startBench as startCoreToday } from './CoreToday/setup';
import { startBench as startEvoLink, type Bench as EvoLinkBench } from './EvoLink/setup';
import { startBench as startImageChat, type Bench as ImageChatBench } from './ImageChat/setup';
import { startBench as startOpenAi, type Bench as OpenAiBench } from './OpenAiImages/setup';
import { requestsOf, SMALL } from './OpenAiImages/traffic';

const options = (given: IDataObject) => ({ options: given });
const MAYBE = '={{ "maybe" }}';
const notASwitch = (name: string) => `${name} must be on or off: true or false.`;

describe('OpenAI Images', () => {
	let bench: OpenAiBench;
	beforeAll(async () => {
		bench = await startOpenAi();
	});
	afterAll(async () => await bench.close());
	const generate = async (given: IDataObject) =>
		await bench.run('image/generate', { ...SMALL, ...options(given) });
	const sentBy = ({ key }: { key: string }) =>
		bench.sandbox.openai.calls(key).map(({ parameters }) => parameters);

	test('Stream', async () => {
		expect(sentBy(await generate({ stream: '={{ "TRUE" }}' }))).toMatchObject([{ stream: true }]);
		const refused = await generate({ stream: MAYBE });
		expect(refused.error?.message).toBe(notASwitch('Stream'));
		expect(requestsOf(bench, refused.key)).toEqual([]);
	});

	test('a customer number is a Safety Identifier', async () => {
		const run = await generate({ safety_identifier: '={{ 4711 }}' });
		expect(run.error).toBeUndefined();
		expect(sentBy(run)).toMatchObject([{ safety_identifier: '4711' }]);
	});

	test('a list is none, nor a choice', async () => {
		const run = await generate({ moderation: '={{ ["low"] }}' });
		expect(run.error?.message).toBe('Moderation must be text, but it is a list.');
		expect(requestsOf(bench, run.key)).toEqual([]);
	});

	test('Allow Unknown Prices', async () => {
		const limited = { maximumCost: 5, allowUnknownPrices: '={{ "true" }}' };
		const model = { model: { __rl: true, mode: 'id', value: 'flux-of-tomorrow' } };
		const run = await bench.run(
			'image/generate',
			{ ...SMALL, ...model, ...options(limited) },
			{ account: { faults: { alive: ['flux-of-tomorrow'] } } },
		);
		expect(run.error).toBeUndefined();
		const refused = await generate({ ...limited, allowUnknownPrices: MAYBE });
		expect(refused.error?.message).toBe(notASwitch('Allow Unknown Prices'));
	});

	test('Include Input Fields, where pictures are asked about', async () => {
		const given = { text: 'What is it?', ...options({ includeInputFields: MAYBE }) };
		const run = await bench.run('image/analyze', given);
		expect(run.error?.message).toBe(notASwitch('Include Input Fields'));
		expect(bench.sandbox.openai.calls(run.key)).toEqual([]);
	});
});

test('Core.Today: Public Result', async () => {
	const bench = await startCoreToday();
	const generate = async (isPublic: string) =>
		await bench.run('image/generate', options({ output: 'link', isPublic }));
	const made = await generate('={{ "true" }}');
	expect(bench.sandbox.coreToday.predictions(made.key)).toMatchObject([{ isPublic: true }]);
	const refused = await generate(MAYBE);
	expect(refused.error?.message).toBe(notASwitch('Public Result'));
	expect(bench.sandbox.coreToday.predictions(refused.key)).toEqual([]);
	await bench.close();
});

describe('EvoLink', () => {
	let bench: EvoLinkBench;
	beforeAll(async () => {
		bench = await startEvoLink();
	});
	afterAll(async () => await bench.close());

	test('Same Picture in All Formats', async () => {
		const formats = ['Square 128x128', 'Wide 256x128'];
		const several = { size: 'formats', formats, options: { output: 'link' } };
		const apart = await bench.image('generate', { ...several, keepMotif: '={{ "false" }}' });
		expect(apart.error).toBeUndefined();
		const tasks = bench.sandbox.evolink.tasks(apart.key);
		expect(tasks.map(({ imageUrls }) => imageUrls)).toEqual([[], []]);
		const refused = await bench.image('generate', { ...several, keepMotif: MAYBE });
		expect(refused.error?.message).toBe(notASwitch('Same Picture in All Formats'));
		expect(bench.sandbox.evolink.tasks(refused.key)).toEqual([]);
	});

	test('Return All and Simplify', async () => {
		const { key } = await bench.image(
			'generate',
			{ size: 'custom', customSize: '128x128', completion: 'return' },
			{ items: [{}, {}, {}] },
		);
		const history = { limit: 1, returnAll: '={{ "true" }}', simplify: '={{ "true" }}' };
		const run = await bench.run('task', 'getAll', history, { key });
		expect(run.items).toHaveLength(3);
		expect(run.items[0]!.json).toHaveProperty('taskId');
	});
});

describe('Image Chat', () => {
	let bench: ImageChatBench;
	beforeAll(async () => {
		bench = await startImageChat();
	});
	afterAll(async () => await bench.close());

	test.each<[string, string, unknown]>([
		['a customer number', 'user', '4711'],
		['a list as text', 'modalities', ['image', 'text']],
	])('%s', async (_what, name, sent) => {
		const value = name === 'user' ? '={{ 4711 }}' : '={{ "image, text" }}';
		const run = await bench.run('generate', options({ [name]: value }));
		expect(run.error).toBeUndefined();
		expect(run.calls[0]!.parameters).toMatchObject({ [name]: sent });
	});

	test('an object is no text', async () => {
		const run = await bench.run('generate', options({ user: '={{ ({ id: 7 }) }}' }));
		expect(run.error?.message).toBe('User must be text, but it is of the type object.');
		expect(run.calls).toEqual([]);
	});
});
