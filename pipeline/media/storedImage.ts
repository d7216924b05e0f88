// Puts a picture's bytes into n8n's binary store as they stream in: typed by its first bytes, counted, checked to its end.
import type { IBinaryData } from 'n8n-workflow';

import type { ImageFacts, ImageType } from '../../providers/contract';
import { downloadFailure, ImageFailure } from '../../providers/failure';
import type { PipelineContext } from '../context';
import { HEAD_BYTES, isComplete, mimeTypeOf, readImageFacts } from './imageFacts';
import { settle } from '../settle';
import { streamLike, type ByteStream } from '../http/streams';

/** No provider makes larger ones; whatever is larger is no picture of ours. */
export const MOST_BYTES = 200 * 1024 * 1024;
const TAIL_BYTES = 64;

export interface StoredImage {
	binary: IBinaryData;
	facts: ImageFacts & { type: ImageType };
	mimeType: string;
}

/** A picture on its way: its bytes, and any stream that lends its class. */
export interface IncomingImage {
	bytes: AsyncIterator<Buffer>;
	lender: ByteStream;
	/** The length that was promised, where one was. */
	promised?: number;
}

/** Throws a `download` failure when what arrives is no picture, too large, or cut short. */
export async function storeImage(
	context: PipelineContext,
	{ bytes, lender, promised }: IncomingImage,
	fileName: string,
): Promise<StoredImage> {
	const head = await readHead(bytes);
	const { type } = readImageFacts(head, head.length);
	if (type === 'unknown') throw noPicture(head);
	if (!('prepareBinaryData' in context.helpers)) {
		throw noBinaryStore();
	}
	const mimeType = mimeTypeOf(type);
	const seen: Seen = { bytes: 0, tail: Buffer.alloc(0) };
	const watched = streamLike(lender, checked(head, bytes, seen, promised));
	const stored = await settle(
		context.helpers.prepareBinaryData(watched, withEnding(fileName, type), mimeType),
	);
	// What ends the stream is our own failure or the network's; the binary store may wrap it in its own.
	if (seen.failure) throw seen.failure;
	if (!stored.ok) throw notStored(stored.error);
	return { binary: stored.value, facts: { ...readImageFacts(head, seen.bytes), type }, mimeType };
}

/** What has gone by of a picture so far. */
interface Seen {
	bytes: number;
	tail: Buffer;
	/** Why no more of it came. */
	failure?: Error;
}

/** Stores a picture that is in memory. Throws a `download` failure when it isn't whole. */
export async function storeBytes(
	context: PipelineContext,
	bytes: Buffer,
	fileName: string,
): Promise<StoredImage> {
	const head = bytes.subarray(0, HEAD_BYTES);
	const { type, ...rest } = readImageFacts(head, bytes.length);
	if (type === 'unknown') throw noPicture(head);
	const facts = { ...rest, type };
	const damage = damageOf(facts, head, bytes.subarray(-TAIL_BYTES), undefined);
	if (damage) throw damage;
	if (!('prepareBinaryData' in context.helpers)) throw noBinaryStore();
	const mimeType = mimeTypeOf(type);
	const name = withEnding(fileName, type);
	const stored = await settle(context.helpers.prepareBinaryData(bytes, name, mimeType));
	if (!stored.ok) throw notStored(stored.error);
	return { binary: stored.value, facts, mimeType };
}

function noBinaryStore(): TypeError {
	return new TypeError('Pictures can be stored only where n8n gives access to its binary store.');
}

/** The picture under another name, with the ending of its type. */
export function named(stored: StoredImage, fileName: string): StoredImage {
	const binary = { ...stored.binary, fileName: withEnding(fileName, stored.facts.type) };
	return { ...stored, binary };
}

export function withEnding(fileName: string, type: ImageType): string {
	return `${fileName}.${type === 'jpeg' ? 'jpg' : type}`;
}

export function tooLarge(): ImageFailure {
	return downloadFailure({
		message: `The file is larger than ${MOST_BYTES / 1024 / 1024} MB, which no picture should be.`,
		advice: 'Set Output to Link Only in the Options and look at the file in a browser.',
		status: 413,
	});
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
	seen: Seen,
	promised: number | undefined,
): AsyncGenerator<Buffer> {
	const breakOff = (failure: Error): never => {
		seen.failure = failure;
		throw failure;
	};
	for (let chunk = head; ; ) {
		seen.bytes += chunk.length;
		seen.tail = Buffer.concat([seen.tail, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
		if (seen.bytes > MOST_BYTES) breakOff(tooLarge());
		yield chunk;
		const next = await settle(Promise.resolve(reader.next()));
		if (!next.ok) return breakOff(next.error);
		if (next.value.done) break;
		chunk = next.value.value;
	}
	const damage = damageOf(readImageFacts(head, seen.bytes), head, seen.tail, promised);
	if (damage) breakOff(damage);
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
		message: 'The picture arrived incomplete.',
		advice:
			'The picture itself is safe at the provider. Fetch it again with Task: Get and this task ID.',
	});
}

function notStored({ message }: Error): ImageFailure {
	// By a system's code within a message, n8n would put a text of its own in its place.
	const reason = message.replace(/\bE[A-Z]+: /, '');
	return downloadFailure({
		message: `n8n could not store the picture: ${reason}`,
		advice:
			'Make room where n8n keeps its files. The picture itself is safe at the provider: fetch it with Task: Get and this task ID.',
		status: 507,
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
		message: `In place of the picture there was ${found}.`,
		advice: 'Try again in a few minutes with Task: Get and this task ID.',
	});
}
