// npm run bench:readers: how long the readers of answers take on megabytes of anything, in a table of sizes and times.
// A reader is linear where eight times the size takes about eight times as long. Nothing here is asserted.
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';

import { main } from '../scripts/lib/main.mjs';
import { npmScriptQuietly } from '../scripts/lib/npm.mjs';
import { say } from '../scripts/lib/say.mjs';
import { setUpProject } from '../scripts/lib/setup.mjs';

const MEGABYTE = 1024 * 1024;
const SIZES = [1, 2, 4, 8];
const CHUNK = 65_536;

const PIECES = {
	quotes: '"',
	'open brackets': '[',
	backslashes: '\\',
	'escaped quotes': '\\"',
	'base64 letters': 'A',
	'heads of data URIs': 'data:image/png;base64,',
	'beginnings of PNGs': 'iVBORw0KGgo ',
	'beginnings of links': 'http://',
	'markdown brackets': '![](',
	'data lines': 'data: {"a":1}\n\n',
};

await main(async () => {
	await setUpProject();
	await npmScriptQuietly('build', { title: 'Build' });
	const require = createRequire(import.meta.url);
	const { readAnswerBody } = require('../dist/pipeline/answers/answerBody.js');
	const { createPictureStore } = require('../dist/pipeline/media/store/pictureStore.js');
	const { createChatGateway } = require('../dist/providers/chat/index.js');
	const gateway = createChatGateway('https://gateway.example.com');

	const pictures = () =>
		createPictureStore({ helpers: { prepareBinaryData: stored } }, 'imagechat');
	const request = { method: 'POST', base64Fields: ['b64_json'], responseType: 'any' };
	const readers = {
		'an answer': async (text) => await readAnswerBody(pictures(), request, arriving(text)),
		'a string in one': async (text) =>
			await readAnswerBody(pictures(), request, arriving(`{"a":"${text}"}`)),
		"a chat's text": async (text) => gateway.readTask(chatSaying(text)),
	};

	say(['reader', 'filled with', ...SIZES.map((size) => `${size} MB`)].map(padded).join(''));
	for (const [reader, read] of Object.entries(readers)) {
		for (const [name, piece] of Object.entries(PIECES)) {
			const times = [];
			for (const size of SIZES) {
				times.push(await secondsFor(read, piece.repeat((size * MEGABYTE) / piece.length)));
			}
			say([reader, name, ...times.map((time) => `${time.toFixed(2)} s`)].map(padded).join(''));
		}
	}
	return 0;
});

async function secondsFor(read, text) {
	const begun = performance.now();
	// What a reader makes of it, or why it refuses it, is tested elsewhere.
	await Promise.resolve(text)
		.then(read)
		.catch(() => undefined);
	return (performance.now() - begun) / 1000;
}

function arriving(text) {
	const bytes = Buffer.from(text);
	async function* chunks() {
		for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
	}
	return { bytes: chunks(), lender: Readable.from([]) };
}

/** As n8n's binary store does it: the stream is read to its end. */
async function stored(stream, fileName, mimeType) {
	for await (const chunk of stream) void chunk;
	return { data: '', mimeType, fileName };
}

function chatSaying(content) {
	return {
		status: 200,
		headers: {},
		body: { choices: [{ message: { content } }] },
		receivedAt: new Date(),
	};
}

function padded(cell, column) {
	return cell.padEnd(column < 2 ? 22 : 10);
}
