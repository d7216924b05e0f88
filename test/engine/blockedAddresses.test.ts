// n8n's guard against requests into its own network, switched on: whatever an answer or a person names, a blocked address isn't
// asked, and the message says why and what to do.
import { allowed } from './support/guarded-network';
import { startBench as startCoreToday } from './CoreToday/setup';
import { startBench as startEvoLink } from './EvoLink/setup';
import { picture } from './EvoLink/pictures';
import { SMALL } from './EvoLink/traffic';
import { modelById, startBench as startFal } from './Fal/setup';
import { startBench as startImageChat } from './ImageChat/setup';
import { startBench as startOpenAi, until } from './OpenAiImages/setup';
import { openOtherHost, type OtherHost } from './support/other-host';
import { otherServers } from './support/other-servers';

const WHY = 'The request was blocked because it resolves to a restricted IP address.';
const ALLOW =
	'Only if you know this address: ask whoever runs this n8n to allow it, with N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES.';
const LINK = {
	message: `The picture could not be fetched: n8n doesn't allow requests to its server's address: ${WHY}`,
	description: expect.stringContaining(`${ALLOW} Then fetch the picture`),
};
const SERVER =
	'ask whoever runs this n8n to allow this address. Nothing was sent and nothing was charged.';

/** In the network that is guarded. */
let inside: OtherHost;
const { listen, close } = otherServers();
beforeAll(async () => {
	inside = await openOtherHost();
});
afterEach(() => expect(inside.requests).toEqual([]));
afterAll(async () => {
	close();
	await inside.close();
});

const file = async () => [{ binary: { data: await picture('png', { width: 64, height: 64 }) } }];
const answerOf = (value: unknown) => ({ status: 200, text: JSON.stringify(value) });

describe('EvoLink', () => {
	let bench: Awaited<ReturnType<typeof startEvoLink>>;
	let credential: { baseUrl: string; filesBaseUrl: string };
	beforeAll(async () => {
		bench = await startEvoLink();
		const { baseUrl, filesBaseUrl } = bench.sandbox.evolink;
		credential = { baseUrl: allowed(baseUrl), filesBaseUrl: allowed(filesBaseUrl) };
	});
	afterAll(async () => await bench.close());

	const downloads = () => bench.sandbox.requests.filter(({ path }) => path.includes('/files/'));

	test('the guard lets the provider itself through', async () => {
		const run = await bench.image(
			'generate',
			{ ...SMALL, options: { output: 'link' } },
			{ credential },
		);
		expect(run.error).toBeUndefined();
	});

	test('a link in an answer', async () => {
		const run = await bench.image('generate', SMALL, { credential });
		expect(run.error).toMatchObject(LINK);
		expect(run.error?.description).toContain('Task ID: ');
		expect(downloads()).toEqual([]);
	});

	test('a link that leads there from an address that is allowed', async () => {
		const moved = await listen((_request, response) => {
			response.writeHead(302, { location: `${inside.url}/a.png` }).end();
		});
		const results = [`${allowed(moved)}/a.png`];
		const faults = { poll: answerOf({ id: 'task-1', status: 'completed', results }) };
		const run = await bench.image('generate', SMALL, { credential, faults });
		expect(run.error).toMatchObject(LINK);
	});

	test('the link of a task that a trigger is told of', async () => {
		const { key } = bench.credentials();
		const listening = await bench.trigger(key, {}, { credential });
		const parameters = { ...SMALL, completion: 'return', callbackUrl: listening.url };
		const run = await bench.image('generate', parameters, { key, credential });
		expect(run.error).toBeUndefined();
		const [item] = await until(() => listening.started[0]);
		expect(item!.json).toMatchObject({ status: 'succeeded', downloadError: LINK.message });
		expect(downloads()).toEqual([]);
	});

	test.each([
		['a Base URL', 'baseUrl', 'generate'],
		['a Files Base URL', 'filesBaseUrl', 'edit'],
	] as const)('%s', async (_what, name, operation) => {
		const own = { ...credential, [name]: inside.url };
		const parameters = operation === 'edit' ? { size: '' } : SMALL;
		const run = await bench.image(operation, parameters, { credential: own, items: await file() });
		expect(run.error).toMatchObject({
			message: `n8n doesn't allow requests to EvoLink's address: ${WHY}`,
			description: expect.stringContaining(SERVER),
		});
	});
});

