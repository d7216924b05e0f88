// The Model lists and the Test button of the credential: what the account can use on the day.
import { OpenAiImagesApi } from '../../../credentials/OpenAiImagesApi.credentials';
import { OpenAiImages } from '../../../nodes/OpenAiImages/OpenAiImages.node';
import { startBench, type Bench } from './setup';
import { allRequestsOf } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
	// The lists depend on the day. Only the date is set; timers and everything else run on.
	jest.useFakeTimers({
		now: new Date('2026-11-20T12:00:00Z'),
		doNotFake: [
			'hrtime',
			'nextTick',
			'performance',
			'queueMicrotask',
			'setImmediate',
			'clearImmediate',
			'setInterval',
			'clearInterval',
			'setTimeout',
			'clearTimeout',
		],
	});
});
afterAll(async () => {
	jest.useRealTimers();
	await bench.close();
});

async function search(
	method: 'searchImageModels' | 'searchChatModels',
	filter?: string,
	data: Record<string, string> = {},
) {
	const { baseUrl } = bench.sandbox.openai;
	const found = await bench.engine.listSearch({
		node: new OpenAiImages(),
		credentials: { openAiImagesApi: { apiKey: bench.addKey(), baseUrl, ...data } },
		method,
		filter,
	});
	return found.results.map(({ name, value }) => (name === value ? value : `${value}: ${name}`));
}

const UNTIL = '(until 2026-12-01, then gpt-image-2.6-sunburst)';

test('models that draw, without those that are gone, and until when they work', async () => {
	expect(await search('searchImageModels')).toEqual([
		'gpt-image-2.6-flare: GPT Image 2.6 Flare · newest',
		'gpt-image-2.6-sunburst: GPT Image 2.6 Sunburst · newest',
		'gpt-image-2.5: GPT Image 2.5 · animations and SVG',
		'gpt-image-2.5-flare: GPT Image 2.5 Flare · animations and SVG',
		'gpt-image-2.5-flare-2026-09-08: GPT Image 2.5 Flare (2026-09-08) · animations and SVG',
		'gpt-image-2.5-sunburst: GPT Image 2.5 Sunburst · animations and SVG',
		'gpt-image-2.5-sunburst-2026-09-08: GPT Image 2.5 Sunburst (2026-09-08) · animations and SVG',
		'gpt-image-2: GPT Image 2 · best text',
		'gpt-image-2-2026-04-21: GPT Image 2 (2026-04-21) · best text',
		`chatgpt-image-latest: ChatGPT Image ${UNTIL}`,
		`gpt-image-1.5: GPT Image 1.5 ${UNTIL}`,
		`gpt-image-1-mini: GPT Image 1 Mini · cheapest ${UNTIL}`,
	]);
});

test('a day later they are left out by themselves', async () => {
	jest.setSystemTime(new Date('2026-12-01T00:00:01Z'));
	const found = await search('searchImageModels');
	jest.setSystemTime(new Date('2026-11-20T12:00:00Z'));
	expect(found.at(-1)).toBe('gpt-image-2-2026-04-21: GPT Image 2 (2026-04-21) · best text');
});

test('models that read and write', async () => {
	expect(await search('searchChatModels')).toEqual([
		'automatic: Automatic: gpt-6-luna',
		'gpt-6-luna: GPT-6 Luna · cheapest',
		'gpt-4o-mini: GPT-4o Mini (until 2027-01-14, then gpt-6-luna)',
		'gpt-4o: GPT-4o (until 2027-01-14, then gpt-6-luna)',
		'gpt-4.1',
		'gpt-5.4-mini',
		'gpt-5.5',
		'gpt-6-astra',
	]);
});

test('what Automatic stands for without the newest, and until when', async () => {
	const apiKey = bench.addKey({ faults: { lacks: ['gpt-6-luna'] } });
	const found = await search('searchChatModels', 'auto', { apiKey });
	expect(found).toEqual(['automatic: Automatic: gpt-4o-mini (until 2027-01-14, then gpt-6-luna)']);
});

