// One download in n8n's real engine, against a server that is slow, silent or endless: it ends by its deadline, and goes
// on where it stopped.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import sharp from 'sharp';

import { realClock } from '../../../pipeline/clock';
import { deadlineIn, type Deadline } from '../../../pipeline/deadline';
import { downloadImage, type DownloadLimits } from '../../../pipeline/media/imageDownload';
import { createRedactor } from '../../../pipeline/secrets/redactor';
import { ImageFailure } from '../../../providers/failure';
import { startEngine, type Engine } from '../support';
import { userFolder } from '../support/environment';
import { createTestNode } from '../support/fixtures';
import { until } from '../support/until';

const redact = createRedactor([]);
const LIMITS: DownloadLimits = { maxBytes: 1024 * 1024, silenceMilliseconds: 30_000 };
const IMPATIENT: DownloadLimits = { ...LIMITS, silenceMilliseconds: 1500 };

let engine: Engine;
let server: Server;
let origin: string;
let picture: Buffer;
let requests: Array<{ path: string; range?: string }> = [];

/** What the server does under each path. */
const ANSWERS: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
	'/whole.png': (_request, response) => response.end(picture),
	/** Half of it, and then nothing any more; the other half to whoever asks for it. */
	'/silent.png': ({ headers: { range } }, response) => {
		const half = Math.floor(picture.length / 2);
		const start = Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
		response.writeHead(range ? 206 : 200, {
			'content-length': picture.length - start,
			etag: '"one"',
			...(range && { 'content-range': `bytes ${start}-${picture.length - 1}/${picture.length}` }),
		});
		if (range) response.end(picture.subarray(start));
		else response.write(picture.subarray(0, half));
	},
	/** A byte now and then, for ever. */
	'/trickle.png': (_request, response) => {
		let sent = 0;
		const timer = setInterval(() => response.write(picture.subarray(sent, ++sent)), 100);
		response.on('close', () => clearInterval(timer));
	},
	'/mute.png': () => undefined,
	/** A picture that never ends, at full speed and without a length. */
	'/endless.png': (_request, response) => {
		const end = picture.indexOf('IEND') - 4;
		response.write(picture.subarray(0, end));
		response.write(Buffer.from('\x7f\xff\xff\xffzeRo', 'latin1'));
		const more = (): boolean =>
			response.destroyed || (response.write(Buffer.alloc(65_536)) && more());
		response.on('drain', more);
		more();
	},
	/** The same in few bytes: the server packs it, though nobody asked for that. */
	'/packed.png': (_request, response) => {
		response.writeHead(200, { 'content-encoding': 'gzip' });
		const content = Readable.from(endlessPicture());
		content.pipe(createGzip()).pipe(response);
		response.on('close', () => content.destroy());
	},
};

function* endlessPicture(): Generator<Buffer> {
	yield picture.subarray(0, picture.indexOf('IEND') - 4);
	yield Buffer.from('\x7f\xff\xff\xffzeRo', 'latin1');
	for (;;) yield Buffer.alloc(65_536);
}

interface Outcome {
	json: IDataObject;
	binary?: Buffer;
}

/** What became of a download: the file's facts, or the failure's. */
async function fetchImage(
	path: string,
	{
		deadline,
		signal,
		limits = LIMITS,
	}: { deadline?: Deadline; signal?: AbortSignal; limits?: DownloadLimits } = {},
): Promise<Outcome> {
	const node = createTestNode({
		async execute(this: IExecuteFunctions) {
			const options = { url: origin + path, fileName: 'fox', linkLifetime: 'a day' };
			const outcome = await downloadImage(
				{ context: this, clock: realClock, signal, deadline, redact },
				options,
				limits,
			).catch((error: unknown) => error);
			if (outcome instanceof ImageFailure) return [[{ json: { ...outcome.details } }]];
			if (outcome instanceof Error) throw outcome;
			const { binary, facts } = outcome as Awaited<ReturnType<typeof downloadImage>>;
			return [[{ json: { ...facts }, binary: { data: binary } }]];
		},
	});
	const run = await engine.run({ node, parameters: {} });
	if (run.error) throw run.error;
	const { json, binary } = run.items[0]!;
	return { json, ...(binary && { binary: await run.binary(0) }) };
}

