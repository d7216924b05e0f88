// The test engine itself: tiny nodes, run in n8n's real engine against a real HTTP server.
import type { Readable } from 'node:stream';

import {
	NodeOperationError,
	accumulateTokenUsage,
	isToolType,
	sleep,
	type IDataObject,
	type IExecuteFunctions,
} from 'n8n-workflow';

import { startEngine, type Engine } from './index';
import { IMAGE, TestKeyApi, createTestNode, openService, type Service } from './fixtures';

const download = createTestNode({
	async execute(this: IExecuteFunctions) {
		const url = this.getNodeParameter('url', 0) as string;
		const body = (await this.helpers.httpRequest({ url, encoding: 'stream' })) as Readable;
		const file = await this.helpers.prepareBinaryData(body, 'cat.png', 'image/png');
		return [[{ json: { prompt: this.getNodeParameter('prompt', 0) }, binary: { data: file } }]];
	},
});

const measureInput = createTestNode({
	async execute(this: IExecuteFunctions) {
		const field = this.getNodeParameter('prompt', 0) as string;
		const file = this.helpers.assertBinaryData(0, field);
		const content = await this.helpers.getBinaryDataBuffer(0, field);
		return [[{ json: { length: content.length, mimeType: file.mimeType, stored: file.data } }]];
	},
});

const askService = createTestNode({
	async execute(this: IExecuteFunctions) {
		const url = this.getNodeParameter('url', 0) as string;
		const request = { url, json: true };
		const answer: unknown = await this.helpers.httpRequestWithAuthentication.call(
			this,
			'testKeyApi',
			request,
		);
		return [[{ json: answer as IDataObject }]];
	},
});

const credentials = { testKeyApi: { apiKey: 'right' } };

let service: Service;
let engine: Engine;

beforeAll(async () => {
	service = await openService();
});

afterAll(async () => {
	await service.close();
});

describe.each(['filesystem', 'default'] as const)('with the %s binary store', (binaryMode) => {
	beforeAll(async () => {
		engine = await startEngine({ binaryMode, credentialTypes: [new TestKeyApi()] });
	});

	afterAll(async () => {
		await engine.close();
	});

	test('a node streams a file into the store, and its defaults are filled in', async () => {
		const parameters = { url: `${service.url}/image` };
		const run = await engine.run({ node: download, parameters });

		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');
		expect(run.items[0]).toMatchObject({ json: { prompt: 'a cat' }, pairedItem: { item: 0 } });
		expect(run.binaryInfo(0)).toMatchObject({ fileName: 'cat.png', mimeType: 'image/png' });
		expect(Boolean(run.binaryInfo(0).id)).toBe(binaryMode === 'filesystem');
		expect((await run.binary(0)).equals(IMAGE)).toBe(true);
	});

	test('a node reads the files of its items', async () => {
		const file = { content: IMAGE, fileName: 'in.webp', mimeType: 'image/webp' };
		const items = [{ json: { id: 7 }, binary: { photo: file } }];
		const run = await engine.run({ node: measureInput, parameters: { prompt: 'photo' }, items });

		expect(run.items[0]?.json).toMatchObject({ length: IMAGE.length, mimeType: 'image/webp' });
		if (binaryMode === 'filesystem') expect(run.items[0]?.json.stored).toBe('filesystem-v2');
	});
});

