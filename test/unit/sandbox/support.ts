// What the tests of every provider's sandbox need: answers, downloads, a callback receiver, pictures to send in.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { fetch, type Response } from 'undici';

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

/** A host that isn't the provider's, with whatever files. */
export class OtherHost {
	private readonly files: Array<string | Buffer> = [];

	private readonly server = createServer((request, response) => {
		response.end(this.files[Number(request.url?.slice(1))]);
	});

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	/** The address of the file. */
	add(content: string | Buffer): string {
		const { port } = this.server.address() as AddressInfo;
		return `http://127.0.0.1:${port}/${this.files.push(content) - 1}`;
	}

	close(): void {
		this.server.closeAllConnections();
		this.server.close();
	}
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