const files = async () => {
	const found = await readdir(join(userFolder, 'storage'), {
		recursive: true,
		withFileTypes: true,
	});
	return found.filter((entry) => entry.isFile() && !entry.name.endsWith('.metadata')).length;
};

beforeAll(async () => {
	engine = await startEngine({ binaryMode: 'filesystem', credentialTypes: [] });
	const noise = Buffer.from(Array.from({ length: 60 * 60 * 3 }, (_, i) => (i * 7919) % 251));
	picture = await sharp(noise, { raw: { width: 60, height: 60, channels: 3 } })
		.png()
		.toBuffer();
	server = createServer((request, response) => {
		const path = request.url ?? '';
		requests.push({ path, range: request.headers.range });
		const answer = ANSWERS[path];
		if (answer) answer(request, response);
		else response.writeHead(404).end();
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
	await engine.close();
	await new Promise((resolve) => {
		server.close(resolve);
		server.closeAllConnections();
	});
});
beforeEach(() => (requests = []));

test('a picture is asked for unpacked, once', async () => {
	const { json, binary } = await fetchImage('/whole.png');
	expect(json).toMatchObject({ type: 'png', bytes: picture.length, width: 60 });
	expect(binary).toEqual(picture);
	expect(requests).toHaveLength(1);
});

test('a transfer that falls silent is broken off and goes on where it stopped, in the same file', async () => {
	const before = await files();
	const { binary } = await fetchImage('/silent.png', { limits: IMPATIENT });
	expect(binary).toEqual(picture);
	expect(requests).toEqual([
		{ path: '/silent.png', range: undefined },
		{ path: '/silent.png', range: `bytes=${Math.floor(picture.length / 2)}-` },
	]);
	expect(await files()).toBe(before + 1);
});

const LATE = {
	kind: 'timeLimit',
	message: 'The picture was made, but could not be fetched within the Time Limit of 4 seconds.',
	advice: 'Fetch it with Task: Get and this task ID, or set a longer Time Limit in the Options.',
};

test.each([
	['one that trickles', '/trickle.png'],
	['one that never answers', '/mute.png'],
	['one that is not there yet', '/nothing.png'],
])('it ends by its deadline: %s', async (_rule, path) => {
	const { json } = await fetchImage(path, { deadline: deadlineIn(4, Date.now()) });
	// Of a link that is dead when the time is over, that is what is told.
	if (path === '/nothing.png') expect(json).toMatchObject({ kind: 'download', status: 404 });
	else expect(json).toEqual(LATE);
});

test('one that never answers is asked for a few times', async () => {
	const { json } = await fetchImage('/mute.png', { limits: IMPATIENT });
	expect(json).toMatchObject({
		kind: 'download',
		message: 'The connection broke off while the picture was being fetched, several times.',
	});
	expect(requests).toHaveLength(4);
});

test('what was finished just in time is still fetched', async () => {
	const { binary } = await fetchImage('/whole.png', { deadline: deadlineIn(-5, Date.now()) });
	expect(binary).toEqual(picture);
});

test.each(['/endless.png', '/packed.png'])(
	'%s grows too large and is read no further',
	async (path) => {
		const { json } = await fetchImage(path);
		expect(json).toMatchObject({ kind: 'download', status: 413 });
		expect(requests).toHaveLength(1);
	},
);

test('a cancelled execution lets go of it', async () => {
	const cancel = new AbortController();
	const fetching = fetchImage('/trickle.png', { signal: cancel.signal });
	await until(() => requests.length > 0);
	cancel.abort();
	expect((await fetching).json).toMatchObject({ kind: 'cancelled' });
});

test.each([
	'data:image/png;base64,iVBORw0KGgo=',
	'/data/image/x.jpg',
	'ftp://a.test/x.png',
	'http://',
])('%s is no link, which is told at once', async (url) => {
	const node = createTestNode({
		async execute(this: IExecuteFunctions) {
			const options = { url, fileName: 'fox', linkLifetime: 'a day' };
			const outcome = await downloadImage(
				{ context: this, clock: realClock, redact },
				options,
			).catch((e: unknown) => e);
			return [[{ json: { ...(outcome as ImageFailure).details } }]];
		},
	});
	const run = await engine.run({ node, parameters: {} });
	expect(run.items[0]!.json).toMatchObject({
		kind: 'download',
		message: `The link to the picture isn't a web address: "${url}".`,
	});
});
