// Image Chat with answers in odd forms: whatever picture was paid for comes out, as it was drawn.
import { startBench, type Bench } from './setup';

type Faults = NonNullable<
	NonNullable<NonNullable<Parameters<Bench['run']>[2]>['account']>['faults']
>;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const generate = async (faults: Faults, parameters = {}) =>
	await bench.run('generate', parameters, { account: { faults } });
const odd = (name: string): Faults => ({ create: { status: 200, odd: name } });

/** The pictures that came out are those that were drawn, in their order. */
async function expectDrawn(run: Awaited<ReturnType<typeof generate>>): Promise<void> {
	expect(run.error).toBeUndefined();
	const drawn = run.calls[0]!.imagesOut.map(({ bytes }) => bytes);
	expect(run.items.map(({ json }) => json.fileSize)).toEqual(drawn);
	for (const { json } of run.items)
		expect(json).toMatchObject({ mimeType: 'image/png', width: 64 });
	expect((await run.binary(0)).length).toBe(drawn[0]);
}

describe.each(['h', 'i', 'j', 'k', 'l', 'm', 'n'] as const)('shape %s', (shape) => {
	test('one image', async () => {
		await expectDrawn(await generate({ shape }));
	});

	test('several images of several choices', async () => {
		await expectDrawn(await generate({ shape, images: 2 }, { numberOfImages: 2 }));
	});

	test('an event stream, though none was asked for', async () => {
		await expectDrawn(await generate({ shape, stream: true, images: 2 }));
	});

	test('a large one', async () => {
		await expectDrawn(await generate({ shape, big: 8 }));
		await expectDrawn(await generate({ shape, big: 8, stream: true }));
	});
});

test('output_image with a link', async () => {
	const run = await generate({ shape: 'k', as: 'link' });
	await expectDrawn(run);
	expect(run.items[0]!.json.url).toMatch(/^http/);
});

describe('an odd form', () => {
	test.each<[name: string, rest: Faults]>([
		['data-uri', { shape: 'g', as: 'data' }],
		['doubled-uri', { shape: 'g', as: 'data' }],
		['line-breaks', { shape: 'a', as: 'data' }],
		['line-breaks', { shape: 'f' }],
		['line-breaks', { shape: 'a', as: 'base64' }],
		['relative-link', { shape: 'a' }],
		['relative-link', { shape: 'd' }],
		['relative-link', { shape: 'e', as: 'link' }],
		['relative-link', { shape: 'g' }],
		['odd-prompt', { shape: 'g' }],
		['repeat', { shape: 'g' }],
		['repeat', { shape: 'g', as: 'data' }],
		['repeat', { shape: 'e' }],
		['list', { shape: 'g' }],
		['list', { shape: 'g', as: 'data' }],
		['bom', { shape: 'a' }],
		['bom', { shape: 'f' }],
		['micro-time', { shape: 'a' }],
		['micro-time', { shape: 'g' }],
		['next-line', { shape: 'a', stream: true }],
		['next-line', { shape: 'f', stream: true }],
		['no-end', { shape: 'a', stream: true }],
		['no-end', { shape: 'f', stream: true }],
	])('%s %j', async (name, rest) => {
		await expectDrawn(await generate({ ...rest, ...odd(name) }));
	});
});

describe('entries that are nothing take no picture with them', () => {
	test.each<Faults>([{ shape: 'g' }, { shape: 'g', as: 'data' }, { shape: 'e' }, { shape: 'd' }])(
		'%j',
		async (rest) => {
			const run = await generate({ ...rest, ...odd('null-entries') });
			await expectDrawn(run);
			expect(run.hints.map(({ message }) => message).join()).toMatch(/item 0/);
		},
	);
});

describe('a link that is dead takes no picture with it', () => {
	test.each<Faults>([{ shape: 'g' }, { shape: 'g', as: 'data' }, { shape: 'a' }, { shape: 'e' }])(
		'%j',
		async (rest) => {
			const run = await generate({ ...rest, ...odd('dead-link') });
			await expectDrawn(run);
			expect(run.hints.map(({ message }) => message).join()).toContain(
				'http://127.0.0.1:1/dead.png',
			);
		},
	);
});

describe('a stream that ends in the middle', () => {
	test('of a second picture: the first comes out, and a hint says so', async () => {
		const run = await generate({ shape: 'f', stream: true, images: 2, ...odd('cut-stream') });
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(1);
		expect(run.items[0]!.json.fileSize).toBe(run.calls[0]!.imagesOut[0]!.bytes);
		expect(run.hints.map(({ message }) => message).join()).toMatch(/item 0/);
	});

	test.each<Faults>([
		{ shape: 'f', stream: true, ...odd('cut-stream') },
		{ shape: 'a', as: 'data', stream: true, ...odd('cut-stream') },
		{ shape: 'm', stream: true, ...odd('cut-stream') },
		{ shape: 'f', stream: true, ...odd('cut-head') },
	])('of the only one: nobody can tell what became of it (%j)', async (faults) => {
		const run = await generate(faults);
		expect(run.error?.message).toBe("The gateway's answer broke off before the picture was whole.");
		expect(run.error?.description).toContain('It may have been charged.');
		expect(run.items).toEqual([]);
	});
});

describe('an error under HTTP 200 is what it says', () => {
	const says = (body: unknown): Faults => ({ create: { status: 200, text: JSON.stringify(body) } });

	test.each([
		['in the body', { error: { code: 429, message: 'Slow down.' } }],
		[
			'in a choice',
			{
				choices: [
					{ index: 0, error: { code: 429, message: 'Slow down.' }, finish_reason: 'error' },
				],
			},
		],
	])('too many requests, %s', async (_place, body) => {
		const run = await generate(says(body));
		expect(run.error?.message).toBe('The gateway: Slow down.');
		expect(run.error?.description).toContain('Too many requests in a short time.');
		expect(run.error?.description).not.toContain('charged');
	});

	test('no credit', async () => {
		const run = await generate(says({ error: { code: 402, message: 'Insufficient credits' } }));
		expect(run.error?.message).toBe('The gateway: Insufficient credits');
		expect(run.error?.description).toContain('Add credit in your account at the gateway');
	});
});
