// Input images as data URIs: what a gateway receives is the very JSON that they would be written in as texts, in each try.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { noise, picture } from '../EvoLink/pictures';
import { startBench } from './setup';

interface Received {
	url?: string;
	headers: Record<string, unknown>;
	body: string;
}

/** A gateway that redirects, is busy, and then draws. */
async function startGateway(drawn: Buffer) {
	const received: Received[] = [];
	const server = createServer((request, response) => {
		void buffer(request).then((body) => {
			const { url, headers } = request;
			const count = received.push({ url, headers, body: body.toString() });
			if (count === 1) return response.writeHead(307, { location: '/v1/again' }).end();
			if (count === 2) return response.writeHead(429, { 'retry-after': '0' }).end('{}');
			const content = `![image](data:image/png;base64,${drawn.toString('base64')})`;
			const answer = { choices: [{ index: 0, message: { role: 'assistant', content } }] };
			return response
				.writeHead(200, { 'content-type': 'application/json' })
				.end(JSON.stringify(answer));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		received,
		baseUrl: `http://127.0.0.1:${port}/v1`,
		close: async () => await new Promise((resolve) => server.close(resolve)),
	};
}

test.each(['filesystem', 'default'] as const)(
	"each try has them, with n8n's files as %s",
	async (binaryMode) => {
		const bench = await startBench(binaryMode);
		const [photo, sign, drawn] = [
			await noise(1),
			await picture('png', { width: 61, height: 33, background: '#1010d0' }),
			await picture('png', { width: 64, height: 64, background: '#d01010' }),
		];
		const gateway = await startGateway(drawn.content);
		const prompt = 'A "red" \\ bicycle\n\ud83e\udd8a, \ud800 and no more';
		const binary = (binaryPropertyName: string) => ({ source: 'binary', binaryPropertyName });
		const run = await bench.run(
			'edit',
			{
				prompt,
				sizeWish: '',
				inputImages: {
					images: [binary('photo'), { source: 'url', url: 'https://a.test/b.png' }, binary('sign')],
				},
				options: { seed: 12 },
			},
			{ items: [{ binary: { photo, sign } }], baseUrl: gateway.baseUrl, account: {} },
		);
		await gateway.close();
		await bench.close();

		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(1);
		const image = (url: string) => ({ type: 'image_url', image_url: { url } });
		const uriOf = ({ content, mimeType }: typeof photo) =>
			`data:${mimeType};base64,${content.toString('base64')}`;
		const text = JSON.stringify({
			model: 'gpt-4o-image',
			stream: false,
			messages: [
				{
					role: 'user',
					content: [
						{ type: 'text', text: prompt },
						image(uriOf(photo)),
						image('https://a.test/b.png'),
						image(uriOf(sign)),
					],
				},
			],
			seed: 12,
		});
		expect(gateway.received.map(({ url }) => url)).toEqual([
			'/v1/chat/completions',
			'/v1/again',
			'/v1/chat/completions',
		]);
		for (const { body, headers } of gateway.received) {
			expect(body === text).toBe(true);
			expect(headers).toMatchObject({
				'content-type': 'application/json',
				'content-length': String(Buffer.byteLength(text)),
			});
		}
	},
);
