// Keys and base URLs as people paste them, in every node and in the test of its credential: both work, or both tell why not.
import { inspect } from 'node:util';

import type { ICredentialType } from 'n8n-workflow';

import { CoreTodayApi } from '../../credentials/CoreTodayApi.credentials';
import { EvoLinkApi } from '../../credentials/EvoLinkApi.credentials';
import { FalApi } from '../../credentials/FalApi.credentials';
import { ImageChatApi } from '../../credentials/ImageChatApi.credentials';
import { OpenAiImagesApi } from '../../credentials/OpenAiImagesApi.credentials';
import { startBench as startCoreToday } from './CoreToday/setup';
import { startBench as startEvoLink } from './EvoLink/setup';
import { modelById, startBench as startFal } from './Fal/setup';
import { startBench as startImageChat } from './ImageChat/setup';
import { startBench as startOpenAi } from './OpenAiImages/setup';
import { otherServers, type Engine, type EngineRun } from './support';
import { HIDDEN } from './support/secrets';

interface Stage {
	engine: Engine;
	credentialType: ICredentialType;
	/** Where the credential has several addresses, the one that both ask. */
	address?: { name: string; label: string };
	/** With the version, where the provider has one. */
	baseUrl: string;
	/** Of a create, as it stands in the provider's documents. */
	endpoint: string;
	/** Paths that were asked for with this key, without what stands before the version. */
	paths(key: string): string[];
	newKey(): string;
	run(apiKey: string, baseUrl: string): Promise<EngineRun>;
	close(): Promise<void>;
}

const pathsOf = (requests: Array<{ key?: string; path: string }>, key: string) =>
	requests
		.filter((request) => request.key === key)
		.map(({ path }) => path.replace(/.*\/v1/, '/v1'));

type NamedStage = [string, () => Promise<Stage>];

const STAGES: NamedStage[] = [
	[
		'Core.Today',
		async () => {
			const bench = await startCoreToday();
			return {
				engine: bench.engine,
				credentialType: new CoreTodayApi(),
				baseUrl: bench.sandbox.coreToday.baseUrl,
				endpoint: '/predictions',
				paths: (key) => pathsOf(bench.sandbox.requests, key),
				newKey: () => bench.sandbox.coreToday.addKey(),
				run: async (key, baseUrl) =>
					await bench.run('image/generate', { completion: 'return' }, { key, baseUrl }),
				close: bench.close,
			};
		},
	],
	[
		'EvoLink',
		async () => {
			const bench = await startEvoLink();
			return {
				engine: bench.engine,
				credentialType: new EvoLinkApi(),
				baseUrl: `${bench.sandbox.evolink.baseUrl}/v1`,
				endpoint: '/images/generations',
				paths: (key) => pathsOf(bench.sandbox.requests, key),
				newKey: () => bench.sandbox.evolink.addKey(),
				run: async (key, baseUrl) =>
					await bench.image('generate', { completion: 'return' }, { key, credential: { baseUrl } }),
				close: bench.close,
			};
		},
	],
	[
		'Image Chat',
		async () => {
			const bench = await startImageChat();
			return {
				engine: bench.engine,
				credentialType: new ImageChatApi(),
				baseUrl: `${bench.sandbox.chat.baseUrl}/v1`,
				endpoint: '/chat/completions',
				paths: (key) => pathsOf(bench.sandbox.requests, key),
				newKey: () => bench.sandbox.chat.addKey(),
				run: async (key, baseUrl) =>
					await bench.run('generate', { options: { output: 'link' } }, { key, baseUrl }),
				close: bench.close,
			};
		},
	],
	[
		'OpenAI Images',
		async () => {
			const bench = await startOpenAi();
			return {
				engine: bench.engine,
				credentialType: new OpenAiImagesApi(),
				baseUrl: bench.sandbox.openai.baseUrl,
				endpoint: '/images/generations',
				paths: (key) => pathsOf(bench.sandbox.requests, key),
				newKey: () => bench.sandbox.openai.addKey(),
				run: async (key, baseUrl) =>
					await bench.run(
						'image/generate',
						{ completion: 'return' },
						{ key, credential: { baseUrl } },
					),
				close: bench.close,
			};
		},
	],
];

const FAL: NamedStage = [
	'fal',
	async () => {
		const bench = await startFal();
		const { sandbox } = bench;
		const model = modelById('fal-ai/flux/dev');
		return {
			engine: bench.engine,
			credentialType: new FalApi(),
			address: { name: 'apiBaseUrl', label: 'Catalogue Base URL' },
			baseUrl: sandbox.fal.apiBaseUrl,
			endpoint: '/models',
			paths: (key) =>
				pathsOf(
					sandbox.requests.filter(({ path }) => path.includes('/fal-api/')),
					key,
				),
			newKey: () => sandbox.fal.addKey(),
			run: async (key, apiBaseUrl) =>
				await bench.run(
					'image/generate',
					{ model, completion: 'return' },
					{ key, credential: { apiBaseUrl } },
				),
			close: bench.close,
		};
	},
];

let stage: Stage;

const check = async (apiKey: string, baseUrl = stage.baseUrl) =>
	await stage.engine.testCredential({
		credentialType: stage.credentialType,
		data: { apiKey, [stage.address?.name ?? 'baseUrl']: baseUrl },
	});

function on(open: NamedStage[1]): void {
	beforeAll(async () => {
		stage = await open();
	});
	afterAll(async () => await stage.close());
}

