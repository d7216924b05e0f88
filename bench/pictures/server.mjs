// A program: a server in the provider's place whose pictures are as large as the prompt says, which the sandbox's aren't.
// `Picture 3, 24 MB, as link` is answered with a link, without `as link` with base64. Its port is told to whoever forks it.
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

import { pictureParts } from './picture.mjs';

const PIECE = 65_536;

/** In pieces, as a network hands them over. */
async function send(response, headers, parts) {
	const length = parts.reduce((sum, part) => sum + part.length, 0);
	response.writeHead(200, { ...headers, 'content-length': length });
	for (const part of parts) {
		for (let at = 0; at < part.length; at += PIECE) {
			if (response.write(part.subarray(at, at + PIECE))) continue;
			await new Promise((resolve) => response.once('drain', resolve));
		}
	}
	response.end();
}

const base64Of = new Map();
/** The long part of all pictures of a size is written as base64 once. */
function asBase64(number, megabytes) {
	const [head, ...rest] = pictureParts(number, megabytes);
	if (!base64Of.has(megabytes)) {
		base64Of.set(megabytes, Buffer.from(Buffer.concat(rest).toString('base64')));
	}
	return [Buffer.from(head.toString('base64')), base64Of.get(megabytes)];
}

function answerWith(response, { number, megabytes, isLink, isChat }, host) {
	const type = { 'content-type': 'application/json' };
	if (isChat) {
		const [head, rest] = asBase64(number, megabytes);
		const before =
			'{"id":"c","object":"chat.completion","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"![image](data:image/png;base64,';
		return send(response, type, [Buffer.from(before), head, rest, Buffer.from(')"}}]}')]);
	}
	if (isLink) {
		const data = [{ url: `http://${host}/pictures/${number}/${megabytes}.png` }];
		return send(response, type, [Buffer.from(JSON.stringify({ created: 1, data }))]);
	}
	const [head, rest] = asBase64(number, megabytes);
	const [before, after] = ['{"created":1,"data":[{"b64_json":"', '"}]}'].map((text) =>
		Buffer.from(text),
	);
	return send(response, type, [before, head, rest, after]);
}

const wishIn = (prompt) => {
	const [, number, megabytes, link] = /Picture (\d+), (\d+) MB(, as link)?/.exec(prompt);
	return { number: Number(number), megabytes: Number(megabytes), isLink: link !== undefined };
};

async function answer(request, response) {
	const { method, url, headers } = request;
	const [, number, megabytes] = /^\/pictures\/(\d+)\/(\d+)/.exec(url) ?? [];
	if (method === 'GET' && number) {
		const parts = pictureParts(Number(number), Number(megabytes));
		return await send(response, { 'content-type': 'image/png' }, parts);
	}
	if (url === '/v1/images/generations') {
		return await answerWith(response, wishIn((await json(request)).prompt), headers.host);
	}
	// Input images are counted and thrown away.
	let received = 0;
	for await (const chunk of request) received += chunk.length;
	process.send({ url, received });
	await answerWith(response, {
		number: 1,
		megabytes: 1,
		isChat: url.endsWith('/chat/completions'),
	});
}

const server = createServer((request, response) => {
	answer(request, response).catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit());
