// A download that breaks off wherever it likes comes out whole, or fails: never with a byte too many or too few.
import { Readable } from 'node:stream';

import fc from 'fast-check';

import type { Opened } from '../../../../pipeline/http/openRequest';
import { resumedBytes } from '../../../../pipeline/http/resumedStream';

const FILE = Buffer.from(Array.from({ length: 300 }, (_, index) => index % 251));
const BROKEN = Object.assign(new Error('aborted'), { code: 'ECONNRESET' });

interface Server {
	/** After how many bytes each answer breaks; without an entry it doesn't. */
	breaks: number[];
	ranges: 'taken' | 'ignored' | 'wrong';
	etag?: string;
	lastModified?: string;
	/** From which answer on it is another file. */
	changesAt?: number;
	statuses?: Record<number, number>;
	/** Which of the answers don't come at all. */
	unreached?: number[];
}

function openedBy(server: Server) {
	const asked: Array<Record<string, string>> = [];
	let closed = 0;
	async function* bytesOf(whole: Buffer, breakAfter: number | undefined): AsyncGenerator<Buffer> {
		const end = Math.min(breakAfter ?? Infinity, whole.length);
		for (let at = 0; at < end; at += 7) yield whole.subarray(at, Math.min(at + 7, end));
		if (end < whole.length) throw BROKEN;
	}
	const open = (headers: Record<string, string>): Opened => {
		const count = asked.push(headers) - 1;
		if (server.unreached?.includes(count)) throw new Error('connect ECONNREFUSED');
		const hasChanged = server.changesAt !== undefined && count >= server.changesAt;
		const file = hasChanged ? Buffer.from(FILE).reverse() : FILE;
		const etag = server.etag && (hasChanged ? '"changed"' : server.etag);
		const from = Number(/bytes=(\d+)-/.exec(headers.Range ?? '')?.[1] ?? 0);
		const isSame = headers['If-Range'] === undefined || headers['If-Range'] === etag;
		const isPart = from > 0 && server.ranges !== 'ignored' && isSame;
		const start = !isPart ? 0 : server.ranges === 'wrong' ? from - 1 : from;
		const status = server.statuses?.[count] ?? (isPart ? 206 : 200);
		return {
			status,
			headers: {
				...(etag && { etag }),
				...(server.lastModified && { 'last-modified': server.lastModified }),
				...(isPart && { 'content-range': `bytes ${start}-${file.length - 1}/${file.length}` }),
			},
			bytes: bytesOf(file.subarray(start), server.breaks[count]),
			lender: Readable.from([]) as unknown as Opened['lender'],
			close: () => {
				closed += 1;
			},
		};
	};
	return { open, asked, closed: () => closed };
}

async function fetchFrom(server: Server) {
	const { open, asked, closed } = openedBy(server);
	const pauses: number[] = [];
	const bytes = resumedBytes(open({}), {
		reopen: async (headers) => open(headers),
		pause: async (milliseconds) => {
			pauses.push(milliseconds);
		},
	});
	const chunks: Buffer[] = [];
	let error: unknown;
	try {
		for await (const chunk of bytes) chunks.push(chunk);
	} catch (thrown) {
		error = thrown;
	}
	return { file: Buffer.concat(chunks), error, asked, closed: closed(), pauses };
}

test('what broke off goes on at its byte, as often as something moves', async () => {
	const { file, error, asked, closed } = await fetchFrom({
		breaks: [100, 50, 1, 1, 1, 1, 1, 1],
		ranges: 'taken',
		etag: '"abc"',
	});
	expect(error).toBeUndefined();
	expect(file).toEqual(FILE);
	expect(asked.slice(0, 3)).toEqual([
		{},
		{ Range: 'bytes=100-', 'If-Range': '"abc"' },
		{ Range: 'bytes=150-', 'If-Range': '"abc"' },
	]);
	// The first answer is the caller's.
	expect(closed).toBe(asked.length - 1);
});