async function leadsToTheSamePlace(baseUrl: string): Promise<void> {
	const key = stage.newKey();
	expect(await check(key, baseUrl)).toMatchObject({ ok: true });
	const run = await stage.run(key, baseUrl);
	expect(run.error).toBeUndefined();
	expect(stage.paths(key).every((path) => path.startsWith('/v1/'))).toBe(true);
}

// fal's addresses don't do without the version.
describe.each(STAGES)('%s, further', (_name, open) => {
	on(open);

	test.each<[string, (stage: Stage) => string]>([
		['without the version', ({ baseUrl }) => baseUrl.replace(/\/v1$/, '')],
		['without the version, with a slash', ({ baseUrl }) => baseUrl.replace(/v1$/, '')],
	])('the Base URL %s leads both to the same place', async (_what, write) => {
		await leadsToTheSamePlace(write(stage));
	});
});

describe.each(STAGES)('%s', (_name, open) => {
	on(open);
	const { listen, close } = otherServers();
	afterAll(close);

	test.each([
		['a page', 'text/html', '<!doctype html><title>Not Found</title>'],
		['JSON', 'application/json', '{"detail":"Not Found"}'],
	])('the Base URL of another server, which answers with 404 and %s', async (_what, type, text) => {
		const baseUrl = await listen((_request, response) => {
			response.writeHead(404, { 'content-type': type }).end(text);
		});
		const run = await stage.run(stage.newKey(), baseUrl);
		const { description } = run.error!;
		expect(description).toMatch(/^Check the Base URL in the credential,.* and the Model\.$/m);
		expect(description).not.toMatch(/\btasks?\b|\bID\b/i);
	});
});

describe.each([...STAGES, FAL])('%s', (_name, open) => {
	on(open);
	test.each<[string, (key: string) => string]>([
		['a line break behind it', (key) => `${key}\n`],
		['quotes', (key) => ` "${key}" `],
		['a Bearer', (key) => `Bearer ${key}`],
		['a whole header', (key) => `Authorization: Bearer ${key}`],
		['a character that nobody sees', (key) => `${key}\u200b`],
	])('a key with %s is taken as it was meant', async (_what, paste) => {
		const key = stage.newKey();
		expect(await check(paste(key))).toMatchObject({ ok: true });
		const run = await stage.run(paste(key), stage.baseUrl);
		expect(run.error).toBeUndefined();
		expect(stage.paths(key).length).toBeGreaterThan(1);
	});

	test.each([
		['', 'The API Key is empty: enter it in the credential.'],
		[
			'sk-1234567 89',
			"The API Key holds a space, which can't be sent: copy the whole key again and paste it.",
		],
		[
			'sk-1234…6789',
			'The API Key holds the character "…", which can\'t be sent: copy the whole key again and paste it.',
		],
	])('the key %j is told by both, and nothing is sent', async (apiKey, message) => {
		const before = stage.paths(apiKey).length;
		expect(await check(apiKey)).toEqual({ ok: false, status: 'Error', message });
		const run = await stage.run(apiKey, stage.baseUrl);
		expect(run.error).toMatchObject({ name: 'NodeOperationError', message });
		expect(stage.paths(apiKey)).toHaveLength(before);
	});

	test('a key that stands in the Base URL, too, is in no error of the node', async () => {
		const key = 'sk-9aB:cD+eF';
		const { error, raw } = await stage.run(key, `gw.test/${key}`);
		expect(error?.message).toContain(`"gw.test/${HIDDEN}" isn't a web address`);
		const seen = inspect({ error, raw }, { depth: 20, showHidden: true, maxStringLength: null });
		expect(seen).not.toContain(key);
	});

	test.each<[string, (stage: Stage) => string]>([
		['with a whole endpoint', ({ baseUrl, endpoint }) => `${baseUrl}${endpoint}`],
		['with an empty query', ({ baseUrl }) => `${baseUrl}/?`],
		['with spaces around it', ({ baseUrl }) => ` ${baseUrl}/ \n`],
	])('the Base URL %s leads both to the same place', async (_what, write) => {
		await leadsToTheSamePlace(write(stage));
	});

	test.each<[string, (stage: Stage) => string, string]>([
		[
			'a query',
			({ baseUrl }) => `${baseUrl}?x=1`,
			'The Base URL can\'t hold a query: end it before the "?".',
		],
		[
			'a fragment',
			({ baseUrl }) => `${baseUrl}#a`,
			'The Base URL can\'t hold a fragment: end it before the "#".',
		],
		[
			'a password',
			({ baseUrl }) => baseUrl.replace('://', '://me:secret-word@'),
			'The Base URL can\'t hold a user name or a password: take out what stands before the "@".',
		],
		[
			'no scheme',
			() => 'gw.test/v1',
			'The Base URL "gw.test/v1" isn\'t a web address: https:// is missing.',
		],
		[
			'another scheme',
			() => 'ftp://gw.test/v1',
			'The Base URL "ftp://gw.test/v1" isn\'t a web address: it must begin with https://.',
		],
		['nothing in it', () => ' ', 'The Base URL is empty: enter it in the credential.'],
	])('a Base URL with %s is told by both, and nothing is sent', async (_what, write, ofBaseUrl) => {
		const message = ofBaseUrl.replace('Base URL', stage.address?.label ?? 'Base URL');
		const key = stage.newKey();
		expect(await check(key, write(stage))).toEqual({ ok: false, status: 'Error', message });
		const run = await stage.run(key, write(stage));
		expect(run.error?.message).toBe(message);
		expect(`${run.error?.message} ${run.error?.description}`).not.toContain('secret-word');
		expect(stage.paths(key)).toEqual([]);
	});
});
