// Answers that are small on the wire and grow without end when they are unpacked: they are read as far as any answer may be
// long, and no further.
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { constants, createBrotliCompress, createDeflate, createGzip } from 'node:zlib';

import { ImageChat } from '../../nodes/ImageChat/ImageChat.node';
import { startBench, type Bench } from './ImageChat/setup';
import { otherServers } from './support';

const CHUNK_BYTES = 65_536;
/** Packed in little time. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const PACKERS = {
	gzip: createGzip,
	br: () => createBrotliCompress(BROTLI),
	deflate: createDeflate,
};
type Packing = keyof typeof PACKERS;

let bench: Bench;
const { listen, close } = otherServers();
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => {
	await bench.close();
	close();
});

function* endless(beginning: string, piece: string): Generator<string> {
	yield beginning;
	for (const chunk = piece.repeat(CHUNK_BYTES / piece.length); ; ) yield chunk;
}

/** Ends only when nobody reads it any more. */
function answerEndlessly(
	response: ServerResponse,
	[status, packing, beginning, piece]: [number, Packing, string, string],
): void {
	response.writeHead(status, {
		'content-type': 'application/json',
		'content-encoding': packing,
	});
	const content = Readable.from(endless(beginning, piece));
	const packer = PACKERS[packing]();
	content.pipe(packer).pipe(response);
	response.on('close', () => {
		content.destroy();
		packer.destroy();
	});
}

const BODIES: Array<[what: string, beginning: string, piece: string, message: RegExp]> = [
	['a text', '{"choices":[{"message":{"content":"', 'x', /larger than 16 MB/],
	['blanks before anything', '', ' ', /larger than 8 MB/],
	['a list', '{"choices":[', '[],     ', /larger than 16 MB/],
];

describe.each(Object.keys(PACKERS) as Packing[])('packed with %s', (packing) => {
	test.each(BODIES)('%s', async (_what, beginning, piece, message) => {
		for (const status of [200, 400]) {
			const baseUrl = await listen((_request, response) =>
				answerEndlessly(response, [status, packing, beginning, piece]),
			);
			const run = await bench.run('generate', {}, { baseUrl });
			expect(String(run.error?.message) + String(run.error?.description)).toMatch(message);
		}
	});
});

test('a list of models', async () => {
	const baseUrl = await listen((_request, response) =>
		answerEndlessly(response, [200, 'gzip', '{"data":[', '{"id":"a"},     ']),
	);
	const listing = bench.engine.listSearch({
		node: new ImageChat(),
		credentials: { imageChatApi: { apiKey: 'sk-abcdef', baseUrl } },
		method: 'searchModels',
	});
	await expect(listing).rejects.toThrow('The answer is larger than 8 MB');
});
