// Reads a JSON answer as it streams in and takes the pictures out of it, so that no base64 is ever held as a whole.

import { ImageFailure } from '../providers/failure';

/** Gets a picture's bytes and answers what stands in its place in the JSON. */
export type TakeImage = (bytes: AsyncGenerator<Buffer>) => Promise<string>;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const WHITE_SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** What stays of an answer without its pictures is small; more than this is no answer of ours. */
const MOST_JSON_BYTES = 32 * 1024 * 1024;

/**
 * Answers the text of the JSON, in which every non-empty string under one of `fields` has been replaced by
 * what `takeImage` answered for its base64-decoded bytes. A data URI's head is left out of the bytes.
 */
export async function readStreamedJson(
	chunks: AsyncIterator<Buffer>,
	fields: ReadonlySet<string>,
	takeImage: TakeImage,
): Promise<string> {
	const source = new ByteSource(chunks);
	const kept: Buffer[] = [];
	let keptBytes = 0;
	let lastString = '';
	let isValueOf: string | undefined;

	const keep = (bytes: Buffer): void => {
		keptBytes += bytes.length;
		if (keptBytes > MOST_JSON_BYTES) throw tooLargeAnswer();
		kept.push(bytes);
	};

	for (let byte = await source.next(); byte !== undefined; byte = await source.next()) {
		if (byte === QUOTE && isValueOf !== undefined && fields.has(isValueOf)) {
			keep(Buffer.from(JSON.stringify(await takeString(source, takeImage))));
			isValueOf = undefined;
		} else if (byte === QUOTE) {
			const text = await readString(source);
			keep(Buffer.concat([Buffer.of(QUOTE), text, Buffer.of(QUOTE)]));
			lastString = text.toString();
			isValueOf = undefined;
		} else {
			keep(Buffer.of(byte));
			if (byte === COLON) isValueOf = lastString;
			else if (!WHITE_SPACE.has(byte)) isValueOf = undefined;
		}
	}
	return Buffer.concat(kept).toString();
}

function tooLargeAnswer(): ImageFailure {
	return new ImageFailure({
		kind: 'unreadableAnswer',
		message: `The answer is larger than ${MOST_JSON_BYTES / 1024 / 1024} MB, its pictures not counted.`,
		advice: 'Ask for less at once, and check the Base URL in the credential.',
	});
}

/** The string up to its closing quote, escapes as they stand. */
async function readString(source: ByteSource): Promise<Buffer> {
	const parts: Buffer[] = [];
	let bytes = 0;
	for (let escaped = false; ; ) {
		const byte = await source.next();
		if (byte === undefined || (byte === QUOTE && !escaped)) return Buffer.concat(parts);
		escaped = byte === BACKSLASH && !escaped;
		parts.push(Buffer.of(byte));
		bytes += 1;
		if (bytes > MOST_JSON_BYTES) throw tooLargeAnswer();
	}
}

/** A picture's place: what `takeImage` made of it, or an empty text where there was none. */
async function takeString(source: ByteSource, takeImage: TakeImage): Promise<string> {
	const encoded = source.untilQuote();
	const first = await encoded.next();
	if (first.done) return '';
	const place = await takeImage(decoded(first.value, encoded));
	// Whatever was left unread, as when it is no picture, still stands before the rest of the JSON.
	while (!(await encoded.next()).done);
	return place;
}

/** Base64 in groups of four characters, whatever the chunks' lengths. */
async function* decoded(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
	let pending = first.toString('latin1');
	for (let isStart = true; ; ) {
		const isHeadCut = isStart && mayBeCutHead(pending);
		const isEscapeCut = pending.endsWith('\\');
		if (!isHeadCut && !isEscapeCut) {
			const base64 = onlyBase64(isStart ? pending.replace(/^data:[^,]*,/, '') : pending);
			isStart = false;
			const whole = base64.length - (base64.length % 4);
			if (whole > 0) yield Buffer.from(base64.slice(0, whole), 'base64');
			pending = base64.slice(whole);
		}
		const next = await rest.next();
		if (next.done) break;
		pending += next.value.toString('latin1');
	}
	if (pending !== '') yield Buffer.from(pending, 'base64');
}

/** Whether it is the beginning of a data URI's head, cut before the comma that ends it. */
function mayBeCutHead(text: string): boolean {
	return 'data:'.startsWith(text) || (text.startsWith('data:') && !text.includes(','));
}

/** Without escaped slashes, line breaks and spaces, which JSON writers may put in. */
function onlyBase64(text: string): string {
	return /[\\\s]/.test(text) ? text.replace(/\\[nr]|[\\\s]/g, '') : text;
}

/** Bytes one at a time, or in runs up to the next quote, from chunks of any length. */
class ByteSource {
	private chunk: Buffer = Buffer.alloc(0);
	private position = 0;

	constructor(private readonly chunks: AsyncIterator<Buffer>) {}

	async next(): Promise<number | undefined> {
		return (await this.fill()) ? this.chunk[this.position++] : undefined;
	}

	/** Everything before the next quote; the quote itself is taken too. Base64 has no escaped quotes. */
	async *untilQuote(): AsyncGenerator<Buffer> {
		while (await this.fill()) {
			const end = this.chunk.indexOf(QUOTE, this.position);
			const run = this.chunk.subarray(this.position, end === -1 ? undefined : end);
			this.position = end === -1 ? this.chunk.length : end + 1;
			if (run.length > 0) yield run;
			if (end !== -1) return;
		}
	}

	private async fill(): Promise<boolean> {
		while (this.position >= this.chunk.length) {
			const { done, value } = await this.chunks.next();
			if (done) return false;
			this.chunk = value;
			this.position = 0;
		}
		return true;
	}
}
