// A gateway that quotes the key: it stands nowhere in what leaves the node.
import { inspect } from 'node:util';
import { stringify } from 'flatted';

import { ImageChat } from '../../../nodes/ImageChat/ImageChat.node';
import { leaksIn, leaksOf, quotedInEveryWay } from '../support/secrets';
import { startBench, type Bench } from './setup';

type Options = NonNullable<Parameters<Bench['run']>[2]>;
type Create = NonNullable<NonNullable<NonNullable<Options['account']>['faults']>['create']>;

/** As the credential has it. */
const QUOTED = 'sk-Se/cret+7hGq2_wXz9.Pb4tR==';
const MARK = '•••';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const chat = (message: object, more: object = {}) =>
	JSON.stringify({ choices: [{ message }], ...more });

async function run(create: Create, options: Options = {}, parameters = {}) {
	const account = { key: QUOTED, faults: { create } };
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
	expect(leaksIn({ everything }, [QUOTED])).toEqual([]);
	expect(everything).toContain(MARK);
}

const failing: Array<[where: string, create: Create]> = [
	[
		'the message of an error',
		{ status: 400, text: JSON.stringify({ error: { message: `Bad key ${QUOTED}.` } }) },
	],
	[
		'the message of a refused key',
		{ status: 401, text: JSON.stringify({ error: { message: `Bad key ${QUOTED}.` } }) },
	],
	[
		'the code of an error',
		{ status: 400, text: JSON.stringify({ error: { message: 'No.', code: `no_${QUOTED}` } }) },
	],
	[
		'the type of an error',
		{ status: 400, text: JSON.stringify({ error: { message: 'No.', type: `no_${QUOTED}` } }) },
	],
	[
		'the setting of an error',
		{ status: 400, text: JSON.stringify({ error: { message: 'No.', param: QUOTED } }) },
	],
	['an error as text', { status: 500, text: `Bearer ${QUOTED}` }],
	[
		'a stream of events that is cut',
		{
			status: 500,
			headers: { 'content-type': 'text/event-stream' },
			text: `data: {"a":"${'x'.repeat(470)}${QUOTED}"}\n\n`,
		},
	],
	['a web page', { status: 502, text: `<html>${encodeURIComponent(QUOTED)} ${QUOTED}</html>` }],
	['x-oneapi-request-id', { status: 400, headers: { 'x-oneapi-request-id': QUOTED } }],
	['x-request-id', { status: 500, headers: { 'x-request-id': QUOTED } }],
	['an answer that is no JSON', { status: 200, text: `Welcome, ${QUOTED}` }],
	[
		'the text of an answer without an image',
		{ status: 200, text: chat({ content: `I know ${QUOTED} and no picture.` }) },
	],
	['a refusal', { status: 200, text: chat({ content: null, refusal: `Not with ${QUOTED}.` }) }],
	[
		'an error under HTTP 200',
		{ status: 200, text: JSON.stringify({ error: { code: 402, message: `${QUOTED} is empty` } }) },
	],
	['a redirect', { status: 307, location: `http://127.0.0.1:1/${QUOTED}` }],
	[
		'a redirect within the origin',
		{ status: 302, location: `/a?key=${encodeURIComponent(QUOTED)}` },
	],
	[
		'a link that is dead',
		{ status: 200, text: chat({ content: `![a](http://127.0.0.1:1/a.png?key=${QUOTED})` }) },
	],
	[
		'two links that are dead',
		{
			status: 200,
			text: chat({
				content: `![a](http://127.0.0.1:1/a.png?key=${QUOTED}) ![b](http://127.0.0.1:1/b.png?key=${encodeURIComponent(QUOTED)})`,
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
		const more = { model: `model-${QUOTED}`, usage: { prompt_tokens: 1, [QUOTED]: QUOTED } };
		const done = await run({ status: 200, text: chat({ content: picture }, more) });
		expect(done.error).toBeUndefined();
		expect(done.items).toHaveLength(1);
		await expectHidden(done);
	});

	test('is hidden in a link', async () => {
		const content = `![a](http://127.0.0.1:1/a.png?key=${encodeURIComponent(QUOTED)})`;
		const done = await run(
			{ status: 200, text: chat({ content }) },
			{},
			{ options: { output: 'link' } },
		);
		expect(done.error).toBeUndefined();
		await expectHidden(done);
	});

	test('is hidden in a link that is the whole of an entry', async () => {
		const url = `http://127.0.0.1:1/a.png?key=${QUOTED}`;
		const message = { content: [{ type: 'image_url', image_url: { url } }] };
		const options = { output: 'link' };
		const done = await run({ status: 200, text: chat(message) }, {}, { options });
		expect(done.error).toBeUndefined();
		expect(done.items[0]!.json.url).toBe(`http://127.0.0.1:1/a.png?key=${MARK}`);
		expect(leaksIn({ items: JSON.stringify(done.outputs) }, [QUOTED])).toEqual([]);
	});

	test('is hidden in the hint about a link that is dead', async () => {
		const content = [
			{ type: 'image_url', image_url: { url: picture } },
			{ type: 'image_url', image_url: { url: `http://127.0.0.1:1/a.png?key=${QUOTED}` } },
		];
		const done = await run({ status: 200, text: chat({ content }) }, {}, { sizeWish: '' });
		expect(done.error).toBeUndefined();
		expect(done.hints).toHaveLength(1);
		await expectHidden(done);
	});

	test('is hidden from an agent', async () => {
		for (const asTool of [true, 'agent'] as const) {
			const create: Create = { status: 200, text: chat({ content: `I know ${QUOTED}.` }) };
			await expectHidden(await run(create, { asTool }));
		}
	});
});

test('a key that is quoted in every way is hidden', async () => {
	const quoted = quotedInEveryWay(QUOTED);
	const creates: Create[] = [
		{ status: 400, text: JSON.stringify({ error: { message: quoted } }) },
		{ status: 500, text: quoted, headers: { 'x-request-id': quoted } },
		{ status: 200, text: chat({ content: `No picture, but ${quoted}.` }) },
	];
	for (const create of creates) {
		const done = await run(create);
		expect(await leaksOf(bench.engine, done, [QUOTED])).toEqual([]);
	}
});

test('a key in the list of models and in its errors is hidden', async () => {
	for (const list of [
		{ status: 401, text: JSON.stringify({ error: { message: `Bad key ${QUOTED}.` } }) },
		{ status: 500, headers: { 'x-request-id': QUOTED }, text: QUOTED },
		{ status: 200, text: JSON.stringify({ data: [{ id: `image-${QUOTED}` }] }) },
		{ status: 302, location: `?key=${encodeURIComponent(QUOTED)}` },
	]) {
		bench.sandbox.chat.addKey({ key: QUOTED, faults: { list } });
		const found = await bench.engine
			.listSearch({
				node: new ImageChat(),
				credentials: { imageChatApi: { apiKey: QUOTED, baseUrl: bench.sandbox.chat.baseUrl } },
				method: 'searchModels',
			})
			.catch((error: unknown) => error);
		const seen = inspect(found, { depth: 20, showHidden: true });
		expect(leaksIn({ seen }, [QUOTED])).toEqual([]);
		expect(seen).toContain(MARK);
	}
});