test('a search narrows the list, however it is written', async () => {
	expect(await search('searchImageModels', ' FLARE ')).toEqual([
		'gpt-image-2.6-flare: GPT Image 2.6 Flare · newest',
		'gpt-image-2.5-flare: GPT Image 2.5 Flare · animations and SVG',
		'gpt-image-2.5-flare-2026-09-08: GPT Image 2.5 Flare (2026-09-08) · animations and SVG',
	]);
	expect(await search('searchChatModels', 'mini')).toHaveLength(2);
	expect(await search('searchChatModels', 'nothing like it')).toEqual([]);
});

test('models that a compatible server still serves are there', async () => {
	const apiKey = bench.addKey({ faults: { alive: ['dall-e-2', 'gpt-image-1'] } });
	const found = await search('searchImageModels', undefined, { apiKey });
	expect(found).toEqual(
		expect.arrayContaining(['dall-e-2', expect.stringMatching(/^gpt-image-1: GPT Image 1/)]),
	);
	expect(found).not.toContain('dall-e-3');
});

test('a wrong key and a wrong address give a clear error in place of a list', async () => {
	await expect(search('searchImageModels', '', { apiKey: 'wrong' })).rejects.toMatchObject({
		name: 'NodeApiError',
		message: expect.stringMatching(/^OpenAI: Incorrect API key provided/),
		description: expect.stringContaining('Open the OpenAI credential and check the API Key'),
	});
	await expect(search('searchChatModels', '', { baseUrl: 'openai' })).rejects.toMatchObject({
		name: 'NodeOperationError',
		message: 'The Base URL "openai" isn\'t a web address: https:// is missing.',
	});
});

describe('the Test button of the credential', () => {
	const check = async (data: Record<string, string>) => {
		const { baseUrl } = bench.sandbox.openai;
		return await bench.engine.testCredential({
			credentialType: new OpenAiImagesApi(),
			data: { baseUrl, ...data },
		});
	};

	test.each([
		['as it is', (url: string) => url],
		['with a slash at its end', (url: string) => `${url}/`],
		['with spaces around it', (url: string) => ` ${url} `],
	])('passes with a right key and the Base URL %s', async (_, write) => {
		const apiKey = bench.addKey();
		const baseUrl = write(bench.sandbox.openai.baseUrl);
		expect(await check({ apiKey, baseUrl })).toMatchObject({ ok: true });
		expect(allRequestsOf(bench, apiKey)).toMatchObject([
			{ method: 'GET', path: '/openai/v1/models' },
		]);
	});

	test('organization and project are sent when they are given, and only then', async () => {
		const plain = bench.addKey();
		await check({ apiKey: plain });
		const [bare] = allRequestsOf(bench, plain);
		expect(bare!.headers).not.toHaveProperty('openai-organization');
		expect(bare!.headers).not.toHaveProperty('openai-project');

		const apiKey = bench.addKey();
		const ids = { organizationId: 'org-one', projectId: 'proj_two' };
		expect(await check({ apiKey, ...ids })).toMatchObject({ ok: true });
		expect(allRequestsOf(bench, apiKey)[0]!.headers).toMatchObject({
			'openai-organization': 'org-one',
			'openai-project': 'proj_two',
		});
	});

	test('a wrong key does not pass', async () => {
		expect(await check({ apiKey: 'wrong' })).toEqual({
			ok: false,
			status: 'Error',
			message:
				"The key is wrong: OpenAI doesn't know it. Copy the whole key again and paste it. An Organization ID or Project ID, if you have entered any, must be those of the key.",
		});
	});

	test('an address where nothing listens does not pass', async () => {
		const result = await check({ apiKey: bench.addKey(), baseUrl: 'http://127.0.0.1:1' });
		expect(result).toMatchObject({ ok: false, message: 'ECONNREFUSED' });
	});
});