describe('fal', () => {
	let bench: Awaited<ReturnType<typeof startFal>>;
	let credential: { baseUrl: string; filesBaseUrl: string; apiBaseUrl: string };
	beforeAll(async () => {
		bench = await startFal();
		const { baseUrl, filesBaseUrl, apiBaseUrl } = bench.sandbox.fal;
		credential = {
			baseUrl: allowed(baseUrl),
			filesBaseUrl: allowed(filesBaseUrl),
			apiBaseUrl: allowed(apiBaseUrl),
		};
	});
	afterAll(async () => await bench.close());

	const model = modelById('fal-ai/flux/dev');

	test('a link in a result', async () => {
		const run = await bench.run('image/generate', { model }, { credential });
		expect(run.error).toMatchObject(LINK);
	});

	test('the place that an upload is to be sent to', async () => {
		const run = await bench.run(
			'image/edit',
			{ model: modelById('fal-ai/flux-2/edit') },
			{ credential, items: await file() },
		);
		expect(run.error).toMatchObject({
			message: `n8n doesn't allow requests to fal's address: ${WHY}`,
			description: expect.stringContaining(SERVER),
		});
		expect(bench.sandbox.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
	});

	test('a Catalogue Base URL', async () => {
		const own = { ...credential, apiBaseUrl: inside.url };
		const run = await bench.run('account/getBalance', {}, { credential: own });
		expect(run.error?.message).toBe(`n8n doesn't allow requests to fal's address: ${WHY}`);
	});
});

describe('Core.Today', () => {
	let bench: Awaited<ReturnType<typeof startCoreToday>>;
	let baseUrl: string;
	beforeAll(async () => {
		bench = await startCoreToday();
		baseUrl = allowed(bench.sandbox.coreToday.baseUrl);
	});
	afterAll(async () => await bench.close());

	test('a link in an answer', async () => {
		const run = await bench.run('image/generate', {}, { baseUrl });
		expect(run.error).toMatchObject(LINK);
	});

	test('the storage that an upload is to be sent to', async () => {
		const place = {
			upload_url: inside.url,
			upload_fields: { key: 'n8n/a.png' },
			file_url: 'https://files.test/a.png',
		};
		const account = { faults: { upload: answerOf(place) } };
		const run = await bench.run('file/upload', {}, { baseUrl, account, items: await file() });
		expect(run.error?.message).toBe(`n8n doesn't allow requests to Core.Today's address: ${WHY}`);
	});
});

describe('Image Chat', () => {
	let bench: Awaited<ReturnType<typeof startImageChat>>;
	let baseUrl: string;
	beforeAll(async () => {
		bench = await startImageChat();
		baseUrl = allowed(bench.sandbox.chat.baseUrl);
	});
	afterAll(async () => await bench.close());

	test('a link that the model writes', async () => {
		const content = `![a](${inside.url}/a.png)`;
		const account = { faults: { create: answerOf({ choices: [{ message: { content } }] }) } };
		const run = await bench.run('generate', {}, { baseUrl, account });
		expect(run.error?.message).toBe(LINK.message);
		expect(run.error?.description).toContain(`as long as their links work: ${inside.url}/`);
	});
});

describe('OpenAI', () => {
	let bench: Awaited<ReturnType<typeof startOpenAi>>;
	let credential: { baseUrl: string };
	beforeAll(async () => {
		bench = await startOpenAi();
		credential = { baseUrl: allowed(bench.sandbox.openai.baseUrl) };
	});
	afterAll(async () => await bench.close());

	test('a link in an answer', async () => {
		const account = { faults: { create: answerOf({ data: [{ url: `${inside.url}/a.png` }] }) } };
		const run = await bench.run('image/generate', {}, { credential, account });
		expect(run.error?.message).toBe(LINK.message);
		expect(run.error?.description).toContain(`as long as their links work: ${inside.url}/`);
	});

	test.each(['http://127.0.0.1/a.png', 'http://169.254.169.254/latest', 'http://[::1]/a.png'])(
		'an input image at %s that a person or a row names',
		async (url) => {
			const inputImages = { images: [{ source: 'url', url }] };
			const run = await bench.run('image/edit', { inputImages }, { credential });
			expect(run.error?.message).toBe(
				`Input image 1 (${url}) could not be fetched. n8n doesn't allow requests to its server's address: ${WHY}`,
			);
			expect(run.error?.description).toContain(`${ALLOW} Nothing was charged.`);
			const sent = bench.sandbox.requests.filter(({ key }) => key === run.key);
			expect(sent.filter(({ method }) => method === 'POST')).toEqual([]);
		},
	);
});