describe('the engine', () => {
	beforeAll(async () => {
		engine = await startEngine({ credentialTypes: [new TestKeyApi()] });
	});

	afterAll(async () => {
		await engine.close();
	});

	test('files in json, where the workflow combines them, come in and go out', async () => {
		const binary = { photo: { content: IMAGE, mimeType: 'image/png' } };
		const parameters = { prompt: '_files.photo' };
		const options = { parameters, items: [{ binary }], binaryMode: 'combined' as const };
		const read = await engine.run({ ...options, node: measureInput });
		expect(read.items[0]?.json.length).toBe(IMAGE.length);

		const url = `${service.url}/image`;
		const written = await engine.run({ ...options, node: download, parameters: { url } });
		expect(written.items[0]?.binary).toBeUndefined();
		expect((await written.binary(0)).equals(IMAGE)).toBe(true);
	});

	test('credentials sign the request', async () => {
		const parameters = { url: `${service.url}/account` };
		const run = await engine.run({ node: askService, parameters, credentials });
		expect(run.items[0]?.json).toEqual({ allowed: true });
		expect(service.requests.at(-1)?.headers.authorization).toBe('Bearer right');
	});

	test('an error stops the workflow, or goes on as an item, or leaves by the error output', async () => {
		const options = {
			node: askService,
			parameters: { url: `${service.url}/refused` },
			credentials,
		};
		const stopped = await engine.run(options);
		expect(stopped.status).toBe('error');
		expect(stopped.error).toMatchObject({
			name: 'NodeApiError',
			message: 'Your request is invalid or could not be processed by the service',
			description: 'No such size',
			httpCode: '422',
		});

		const failing = createTestNode({
			async execute(this: IExecuteFunctions) {
				const error = new NodeOperationError(this.getNode(), 'Nope', { itemIndex: 0 });
				if (!this.continueOnFail()) throw error;
				return [[{ json: { error: error.message }, pairedItem: { item: 0 } }]];
			},
		});
		const inline = { node: failing, parameters: {}, items: [{ json: { id: 7 } }] };
		const regular = await engine.run({ ...inline, onError: 'continueRegularOutput' });
		expect(regular).toMatchObject({ status: 'success', items: [{ json: { error: 'Nope' } }] });

		const separate = await engine.run({ ...inline, onError: 'continueErrorOutput' });
		expect(separate.outputs).toMatchObject([[], [{ json: { id: 7, error: 'Nope' } }]]);
	});

	test('retry on fail runs the node again', async () => {
		let tries = 0;
		const node = createTestNode({
			async execute(this: IExecuteFunctions) {
				tries += 1;
				if (tries < 3) throw new NodeOperationError(this.getNode(), 'Not yet');
				return [[{ json: { tries } }]];
			},
		});
		const run = await engine.run({ node, parameters: {}, retryOnFail: { maxTries: 3 } });
		expect(run).toMatchObject({ status: 'success', items: [{ json: { tries: 3 } }] });
	});

	test('cancelling reaches the node, and its request', async () => {
		const controller = new AbortController();
		const parameters = { url: `${service.url}/silence` };
		const options = { parameters, credentials, signal: controller.signal };
		const running = engine.run({ ...options, node: askService });
		while (service.requests.at(-1)?.path !== '/silence') await sleep(5);
		controller.abort();
		expect((await running).status).toBe('canceled');

		const watched = createTestNode({
			async execute(this: IExecuteFunctions) {
				return [[{ json: { aborted: this.getExecutionCancelSignal()?.aborted } }]];
			},
		});
		expect((await engine.run({ ...options, node: watched })).status).toBe('canceled');
	});

	test('hints, token usage, waiting and ids are as in n8n', async () => {
		const node = createTestNode({
			async execute(this: IExecuteFunctions) {
				this.addExecutionHints({ message: 'Watch out', location: 'outputPane' });
				accumulateTokenUsage(this, 10, 20);
				const { resumeUrl } = this.getWorkflowDataProxy(0).$execution as IDataObject;
				await this.putExecutionToWait(new Date(Date.now() + 60_000));
				return [[{ json: { id: this.getExecutionId(), resumeUrl } }]];
			},
		});
		const run = await engine.run({ node, parameters: {}, executionId: '77', nodeName: 'Draw' });
		expect(run).toMatchObject({
			status: 'waiting',
			executionId: '77',
			hints: [{ message: 'Watch out' }],
			tokenUsage: { inputTokens: 10, outputTokens: 20 },
			items: [{ json: { id: '77', resumeUrl: expect.stringContaining('/webhook-waiting/77') } }],
		});
	});

	test('a tool is called once for each item, in both ways n8n calls tools', async () => {
		const node = createTestNode({
			async execute(this: IExecuteFunctions) {
				const prompt = this.getNodeParameter('prompt', 0) as string;
				const { $runIndex } = this.getWorkflowDataProxy(0);
				const typed = isToolType(this.getNode().type);
				return [[{ json: { prompt, $runIndex, typed, told: this.isToolExecution() } }]];
			},
		});
		const parameters = { prompt: "={{ $fromAI('prompt', '', 'string') }}" };
		const items = [{ json: { prompt: 'a cat' } }, { json: { prompt: 'a dog' } }];

		const called = await engine.run({ node, parameters, items, asTool: true });
		expect(called.items.map(({ json }) => json)).toEqual([
			{ prompt: 'a cat', $runIndex: 0, typed: true, told: true },
			{ prompt: 'a dog', $runIndex: 1, typed: true, told: true },
		]);
		// Agents from version 3 on run a tool as a plain node: only its type's name tells.
		const requested = await engine.run({ node, parameters, items, asTool: 'agent' });
		expect(requested.items.map(({ json }) => json)).toEqual([
			{ prompt: 'a cat', $runIndex: 0, typed: true, told: false },
			{ prompt: 'a dog', $runIndex: 1, typed: true, told: false },
		]);
	});

	test.each([true, 'agent'] as const)('a tool that fails says so (asTool: %s)', async (asTool) => {
		const node = createTestNode({
			async execute(this: IExecuteFunctions) {
				throw new NodeOperationError(this.getNode(), 'Nope');
			},
		});
		const run = await engine.run({ node, parameters: {}, asTool });
		expect(run).toMatchObject({ error: { message: 'Nope' }, items: [{ json: { error: 'Nope' } }] });
	});
});
