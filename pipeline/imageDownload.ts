// Fetches one finished picture from its link into n8n's binary store, streamed, checked to its last byte.
import type { IBinaryData, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import type { ImageFacts } from '../providers/contract';
import { downloadFailure, ImageFailure } from '../providers/failure';
import type { PipelineContext } from './connection';
import { isComplete, readImageFacts } from './imageFacts';
import { mimeTypeOf } from './inputImages';
import { pause, throwIfCancelled } from './pause';
import { failureIn, settle } from './settle';
import { isByteStream, streamLike, type ByteStream } from './streams';

/** No provider makes larger ones; whatever is larger is no picture of ours. */
const MOST_BYTES = 200 * 1024 * 1024;
const HEAD_BYTES = 64 * 1024;
const TAIL_BYTES = 64;
const MOST_TRIES = 4;
const FIRST_WAIT_MILLISECONDS = 500;
const TIMEOUT_MILLISECONDS = 300_000;

export interface StoredImage {
	binary: IBinaryData;
	facts: ImageFacts;
	fileName: string;
	mimeType: string;
}

export interface DownloadOptions {
	url: string;
	/** File name without its ending: the ending follows from the first bytes. */
	fileName: string;
	/** How long links work, in words, for the message about a dead one. */
	linkLifetime: string;
	signal?: AbortSignal;
}

/** Downloads a picture, again if it arrives damaged. Throws a `download` failure; the picture still lies at its link. */
export async function downloadImage(
	context: PipelineContext,
	options: DownloadOptions,
): Promise<StoredImage> {
	for (let tried = 1; ; tried++) {
		throwIfCancelled(options.signal);
		const outcome = await settle(downloadOnce(context, options));
		throwIfCancelled(options.signal);
		if (outcome.ok) return outcome.value;
		const failure = failureIn(outcome.error) ?? brokenOff();
		const status = failure.details.status ?? 0;
		const isFinal = status >= 400 && status < 500 && status !== 429;
		if (isFinal || tried === MOST_TRIES) throw failure;
		await pause(FIRST_WAIT_MILLISECONDS * 2 ** (tried - 1), options.signal);
	}
}

async function downloadOnce(
	context: PipelineContext,
	{ url, fileName, linkLifetime, signal }: DownloadOptions,
): Promise<StoredImage> {
	const request: IHttpRequestOptions = {
		method: 'GET',
		url,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		sendCredentialsOnCrossOriginRedirect: false,
		timeout: TIMEOUT_MILLISECONDS,
		abortSignal: signal,
	};
	const answer = (await context.helpers.httpRequest(request)) as IN8nHttpFullResponse;
	const { body, statusCode } = answer;
	if (!isByteStream(body)) throw brokenOff();
	if (statusCode < 200 || statusCode > 299) {
		body.destroy();
		throw refused(statusCode, linkLifetime);
	}
	const promised = promisedLength(answer);
	if (promised !== undefined && promised > MOST_BYTES) {
		body.destroy();
		throw tooLarge();
	}
	return await store(context, body, promised, fileName);
}

async function store(
	context: PipelineContext,
	body: ByteStream,
	promised: number | undefined,
	fileName: string,
): Promise<StoredImage> {
	const reader = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
	const head = await readHead(reader);
	const { type } = readImageFacts(head, head.length);
	if (type === 'unknown') {
		body.destroy();
		throw noPicture(head);
	}
	if (!('prepareBinaryData' in context.helpers)) throw brokenOff();
	const mimeType = mimeTypeOf(type);
	const fullName = `${fileName}.${type === 'jpeg' ? 'jpg' : type}`;
	const seen = { bytes: 0, tail: Buffer.alloc(0) };
	const watched = streamLike(body, checked(head, reader, seen, promised));
	const stored = await settle(context.helpers.prepareBinaryData(watched, fullName, mimeType));
	body.destroy();
	const facts = readImageFacts(head, seen.bytes);
	// A damaged picture ends the stream with its failure, which the binary store may wrap in its own.
	const damage = damageOf(facts, head, seen.tail, promised);
	if (damage) throw damage;
	if (!stored.ok) throw stored.error;
	return { binary: stored.value, facts, fileName: fullName, mimeType };
}

async function readHead(reader: AsyncIterator<Buffer>): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	while (length < HEAD_BYTES) {
		const { done, value } = await reader.next();
		if (done) break;
		chunks.push(value);
		length += value.length;
	}
	return Buffer.concat(chunks);
}

/** Passes the picture on while counting it, and breaks off what has become too large or ends too early. */
async function* checked(
	head: Buffer,
	reader: AsyncIterator<Buffer>,
	seen: { bytes: number; tail: Buffer },
	promised: number | undefined,
): AsyncGenerator<Buffer> {
	for (let chunk = head; ; ) {
		seen.bytes += chunk.length;
		seen.tail = Buffer.concat([seen.tail, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
		if (seen.bytes > MOST_BYTES) throw tooLarge();
		yield chunk;
		const next = await reader.next();
		if (next.done) break;
		chunk = next.value;
	}
	const damage = damageOf(readImageFacts(head, seen.bytes), head, seen.tail, promised);
	if (damage) throw damage;
}

function damageOf(
	facts: ImageFacts,
	head: Buffer,
	tail: Buffer,
	promised: number | undefined,
): ImageFailure | undefined {
	if (facts.bytes > MOST_BYTES) return tooLarge();
	const isShort = promised !== undefined && facts.bytes < promised;
	if (!isShort && isComplete(facts, head, tail)) return undefined;
	return downloadFailure({
		message: 'The picture arrived incomplete, several times.',
		advice:
			'The picture itself is safe at the provider. Fetch it again with Task > Get and this task ID.',
	});
}

/** The length that the server promised. A compressed body has another one than the picture. */
function promisedLength({ headers }: IN8nHttpFullResponse): number | undefined {
	const length = Number(headers['content-length'] ?? Number.NaN);
	return Number.isNaN(length) || headers['content-encoding'] ? undefined : length;
}

function brokenOff(): ImageFailure {
	return downloadFailure({
		message: 'The connection broke off while the picture was being fetched, several times.',
		advice:
			"Check this server's internet connection, then fetch the picture with Task > Get and this task ID.",
	});
}

function refused(status: number, linkLifetime: string): ImageFailure {
	const isGone = [403, 404, 410].includes(status);
	return downloadFailure({
		message: isGone
			? `The link to the picture doesn't work any more (HTTP ${status}).`
			: `The picture could not be fetched from its link (HTTP ${status}).`,
		advice: isGone
			? `Links work for ${linkLifetime}. If the task is younger, Task > Get with this task ID may give a new link.`
			: 'Try again in a few minutes with Task > Get and this task ID.',
		status,
	});
}

function noPicture(head: Buffer): ImageFailure {
	const found =
		head.length === 0
			? 'an empty file'
			: /^\s*</.test(head.toString('latin1', 0, 50))
				? 'a web page'
				: 'something else';
	return downloadFailure({
		message: `The link of the picture led to ${found}, not to a picture.`,
		advice: 'Try again in a few minutes with Task > Get and this task ID.',
	});
}

function tooLarge(): ImageFailure {
	return downloadFailure({
		message: `The file is larger than ${MOST_BYTES / 1024 / 1024} MB, which no picture should be.`,
		advice: 'Set Output to Link Only in the Options and look at the file in a browser.',
		status: 413,
	});
}
