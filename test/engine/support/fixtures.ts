// What the engine's own tests run against: a small HTTP service, a credential, a node to fill in.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
	NodeConnectionTypes,
	type IAuthenticateGeneric,
	type ICredentialTestRequest,
	type ICredentialType,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

export const IMAGE = Buffer.alloc(300_000, 'image bytes ');

export interface Service {
	url: string;
	/** What was asked for, in order. */
	requests: Array<{ path: string; headers: IncomingHttpHeaders; body: Buffer }>;
	close(): Promise<void>;
}

export async function openService(): Promise<Service> {
	const requests: Service['requests'] = [];
	const server = createServer((request, response) => {
		const path = request.url ?? '/';
		const json = (status: number, body: unknown) => {
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(body));
		};
		void buffer(request)
			.catch(() => Buffer.alloc(0))
			.then((body) => {
				requests.push({ path, headers: request.headers, body });
				if (path === '/image') response.end(IMAGE);
				else if (path === '/refused') json(422, { error: { message: 'No such size' } });
				else if (path === '/account') {
					const allowed = request.headers.authorization === 'Bearer right';
					json(allowed ? 200 : 401, { allowed });
				} else if (path !== '/silence') json(200, { received: body.length });
			});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		close: async () => {
			await new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			});
		},
	};
}

export class TestKeyApi implements ICredentialType {
	name = 'testKeyApi';

	displayName = 'Test Key API';

	properties: INodeProperties[] = [
		{
			displayName: 'Key',
			name: 'apiKey',
			type: 'string',
			default: '',
			typeOptions: { password: true },
		},
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'http://127.0.0.1' },
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	};

	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}', url: '/account' },
	};
}

/** A node with what a test leaves open: its execute, webhook or methods. */
export function createTestNode(
	members: Omit<INodeType, 'description'>,
	description: Partial<INodeTypeDescription> = {},
): INodeType {
	return {
		description: {
			displayName: 'Test Node',
			name: 'testNode',
			group: ['transform'],
			version: 1,
			description: 'Does what one test needs',
			defaults: { name: 'Test Node' },
			usableAsTool: true,
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: 'testKeyApi' }],
			properties: [
				{ displayName: 'URL', name: 'url', type: 'string', default: '' },
				{ displayName: 'Prompt', name: 'prompt', type: 'string', default: 'a cat' },
			],
			...description,
		},
		...members,
	};
}
