// A gateway that quotes the key: it stands nowhere in what leaves the node.
import { inspect } from 'node:util';
import { stringify } from 'flatted';

import { ImageChat } from '../../../nodes/ImageChat/ImageChat.node';
import { startBench, type Bench } from './setup';

type Options = NonNullable<Parameters<Bench['run']>[2]>;
type Create = NonNullable<NonNullable<NonNullable<Options['account']>['faults']>['create']>;

const KEY = 'sk-se/cret+0123456789==';
const MARK = '•••';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const chat = (message: object, more: object = {}) =>
	JSON.stringify({ choices: [{ message }], ...more });

async function run(create: Create, options: Options = {}, parameters = {}) {
	const account = { key: KEY, faults: { create } };
	return await bench.run('generate', parameters, { account, ...options });
}

/** All that a person, a workflow or a database gets to see. */
async function everythingOf(done: Awaited<ReturnType<typeof run>>): Promise<string> {
	const { error, items, outputs, hints, raw } = done;
	return [
		inspect(error, { depth: 20, showHidden: true, maxStringLength: null }),
		String(error?.message),
		String(error?.description),
		String(error?.stack),
		JSON.stringify({ items, outputs, hints }),
		stringify(raw.data),
		await bench.engine.log(),
	].join('\n');
}

async function expectHidden(done: Awaited<ReturnType<typeof run>>): Promise<void> {
	const everything = await everythingOf(done);
	for (const form of [KEY, encodeURIComponent(KEY), JSON.stringify(KEY).slice(1, -1)]) {
		expect(everything.includes(form) ? aroundIn(everything, form) : '').toBe('');
	}
	expect(everything).toContain(MARK);
}

function aroundIn(text: string, part: string): string {
	const at = text.indexOf(part);
	return text.slice(Math.max(0, at - 200), at + part.length + 50);
}

const failing: Array<[where: string, create: Create]> = [
	[
		'the message of an error',
		{ status: 400, text: JSON.stringify({ error: { message: `Bad key ${KEY}.` } }) },
	],
	[
		'the message of a refused key',
		{ status: 401, text: JSON.stringify({ error: { message: `Bad key ${KEY}.` } }) },
	],
	[
		'the code of an error',
		{ status: 400, text: JSON.stringify({ error: { message: 'No.', code: `no_${KEY}` } }) },
	],
	[
		'the type of an error',
		{ status: 400, text: JSON.stringify({ error: { message: 'No.', type: `no_${KEY}` } }) },
	],
	[
		'the setting of an error',
		{ status: 400, text: JSON.stringify({ error: { message: 'No.', param: KEY } }) },
	],
	['an error as text', { status: 500, text: `Bearer ${KEY}` }],
	['a web page', { status: 502, text: `<html>${encodeURIComponent(KEY)} ${KEY}</html>` }],
	['x-oneapi-request-id', { status: 400, headers: { 'x-oneapi-request-id': KEY } }],
	['x-request-id', { status: 500, headers: { 'x-request-id': KEY } }],
	['an answer that is no JSON', { status: 200, text: `Welcome, ${KEY}` }],
	[
		'the text of an answer without an image',
		{ status: 200, text: chat({ content: `I know ${KEY} and no picture.` }) },
	],
	['a refusal', { status: 200, text: chat({ content: null, refusal: `Not with ${KEY}.` }) }],
	[
		'an error under HTTP 200',
		{ status: 200, text: JSON.stringify({ error: { code: 402, message: `${KEY} is empty` } }) },
	],
	['a redirect', { status: 307, location: `http://127.0.0.1:1/${KEY}` }],
	['a redirect within the origin', { status: 302, location: `/a?key=${encodeURIComponent(KEY)}` }],
	[
		'a link that is dead',
		{ status: 200, text: chat({ content: `![a](http://127.0.0.1:1/a.png?key=${KEY})` }) },
	],
	[
		'two links that are dead',
		{
			status: 200,
			text: chat({
				content: `![a](http://127.0.0.1:1/a.png?key=${KEY}) ![b](http://127.0.0.1:1/b.png?key=${encodeURIComponent(KEY)})`,
			}),
		},
	],
];

describe.each(failing)('a key in %s', (_where, create) => {
	test('is hidden in the error', async () => {
		const done = await run(create);
		expect(done.error).toBeDefined();
		await expectHidden(done);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'is hidden in what goes on (%s)',
		async (onError) => {
			const done = await run(create, { onError, items: [{}, {}] });
			expect(done.outputs.flat().length).toBeGreaterThan(0);
			await expectHidden(done);
		},
	);

	test('is hidden when the node is tried again', async () => {
		await expectHidden(await run(create, { retryOnFail: { maxTries: 2 } }));
	});
});

describe('a key in an answer with an image', () => {
	const pixel =
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
	const picture = `data:image/png;base64,${pixel}`;

	test('is hidden in the item', async () => {
		const more = { model: `model-${KEY}`, usage: { prompt_tokens: 1, [KEY]: KEY } };
		const done = await run({ status: 200, text: chat({ content: picture }, more) });
		expect(done.error).toBeUndefined();
		expect(done.items).toHaveLength(1);
		await expectHidden(done);
	});

	test('is hidden in a link', async () => {
		const content = `![a](http://127.0.0.1:1/a.png?key=${encodeURIComponent(KEY)})`;
		const done = await run(
			{ status: 200, text: chat({ content }) },
			{},
			{ options: { output: 'link' } },
		);
		expect(done.error).toBeUndefined();
		await expectHidden(done);
	});

	test('is hidden in the hint about a link that is dead', async () => {
		const content = [
			{ type: 'image_url', image_url: { url: picture } },
			{ type: 'image_url', image_url: { url: `http://127.0.0.1:1/a.png?key=${KEY}` } },
		];
		const done = await run({ status: 200, text: chat({ content }) });
		expect(done.error).toBeUndefined();
		expect(done.hints).toHaveLength(1);
		await expectHidden(done);
	});

	test('is hidden from an agent', async () => {
		for (const asTool of [true, 'agent'] as const) {
			const create: Create = { status: 200, text: chat({ content: `I know ${KEY}.` }) };
			await expectHidden(await run(create, { asTool }));
		}
	});
});

test('a key in the list of models and in its errors is hidden', async () => {
	for (const list of [
		{ status: 401, text: JSON.stringify({ error: { message: `Bad key ${KEY}.` } }) },
		{ status: 500, headers: { 'x-request-id': KEY }, text: KEY },
	]) {
		bench.sandbox.chat.addKey({ key: KEY, faults: { list } });
		const found = await bench.engine
			.listSearch({
				node: new ImageChat(),
				credentials: { imageChatApi: { apiKey: KEY, baseUrl: bench.sandbox.chat.baseUrl } },
				method: 'searchModels',
			})
			.catch((error: unknown) => error);
		const seen = inspect(found, { depth: 20, showHidden: true });
		expect(seen.includes(KEY) ? aroundIn(seen, KEY) : '').toBe('');
		expect(seen).toContain(MARK);
	}
});
