// Reads a JSON answer as it streams in and takes the pictures out of it, so that no base64 is ever held as a whole.
import { ImageFailure } from '../../providers/failure';
import { decodedBase64 } from './streamedBase64';

/** Gets a picture's bytes and answers what stands in its place in the JSON. */
export type TakeImage = (bytes: AsyncGenerator<Buffer>) => Promise<string>;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const WHITE_SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** A string longer than this is no field's name. */
const LONGEST_NAME = 100;
/** What stays of an answer without its pictures is small, but for pictures within a text, which chat gateways send. */
const MOST_JSON_BYTES = 96 * 1024 * 1024;

/**
 * Answers the text of the JSON, in which every non-empty string under one of `fields` has been replaced by
 * what `takeImage` answered for its base64-decoded bytes. A data URI's head is left out of the bytes.
 */
export async function readStreamedJson(
	chunks: AsyncIterator<Buffer>,
	fields: ReadonlySet<string>,
	takeImage: TakeImage,
): Promise<string> {
	const source = new QuotedSource(chunks);
	const kept: Buffer[] = [];
	let keptBytes = 0;
	const keep = (bytes: Buffer): void => {
		keptBytes += bytes.length;
		if (keptBytes > MOST_JSON_BYTES) throw tooLargeAnswer();
		kept.push(bytes);
	};

	for (let lastString = ''; ; ) {
		let lastSign: number | undefined;
		for await (const run of source.untilQuote()) {
			keep(run);
			lastSign = lastSignOf(run) ?? lastSign;
		}
		if (source.hasEnded) return Buffer.concat(kept).toString();
		if (lastSign === COLON && fields.has(lastString)) {
			keep(Buffer.from(JSON.stringify(await takeString(source, takeImage))));
			continue;
		}
		keep(Buffer.of(QUOTE));
		lastString = '';
		for await (const run of source.untilStringEnds()) {
			keep(run);
			if (lastString.length <= LONGEST_NAME) lastString += run.toString();
		}
		// Text that ends within a string is left as it stands: whoever parses it sees that it was cut.
		if (!source.hasEnded) keep(Buffer.of(QUOTE));
	}
}

/** The last byte that isn't white space. */
function lastSignOf(run: Buffer): number | undefined {
	for (let i = run.length - 1; i >= 0; i--) if (!WHITE_SPACE.has(run[i]!)) return run[i];
	return undefined;
}

function tooLargeAnswer(): ImageFailure {
	return new ImageFailure({
		kind: 'unreadableAnswer',
		message: `The answer is larger than ${MOST_JSON_BYTES / 1024 / 1024} MB, its pictures not counted.`,
		advice: 'Ask for less at once, and check the Base URL in the credential.',
	});
}

/** A picture's place: what `takeImage` made of it, or an empty text where there was none. */
async function takeString(source: QuotedSource, takeImage: TakeImage): Promise<string> {
	// Base64 has no quotes in it, so the next one ends the string.
	const encoded = source.untilQuote();
	const first = await encoded.next();
	if (first.done) return '';
	const place = await takeImage(decodedBase64(first.value, encoded));
	// Whatever was left unread, as when it is no picture, still stands before the rest of the JSON.
	while (!(await encoded.next()).done);
	return place;
}

/** Bytes in runs up to a quote, which is taken too, from chunks of any length. */
class QuotedSource {
	/** True when the bytes have come to their end. */
	hasEnded = false;
	private chunk: Buffer = Buffer.alloc(0);

	constructor(private readonly chunks: AsyncIterator<Buffer>) {}

	async *untilQuote(): AsyncGenerator<Buffer> {
		while (await this.fill()) {
			const end = this.chunk.indexOf(QUOTE);
			const run = this.take(end === -1 ? this.chunk.length : end);
			if (end !== -1) this.take(1);
			if (run.length > 0) yield run;
			if (end !== -1) return;
		}
	}

	/** The same, but a quote behind an odd number of backslashes belongs to the string. */
	async *untilStringEnds(): AsyncGenerator<Buffer> {
		let backslashes = 0;
		while (await this.fill()) {
			const end = this.chunk.indexOf(QUOTE);
			const run = this.take(end === -1 ? this.chunk.length : end);
			const trailing = trailingBackslashes(run);
			backslashes = trailing === run.length ? backslashes + trailing : trailing;
			const isEscaped = backslashes % 2 === 1;
			if (run.length > 0) yield run;
			if (end === -1) continue;
			const quote = this.take(1);
			if (!isEscaped) return;
			yield quote;
			backslashes = 0;
		}
	}

	private take(length: number): Buffer {
		const taken = this.chunk.subarray(0, length);
		this.chunk = this.chunk.subarray(length);
		return taken;
	}

	private async fill(): Promise<boolean> {
		while (this.chunk.length === 0) {
			const { done, value } = await this.chunks.next();
			this.hasEnded = done === true;
			if (done) return false;
			this.chunk = value;
		}
		return true;
	}
}

function trailingBackslashes(run: Buffer): number {
	let count = 0;
	while (count < run.length && run[run.length - 1 - count] === BACKSLASH) count++;
	return count;
}
