// Reads JSON as it streams in, lines of it and events too, and takes the pictures out of its strings, so that no base64 is
// ever held as a whole.
import type { ByteSource } from './byteSource';
import { KeptBytes, tooLargeAnswer } from './keptBytes';
import { StreamedBase64 } from './streamedBase64';
import {
	BACKSLASH,
	behindBlank,
	characterAt,
	isBase64,
	LINE_FEED,
	LOOKAHEAD,
	QUOTE,
} from './writtenBase64';
import { headAt, MAX_HEADS, mayBeginPicture, pictureAt } from './writtenPictures';

/** A picture that was met in a string. */
export interface WrittenPicture {
	bytes: AsyncIterator<Buffer>;
	/** Whether it is all that its string has, by the name of its field. */
	isNamed: boolean;
	/** Whether it can be left where it stands, as it is written. */
	canStay: boolean;
	/** Whether it may be only the beginning of one. To be asked once its bytes have been read. */
	mayGoOn(): boolean;
}

/** Answers what stands in the picture's place; undefined to leave it as it is written. */
export type TakeImage = (picture: WrittenPicture) => Promise<string | undefined>;

export interface ReadOptions {
	/** Names of fields whose texts are pictures in any case. */
	fields: ReadonlySet<string>;
	takeImage: TakeImage;
	/** At most so much may be left without the pictures. */
	maxBytes: number;
	/** At most so many pictures are taken. Whatever looks like more of them is left as it is written. */
	maxPictures: number;
	/** Whether each line stands by itself: then no string goes on behind its line. */
	isInLines?: boolean;
	/** Whether a picture may come in pieces, over several strings: then what is found in one can stay as it is written. */
	isInPieces?: boolean;
}

const COLON = 0x3a;
const WHITE_SPACE: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** A string longer than this is no field's name. */
const LONGEST_NAME = 100;
/** White space before a picture that has its string for itself. More is part of a text. */
const LONGEST_BLANK = 200;
const BLANK = /^(?:\s|\\[nrt]|\\u0020)*$/;

/**
 * The JSON with what `takeImage` answers in the place of each picture: of every text under one of `fields`, of every data
 * URI of a picture, and of whatever begins like a picture in base64, wherever it stands in a string. Text that is no JSON
 * stays as it is. Where the source breaks off, what came before is answered.
 */
export async function readStreamedJson(source: ByteSource, options: ReadOptions): Promise<Buffer> {
	return await new JsonReader(source, options).read();
}

/** What a picture was met by: the name of its field, or its beginning, in which so many bytes come before its base64. */
type Met = 'name' | { headBytes: number };

class JsonReader {
	private readonly kept: KeptBytes;
	private isInString = false;
	/** Where the last string is in what is kept. */
	private start = 0;
	private end = 0;
	/** The last sign behind that string that isn't white space. */
	private sign: number | undefined;
	/** Whether no base64 stands before what comes next in a string. */
	private isApart = true;
	private picturesLeft: number;

	constructor(
		private readonly source: ByteSource,
		private readonly options: ReadOptions,
	) {
		this.kept = new KeptBytes(options.maxBytes);
		this.picturesLeft = options.maxPictures;
	}

	async read(): Promise<Buffer> {
		const { source } = this;
		for (;;) {
			if (source.isShortOf(LOOKAHEAD)) await source.reach(LOOKAHEAD);
			if (source.position >= source.window.length) return this.kept.bytes();
			const met = this.upToPicture();
			if (met === 'name') await this.namedPicture();
			else if (met) await this.writtenPicture(met.headBytes);
		}
	}

	/** Keeps what has arrived, up to a picture or as far as can be told by now. */
	private upToPicture(): Met | undefined {
		const { window, hasEnded } = this.source;
		const limit = hasEnded ? window.length : window.length - LOOKAHEAD + 1;
		while (this.source.position < limit) {
			const met = this.isInString ? this.inString(limit) : this.outsideOfString(limit);
			if (met) return met;
		}
		return undefined;
	}

	/** Up to the next string, its quote too. */
	private outsideOfString(limit: number): Met | undefined {
		const { window, position } = this.source;
		let at = position;
		for (; at < limit && window[at] !== QUOTE; at++) {
			if (!WHITE_SPACE.has(window[at])) this.sign = window[at];
		}
		if (at === limit) {
			this.keepUpTo(at);
			return undefined;
		}
		this.keepUpTo(at + 1);
		const isNamed = this.sign === COLON && this.options.fields.has(this.lastString());
		this.isInString = true;
		this.isApart = true;
		this.start = this.kept.length;
		return isNamed && this.picturesLeft > 0 ? 'name' : undefined;
	}

