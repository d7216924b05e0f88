// Puts a picture's bytes into n8n's binary store as they stream in: typed by its first bytes, counted, checked to its end.
import type { IBinaryData } from 'n8n-workflow';

import type { ImageFacts } from '../../../providers/contract';
import { downloadFailure, type ImageFailure } from '../../../providers/failure';
import { MEGABYTE } from '../../../providers/limits/megabytes';
import type { PipelineContext } from '../../context';
import { streamLike, type ByteStream } from '../../answers/streams';
import { resultOf } from '../../result';
import { HEAD_BYTES, mimeTypeOf, readImageFacts } from './imageFacts';
import { endFinder } from './imageEnd';
import { withEnding } from './fileEndings';
import { textIn } from './textFacts';

/** No provider makes larger ones; whatever is larger is no picture of ours. */
export const MAX_BYTES = 200 * MEGABYTE;
/** As much of a text as a message shows. */
const EXCERPT_CHARACTERS = 100;

export interface StoredImage {
	binary: IBinaryData;
	/** Of unknown type are bytes that are no picture which we know, but no text either: they were paid for. */
	facts: ImageFacts;
	mimeType: string;
}

/** A picture on its way: its bytes, any stream that lends its class, and how to tell of a text that comes in its place. */
export interface IncomingImage {
	bytes: AsyncIterator<Buffer>;
	lender: ByteStream;
	hide: HideSecrets;
}

/** A text without secrets. To be asked before the text is cut, as nobody knows half a secret again. */
export type HideSecrets = (text: string) => string;

/** Throws a `download` failure when what arrives is no picture, too large, or cut short. */
export async function storeImage(
	context: PipelineContext,
	{ bytes, lender, hide }: IncomingImage,
	fileName: string,
	maxBytes = MAX_BYTES,
): Promise<StoredImage> {
	const head = await readHead(bytes);
	const { type } = readImageFacts(head, head.length);
	if (type === 'unknown') refuseText(head, hide);
	if (!('prepareBinaryData' in context.helpers)) throw noBinaryStore();
	const mimeType = mimeTypeOf(type);
	const seen: Seen = { bytes: 0 };
	const watched = streamLike(lender, checked(head, bytes, seen, maxBytes));
	const stored = await resultOf(
		context.helpers.prepareBinaryData(watched, withEnding(fileName, type), mimeType),
	);
	// What ends the stream is our own failure or the network's; the binary store may wrap it in its own.
	if (seen.failure) throw seen.failure;
	if (!stored.ok) throw notStored(stored.error);
	return { binary: stored.value, facts: readImageFacts(head, seen.bytes), mimeType };
}

/** What has gone by of a picture so far. */
interface Seen {
	bytes: number;
	/** Why no more of it came. */
	failure?: Error;
}

/** Stores a picture that is in memory. Throws a `download` failure when it isn't whole. */
export async function storeBytes(
	context: PipelineContext,
	bytes: Buffer,
	fileName: string,
	hide: HideSecrets,
): Promise<StoredImage> {
	const head = bytes.subarray(0, HEAD_BYTES);
	const facts = readImageFacts(head, bytes.length);
	if (facts.type === 'unknown') refuseText(head, hide);
	if (bytes.length > MAX_BYTES) throw tooLarge(MAX_BYTES);
	const end = endFinder(facts.type);
	end.take(bytes);
	if (!end.isComplete()) throw incomplete();
	if (!('prepareBinaryData' in context.helpers)) throw noBinaryStore();
	const mimeType = mimeTypeOf(facts.type);
	const name = withEnding(fileName, facts.type);
	const stored = await resultOf(context.helpers.prepareBinaryData(bytes, name, mimeType));
	if (!stored.ok) throw notStored(stored.error);
	return { binary: stored.value, facts, mimeType };
}

function noBinaryStore(): TypeError {
	return new TypeError('Pictures can be stored only where n8n gives access to its binary store.');
}

/** The picture under another name, with the typed ending where it is that of its type. */
export function named(stored: StoredImage, stem: string, ending?: string): StoredImage {
	const binary = { ...stored.binary, fileName: withEnding(stem, stored.facts.type, ending) };
	return { ...stored, binary };
}

export function tooLarge(maxBytes: number): ImageFailure {
	return downloadFailure({
		message: `The file is larger than ${maxBytes / MEGABYTE} MB, which no picture should be.`,
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
	maxBytes: number,
): AsyncGenerator<Buffer> {
	const breakOff = (failure: Error): never => {
		seen.failure = failure;
		throw failure;
	};
	const end = endFinder(readImageFacts(head, head.length).type);
	for (let chunk = head; ; ) {
		seen.bytes += chunk.length;
		if (seen.bytes > maxBytes) breakOff(tooLarge(maxBytes));
		end.take(chunk);
		yield chunk;
		const next = await resultOf(Promise.resolve(reader.next()));
		if (!next.ok) return breakOff(next.error);
		if (next.value.done) break;
		chunk = next.value.value;
	}
	if (!end.isComplete()) breakOff(incomplete());
}

function incomplete(): ImageFailure {
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

/** A page or a message in the place of a picture is no picture. Throws a `download` failure for those. */
function refuseText(head: Buffer, hide: HideSecrets): void {
	const text = textIn(head)?.trim();
	if (text === undefined) return;
	const found =
		text === ''
			? 'an empty file'
			: text.startsWith('<')
				? 'a web page'
				: `a text: ${hide(text).replace(/\s+/g, ' ').slice(0, EXCERPT_CHARACTERS)}`;
	throw downloadFailure({
		message: `In place of the picture there was ${found}.`,
		advice: 'Try again in a few minutes with Task: Get and this task ID.',
	});
}
