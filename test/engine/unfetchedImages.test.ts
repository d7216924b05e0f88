// An input image whose address leads to no picture: every node says which one it is, what came, and how a person sees it too.
import type { IDataObject } from 'n8n-workflow';

import { startBench as startCoreToday } from './CoreToday/setup';
import { startBench as startEvoLink } from './EvoLink/setup';
import { modelById, startBench as startFal } from './Fal/setup';
import { startBench as startImageChat } from './ImageChat/setup';
import { startBench as startOpenAi } from './OpenAiImages/setup';
import { otherServers, type EngineRun } from './support';

const HOW =
	"Open its address in a browser window where you aren't signed in: it must show the picture itself, and no page around it. Or give the image as a file.";
const { listen, close } = otherServers();
let host: string;

beforeAll(async () => {
	host = await listen((request, response) => {
		const path = new URL(request.url!, 'http://a').pathname;
		if (path === '/loop') response.writeHead(302, { location: '/loop' }).end();
		else if (path === '/page') {
			response.setHeader('content-type', 'text/html').end('<!doctype html><p>Sign in</p>');
		} else response.writeHead(Number(path.slice(1))).end();
	});
});
afterAll(close);

interface Stage {
	edit(inputImages: IDataObject): Promise<EngineRun>;
	close(): Promise<void>;
}

const imagesAt = (...urls: string[]) => ({ images: urls.map((url) => ({ source: 'url', url })) });

/** Those whose images n8n fetches itself. */
const FETCHING: Array<[string, () => Promise<Stage>]> = [
	[
		'OpenAI Images',
		async () => {
			const bench = await startOpenAi();
			return {
				...bench,
				edit: async (inputImages) => await bench.run('image/edit', { inputImages }),
			};
		},
	],
	[
		'Core.Today, with the request',
		async () => {
			const bench = await startCoreToday();
			const options = { fileWay: 'multipart' };
			return {
				...bench,
				edit: async (inputImages) => await bench.run('image/edit', { inputImages, options }),
			};
		},
	],
];

describe.each(FETCHING)('%s', (_name, open) => {
	let stage: Stage;
	beforeAll(async () => {
		stage = await open();
	});
	afterAll(async () => await stage.close());

	test.each([
		['/404', 'There is nothing at its address (HTTP 404).'],
		['/410', 'There is nothing at its address (HTTP 410).'],
		['/401', 'Its server wants a sign-in (HTTP 401).'],
		['/403', 'Its server wants a sign-in (HTTP 403).'],
		['/400', 'Its server answered with HTTP 400.'],
		['/page', 'In place of the picture there was a web page.'],
		['/loop', 'The link to the picture leads to another address more than 5 times.'],
	])('%s', async (path, what) => {
		const run = await stage.edit(imagesAt(`${host}${path}?signature=secret`));
		expect(run.error).toMatchObject({
			message: `Input image 1 (${host}${path}) could not be fetched. ${what}`,
			description: expect.stringContaining(`${HOW} Nothing was charged.`),
		});
	});

	test('a name that no server has', async () => {
		const run = await stage.edit(imagesAt('https://nowhere.invalid/a.png'));
		expect(run.error?.message).toBe(
			'Input image 1 (https://nowhere.invalid/a.png) could not be fetched. Its server could not be found under its address.',
		);
	});
});

/** Those whose provider fetches them, and says in its words that it couldn't. */
const FETCHED: Array<[string, () => Promise<Stage>]> = [
	[
		'EvoLink',
		async () => {
			const bench = await startEvoLink();
			return { ...bench, edit: async (inputImages) => await bench.image('edit', { inputImages }) };
		},
	],
	[
		'fal',
		async () => {
			const bench = await startFal();
			const model = modelById('fal-ai/flux-2/edit');
			return {
				...bench,
				edit: async (inputImages) => await bench.run('image/edit', { model, inputImages }),
			};
		},
	],
	[
		'Core.Today',
		async () => {
			const bench = await startCoreToday();
			return {
				...bench,
				edit: async (inputImages) => await bench.run('image/edit', { inputImages }),
			};
		},
	],
	[
		'Image Chat',
		async () => {
			const bench = await startImageChat();
			return { ...bench, edit: async (inputImages) => await bench.run('edit', { inputImages }) };
		},
	],
	[
		'OpenAI Images, asked about them',
		async () => {
			const bench = await startOpenAi();
			return {
				...bench,
				edit: async (inputImages) =>
					await bench.run('image/analyze', { inputImages, text: 'What is it?' }),
			};
		},
	],
	[
		'OpenAI Images, in the background',
		async () => {
			const bench = await startOpenAi();
			return {
				...bench,
				edit: async (inputImages) =>
					await bench.run('image/edit', { inputImages, completion: 'return' }),
			};
		},
	],
];

describe.each(FETCHED)('%s', (_name, open) => {
	let stage: Stage;
	beforeAll(async () => {
		stage = await open();
	});
	afterAll(async () => await stage.close());

	test('an address where nothing is', async () => {
		const run = await stage.edit(imagesAt(`${host}/404?signature=x`));
		expect(run.error?.message).toContain(`Input image 1 (${host}/404) could not be fetched. `);
		expect(run.error?.description).toContain(HOW);
	});
});