	/** Up to the string's end, or to a picture. */
	private inString(limit: number): Met | undefined {
		const { window, position } = this.source;
		let at = position;
		while (at < limit) {
			const sign = window[at]!;
			if (this.isStringsEnd(sign)) {
				this.keepUpTo(at);
				this.endString();
				return undefined;
			}
			const headBytes = this.pictureAt(at);
			if (headBytes !== undefined) {
				this.keepUpTo(at);
				return { headBytes };
			}
			if (sign === BACKSLASH) {
				const { code, length } = characterAt(window, at);
				this.isApart = !isBase64(code);
				at += length;
			} else {
				this.isApart = !isBase64(sign);
				at += 1;
			}
		}
		this.keepUpTo(at);
		return undefined;
	}

	private pictureAt(at: number): number | undefined {
		const { window } = this.source;
		const mayBegin = mayBeginPicture(window[at]!) && this.picturesLeft > 0;
		return mayBegin ? pictureAt(window, at, this.isApart) : undefined;
	}

	private isStringsEnd(sign: number | undefined): boolean {
		return sign === QUOTE || (sign === LINE_FEED && this.options.isInLines === true);
	}

	/** At a string's end: its quote, or where its line ends. */
	private endString(): void {
		const { window, position } = this.source;
		this.end = this.kept.length;
		if (window[position] === QUOTE) this.keepUpTo(position + 1);
		this.sign = undefined;
		this.isInString = false;
	}

	/** The last string, where it may be a field's name. */
	private lastString(): string {
		const length = this.end - this.start;
		return length <= LONGEST_NAME ? this.kept.bytes(this.start, this.end).toString() : '';
	}

	private async writtenPicture(headBytes: number): Promise<void> {
		const { source, kept } = this;
		const head = Buffer.from(source.window.subarray(source.position, source.position + headBytes));
		source.position += headBytes;
		const { place, written } = await this.take(false);
		if (place === undefined) {
			kept.append(head);
			kept.append(written);
			return;
		}
		if (this.isBlankSoFar()) kept.cutTo(this.start);
		kept.append(Buffer.from(place));
		if (source.isShortOf(LOOKAHEAD)) await source.reach(LOOKAHEAD);
		const { window, position } = source;
		const next = behindBlank(window, position);
		if (window[next] === QUOTE) source.position = next;
		// A reference must not grow together with a word.
		else if (isBase64(window[position])) kept.append(Buffer.from(' '));
		this.isApart = true;
	}

	private isBlankSoFar(): boolean {
		const length = this.kept.length - this.start;
		return length <= LONGEST_BLANK && BLANK.test(this.kept.bytes(this.start).toString());
	}

	private async namedPicture(): Promise<void> {
		await this.skipHeads();
		const { source } = this;
		const isEmpty = this.isStringsEnd(source.window[source.position]);
		if (isEmpty || source.position >= source.window.length) return;
		const { place = '' } = await this.take(true);
		this.kept.append(Buffer.from(place));
	}

	private async skipHeads(): Promise<void> {
		const { source } = this;
		for (let heads = 0; ; ) {
			if (source.isShortOf(LOOKAHEAD)) await source.reach(LOOKAHEAD);
			const { window, position } = source;
			source.position = behindBlank(window, position);
			const headBytes = heads < MAX_HEADS ? headAt(window, source.position) : 0;
			source.position += headBytes;
			if (headBytes > 0) heads += 1;
			if (source.position === position) return;
		}
	}

	/** Hands on the picture whose base64 begins here. */
	private async take(isNamed: boolean): Promise<{ place: string | undefined; written: Buffer }> {
		const { isInLines = false, isInPieces = false, maxBytes, takeImage } = this.options;
		const canStay = isInPieces && !isNamed;
		this.picturesLeft -= 1;
		const base64 = new StreamedBase64(this.source, {
			isWholeString: isNamed,
			isInLines,
			maxHeldBytes: canStay ? maxBytes : 0,
		});
		const { bytes } = base64;
		const place = await takeImage({
			// Whoever gives up on it must not close it.
			bytes: { next: async () => await bytes.next() },
			isNamed,
			canStay,
			mayGoOn: () => base64.mayGoOn,
		});
		// Whatever was left unread, as when it is no picture, still stands before the rest.
		while (!(await bytes.next()).done);
		const written = base64.written?.bytes();
		if (base64.isEndless || (place === undefined && !written)) throw tooLargeAnswer(maxBytes);
		return { place, written: written ?? Buffer.alloc(0) };
	}

	private keepUpTo(end: number): void {
		const { window, position } = this.source;
		this.kept.append(window, position, end);
		this.source.position = Math.min(end, window.length);
	}
}
