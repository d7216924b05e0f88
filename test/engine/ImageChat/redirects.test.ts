// The key stays with the gateway: nothing that carries it follows a redirect to another host, or goes where an answer points.
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ImageChatApi } from '../../../credentials/ImageChatApi.credentials';
import { ImageChat } from '../../../nodes/ImageChat/ImageChat.node';
import { picture } from '../EvoLink/pictures';
import { startBench, type Bench } from './setup';

interface Seen {
	method?: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** Somebody else's server, which gives a picture to whoever asks, and keeps what it was asked. */
class OtherHost {
	readonly seen: Seen[] = [];

	private constructor(
		private readonly server: Server,
		readonly url: string,
	) {}

	static async start(content: Buffer): Promise<OtherHost> {
		const server = createServer();
		await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const host = new OtherHost(server, `http://127.0.0.1:${port}`);
		server.on('request', (request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const body = Buffer.concat(chunks).toString();
				host.seen.push({ method: request.method, headers: request.headers, body });
				const isPicture = request.url?.endsWith('.png');
				response.setHeader('content-type', isPicture ? 'image/png' : 'application/json');
				response.end(isPicture ? content : '{"data":[],"choices":[]}');
			});
		});
		return host;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}

let bench: Bench;
let other: OtherHost;
beforeAll(async () => {
	bench = await startBench();
	other = await OtherHost.start((await picture('png')).content);
});
afterAll(async () => {
	await bench.close();
	await other.close();
});
beforeEach(() => void other.seen.splice(0));

const STATUSES = [301, 302, 303, 307, 308];
const PATH = '/chat/v1/chat/completions';
const creates = (key: string) =>
	bench.sandbox.requests.filter((request) => request.key === key && request.method === 'POST');
const listModels = async (apiKey: string) =>
	await bench.engine.listSearch({
		node: new ImageChat(),
		credentials: { imageChatApi: { apiKey, baseUrl: bench.sandbox.chat.baseUrl } },
		method: 'searchModels',
	});

describe.each(STATUSES)('HTTP %i to another host', (status) => {
	test('a create goes no further', async () => {
		const location = `${other.url}${PATH}`;
		const run = await bench.run(
			'generate',
			{},
			{ account: { faults: { create: { status, location } } }, retryOnFail: { maxTries: 2 } },
		);
		expect(other.seen).toEqual([]);
		expect(run.error).toBeDefined();
		expect(run.items).toEqual([]);
	});

	test('its message says where it would have gone', async () => {
		const location = `${other.url}${PATH}`;
		const run = await bench.run(
			'generate',
			{},
			{ account: { faults: { create: { status, location } } } },
		);
		expect(run.error?.message).toBe(
			`The gateway answered with a redirect to ${other.url} (HTTP ${status}).`,
		);
		expect(run.error?.description).toMatch(
			[302, 303].includes(status) ? /It may have been charged/ : /enter it as the Base URL/,
		);
	});

	test('the list of models goes no further', async () => {
		const key = bench.sandbox.chat.addKey({
			faults: { list: { status, location: `${other.url}/v1/models` } },
		});
		await expect(listModels(key)).rejects.toMatchObject({
			message: `The gateway answered with a redirect to ${other.url} (HTTP ${status}).`,
		});
		expect(other.seen).toEqual([]);
	});

	test("the credential's own test carries no key there", async () => {
		const key = bench.sandbox.chat.addKey({
			faults: { list: { status, location: `${other.url}/v1/models` } },
		});
		const data = { apiKey: key, baseUrl: bench.sandbox.chat.baseUrl };
		await bench.engine.testCredential({ credentialType: new ImageChatApi(), data });
		expect(JSON.stringify(other.seen)).not.toContain(key);
	});
});

describe('within the same origin', () => {
	test.each(STATUSES)('the list of models follows HTTP %i', async (status) => {
		const key = bench.sandbox.chat.addKey({
			faults: { list: { status, location: '/chat/v1/models', times: 2 } },
		});
		expect((await listModels(key)).results.length).toBeGreaterThan(0);
	});

	test.each([307, 308])('a create follows HTTP %i, with its body', async (status) => {
		const faults = { create: { status, location: PATH, times: 1 } };
		const run = await bench.run('generate', {}, { account: { faults } });
		expect(run.error).toBeUndefined();
		expect(run.calls).toHaveLength(1);
		expect(creates(run.key)).toHaveLength(2);
	});

	test.each([301, 302, 303])('a create does not become a GET by HTTP %i', async (status) => {
		const faults = { create: { status, location: PATH, times: 1 } };
		const run = await bench.run('generate', {}, { account: { faults } });
		expect(run.error?.message).toContain('answered with a redirect');
		expect(creates(run.key)).toHaveLength(1);
	});

	test('a redirect that leads to itself ends', async () => {
		const faults = { create: { status: 307, location: PATH } };
		const run = await bench.run('generate', {}, { account: { faults } });
		expect(run.error?.message).toContain('answered with a redirect');
		expect(creates(run.key).length).toBeLessThan(10);
	});
});

describe('an answer that names another host', () => {
	const says = (content: string) => ({
		create: { status: 200, text: JSON.stringify({ choices: [{ message: { content } }] }) },
	});

	test('gets its picture fetched without the key', async () => {
		const faults = says(`![image](${other.url}/cdn/a.png)`);
		const run = await bench.run('generate', {}, { account: { faults } });
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(1);
		expect(other.seen.length).toBeGreaterThan(0);
		expect(JSON.stringify(other.seen)).not.toContain(run.key);
		for (const { headers } of other.seen) expect(headers.authorization).toBeUndefined();
	});

	test("a picture on the gateway's own host gets no key either", async () => {
		const run = await bench.run('generate', {});
		expect(run.error).toBeUndefined();
		const fetched = bench.sandbox.requests.filter(({ path }) => path.startsWith('/chat-files/'));
		expect(fetched.length).toBeGreaterThan(0);
		for (const { headers } of fetched) expect(headers.authorization).toBeUndefined();
	});
});