test.each<[string, Server]>([
	['nothing moves any more', { breaks: [100, 0, 0, 0, 0, 0], ranges: 'taken', etag: '"abc"' }],
	['the file has changed', { breaks: [100], ranges: 'taken', etag: '"abc"', changesAt: 1 }],
	['the server starts over and tells nothing of the file', { breaks: [100], ranges: 'ignored' }],
	['the server sends another part', { breaks: [100], ranges: 'wrong' }],
	['the link is dead', { breaks: [100], ranges: 'taken', statuses: { 1: 404 } }],
	[
		'the server starts over and its ETag is a weak one',
		{ breaks: [100], ranges: 'ignored', etag: 'W/"a"' },
	],
	['it can’t be reached four times', { breaks: [100], ranges: 'taken', unreached: [1, 2, 3, 4] }],
])('it fails with what broke it off when %s', async (_what, server) => {
	const { file, error } = await fetchFrom(server);
	expect(error).toBe(BROKEN);
	expect(file).toEqual(FILE.subarray(0, 100));
});

test.each<[string, Server]>([
	['the server starts over with the same file', { breaks: [100], ranges: 'ignored', etag: '"a"' }],
	['it is busy for a moment', { breaks: [9], ranges: 'taken', statuses: { 1: 503, 2: 429 } }],
	['it breaks down for a moment', { breaks: [9], ranges: 'taken', statuses: { 1: 500 } }],
	['it can’t be reached for a moment', { breaks: [9], ranges: 'taken', unreached: [1, 2, 3] }],
	[
		'only the time of its last change tells that it is the same',
		{ breaks: [100], ranges: 'ignored', lastModified: 'Sat, 28 Nov 2026 12:00:00 GMT' },
	],
	[
		'its ETag is a weak one, but the time of its last change tells that it is the same',
		{
			breaks: [100],
			ranges: 'ignored',
			etag: 'W/"a"',
			lastModified: 'Sat, 28 Nov 2026 12:00:00 GMT',
		},
	],
	['nothing had come', { breaks: [0], ranges: 'ignored' }],
])('it comes out whole when %s', async (_what, server) => {
	const { file, error } = await fetchFrom(server);
	expect(error).toBeUndefined();
	expect(file).toEqual(FILE);
});

describe('it is asked again', () => {
	test('after pauses that double as long as nothing comes, four times', async () => {
		const { error, asked, pauses, closed } = await fetchFrom({
			breaks: [100],
			ranges: 'taken',
			statuses: { 1: 500, 2: 502, 3: 503, 4: 429 },
		});
		expect(error).toBe(BROKEN);
		expect(asked).toHaveLength(5);
		expect(pauses).toEqual([500, 1000, 2000, 4000]);
		expect(closed).toBe(4);
	});

	test('after as long a pause as at first where something has come meanwhile', async () => {
		const { pauses } = await fetchFrom({ breaks: [100, 0, 10], ranges: 'taken' });
		expect(pauses).toEqual([500, 1000, 500]);
	});

	test.each([400, 403, 404, 416, 428])('but not once it has answered %i', async (status) => {
		const { error, asked, closed } = await fetchFrom({
			breaks: [100],
			ranges: 'taken',
			statuses: { 1: status },
		});
		expect([error, asked.length, closed]).toEqual([BROKEN, 2, 1]);
	});

	test.each<[string, Omit<Server, 'breaks' | 'ranges'>, Record<string, string>]>([
		['nothing tells whether it is the same', {}, { Range: 'bytes=100-' }],
		['an ETag tells it', { etag: '"a"' }, { Range: 'bytes=100-', 'If-Range': '"a"' }],
		[
			'the ETag is a weak one',
			{ etag: 'W/"a"', lastModified: 'yesterday' },
			{ Range: 'bytes=100-', 'If-Range': 'yesterday' },
		],
	])('for what is missing where %s', async (_what, server, headers) => {
		const { asked } = await fetchFrom({ breaks: [100], ranges: 'ignored', ...server });
		expect(asked[1]).toEqual(headers);
	});

	test('for all of it where nothing had come', async () => {
		const { asked } = await fetchFrom({ breaks: [0], ranges: 'taken', etag: '"a"' });
		expect(asked).toEqual([{}, {}]);
	});
});

test('wherever it breaks, it comes out as it is or fails', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.record({
				breaks: fc.array(fc.integer({ min: 0, max: 310 }), { maxLength: 8 }),
				ranges: fc.constantFrom('taken' as const, 'ignored' as const, 'wrong' as const),
				etag: fc.option(fc.constantFrom('"abc"', 'W/"weak"'), { nil: undefined }),
			}),
			async (server) => {
				const { file, error } = await fetchFrom(server);
				if (error === undefined) expect(file).toEqual(FILE);
				else expect(FILE.subarray(0, file.length)).toEqual(file);
			},
		),
		{ numRuns: 60 },
	);
});
