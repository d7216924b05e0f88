// A small client and a callback receiver for the sandbox's tests.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { fetch, type Response } from 'undici';
import type { Sandbox } from '../../../sandbox';

export interface TaskJson {
	id: string;
	status: string;
	progress: number;
	results?: string[];
	error?: { code: string; message: string };
	usage: {
		credits_reserved: number;
		credits_used?: number;
		cost?: { credits: number; usd: number };
	};
	task_info: { estimated_time: number };
}

export interface ErrorJson {
	error: { code: string; message: string; type: string; param: string | null };
}

export class Client {
	constructor(
		readonly sandbox: Sandbox,
		readonly key: string = sandbox.evolink.addKey(),
	) {}

	async get(path: string): Promise<Response> {
		return await fetch(this.sandbox.evolink.baseUrl + path, {
			headers: { authorization: `Bearer ${this.key}` },
		});
	}

	async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		return await this.send(this.sandbox.evolink.baseUrl + path, text, {
			'content-type': 'application/json',
			...headers,
		});
	}

	async create(body: object, headers: Record<string, string> = {}): Promise<Response> {
		const whole = { model: 'gpt-4o-image', prompt: 'A quiet harbour', ...body };
		return await this.post('/v1/images/generations', whole, headers);
	}

	async created(body: object = {}, headers: Record<string, string> = {}): Promise<TaskJson> {
		return await json<TaskJson>(await this.create(body, headers), 200);
	}

	async task(id: string): Promise<TaskJson> {
		return await json<TaskJson>(await this.get(`/v1/tasks/${id}`), 200);
	}

	/** Creates a task, ends it at once and returns its last state. */
	async finished(body: object = {}): Promise<TaskJson> {
		const { id } = await this.created(body);
		this.sandbox.evolink.finishTask(id);
		return await this.task(id);
	}

	async uploadJson(way: 'base64' | 'url', body: object): Promise<Response> {
		const address = `${this.sandbox.evolink.filesBaseUrl}/api/v1/files/upload/${way}`;
		return await this.send(address, JSON.stringify(body), { 'content-type': 'application/json' });
	}

	/** Returns the address of the uploaded file. */
	async upload(bytes: Buffer, name = 'image.png'): Promise<string> {
		const body = { base64_data: bytes.toString('base64'), file_name: name };
		const answer = await json<{ data: { file_url: string } }>(
			await this.uploadJson('base64', body),
			200,
		);
		return answer.data.file_url;
	}

	private async send(
		address: string,
		body: string,
		headers: Record<string, string>,
	): Promise<Response> {
		return await fetch(address, {
			method: 'POST',
			headers: { authorization: `Bearer ${this.key}`, ...headers },
			body,
		});
	}
}

export async function json<Body>(response: Response, status: number): Promise<Body> {
	const text = await response.text();
	if (response.status !== status)
		throw new Error(`${response.status} instead of ${status}: ${text}`);
	return JSON.parse(text) as Body;
}

export async function download(url: string | undefined): Promise<Buffer> {
	const response = await fetch(String(url));
	if (!response.ok) throw new Error(`${response.status} for ${url}`);
	return Buffer.from(await response.arrayBuffer());
}

export async function until<Value>(look: () => Value | undefined | false): Promise<Value> {
	for (;;) {
		const value = look();
		if (value !== undefined && value !== false) return value;
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}

export interface Received {
	path: string;
	body: string;
}

/** Answers each callback with the next status of the list, and with 200 after that. */
export async function startReceiver(statuses: number[] = []) {
	const received: Received[] = [];
	const server = createServer((request: IncomingMessage, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			received.push({ path: request.url ?? '', body: Buffer.concat(chunks).toString() });
			response.writeHead(statuses.shift() ?? 200).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		received,
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/done?token=abcdef`,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

export async function photo(width: number, height: number): Promise<ReturnType<typeof sharp>> {
	const pixels = Buffer.alloc(width * height * 3);
	for (let index = 0; index < pixels.length; index++)
		pixels[index] = (index * 7 + (index >> 7)) % 256;
	return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** A mask whose left half is open for editing. */
export async function halfMask(width: number, height: number): Promise<Buffer> {
	const pixels = Buffer.alloc(width * height * 4, 255);
	for (let pixel = 0; pixel < width * height; pixel++) {
		if (pixel % width < width / 2) pixels[pixel * 4 + 3] = 0;
	}
	return await sharp(pixels, { raw: { width, height, channels: 4 } })
		.png()
		.toBuffer();
}
