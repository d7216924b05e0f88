// One picture's base64, decoded as it streams in as a part of a JSON string, whatever the chunks' lengths.
import { MEGABYTE } from '../../providers/limits/megabytes';
import type { ByteSource } from './byteSource';
import { KeptBytes } from './keptBytes';
import {
	behindBreak,
	characterAt,
	endOfOthers,
	endOfPlain,
	EQUALS,
	isBase64,
	LINE_FEED,
	LOOKAHEAD,
	QUOTE,
} from './writtenBase64';

/** Characters that are handed on at once. */
const PIECE = 64 * 1024;
/** Characters that are made a text at once to be decoded: a longer one isn't thrown away as easily. */
const TEXT = 32 * 1024;
/** Base64 has four characters for three bytes, and two signs at most that fill up its end. */
const GROUP = 4;
const GROUP_BYTES = 3;
const MAX_FILLING = 2;
const FILLING = '=';
/** The largest picture that is taken has 200 MB. What is far longer is none. */
const MAX_WRITTEN_BYTES = 300 * MEGABYTE;

export interface Base64Options {
	/** The whole string is base64, whatever else stands in it; else the first character of another kind ends it. */
	isWholeString: boolean;
	/** Whether a string ends where its line ends. */
	isInLines: boolean;
	/** At most so many of the bytes are kept as they are written. */
	maxHeldBytes: number;
}

export class StreamedBase64 {
	/** The decoded bytes, to be read to their end. */
	readonly bytes: AsyncGenerator<Buffer>;
	/** The bytes as they are written; undefined when they are too many to be kept. */
	written: KeptBytes | undefined;
	private writtenBytes = 0;
	private isFilled = false;
	/** Until something else was met in it: then it is looked at character by character, to its end. */
	private isPlain = true;

	constructor(
		private readonly source: ByteSource,
		private readonly options: Base64Options,
	) {
		this.written = new KeptBytes(options.maxHeldBytes);
		this.bytes = this.decoded();
	}

	/** True when it is longer than any picture. It isn't read any further. */
	get isEndless(): boolean {
		return this.writtenBytes > MAX_WRITTEN_BYTES;
	}

	/** Whether the string ends with it, and nothing shows that this was all of it. */
	get mayGoOn(): boolean {
		return !this.isFilled && this.isAtStringsEnd();
	}

	private async *decoded(): AsyncGenerator<Buffer> {
		let pending = '';
		for (;;) {
			if (this.source.isShortOf(LOOKAHEAD)) await this.source.reach(LOOKAHEAD);
			const groups = pending === '' ? this.groups() : undefined;
			if (groups) {
				yield groups;
				continue;
			}
			const more = this.next();
			const isGroupsEnd = more === undefined || more === FILLING;
			if (!isGroupsEnd) pending += more;
			if (isGroupsEnd || pending.length >= PIECE) {
				const end = isGroupsEnd ? pending.length : pending.length - (pending.length % GROUP);
				if (end > 0) yield Buffer.from(pending.slice(0, end), 'base64');
				pending = pending.slice(end);
			}
			if (more === undefined) return;
		}
	}

	/** What is written here, decoded as far as it has whole groups of nothing but base64; undefined where it has none. */
	private groups(): Buffer | undefined {
		if (!this.isPlain || this.isFilled || this.isEndless) return undefined;
		const { window, position } = this.source;
		const quote = window.indexOf(QUOTE, position);
		const length = Math.min((quote === -1 ? window.length : quote) - position, PIECE);
		const whole = length - (length % GROUP);
		if (whole === 0) return undefined;
		const bytes = this.source.memoryFor((whole / GROUP) * GROUP_BYTES);
		for (let at = 0, decoded = 0; at < whole; at += TEXT) {
			const text = window.toString('latin1', position + at, position + Math.min(at + TEXT, whole));
			const written = bytes.write(text, decoded, 'base64');
			// Whatever isn't base64 is left out.
			this.isPlain = written === (text.length / GROUP) * GROUP_BYTES;
			if (!this.isPlain) return undefined;
			decoded += written;
		}
		this.use(whole);
		return bytes;
	}

	/** The next characters, or none where something else stands between them; undefined at the end. */
	private next(): string | undefined {
		const { isWholeString } = this.options;
		const { window, position } = this.source;
		if (this.isEndless || (this.isFilled && !isWholeString)) return undefined;
		const end = endOfPlain(window, position, position + PIECE);
		if (end > position) return this.use(end - position).toString('latin1');
		if (this.isAtStringsEnd()) return undefined;
		const { code, length } = characterAt(window, position);
		if (code === EQUALS) return this.useFilling();
		if (isBase64(code)) {
			this.use(length);
			return String.fromCharCode(code);
		}
		if (isWholeString) {
			this.use(Math.max(length, endOfOthers(window, position) - position));
			return '';
		}
		const next = behindBreak(window, position);
		if (next === undefined) return undefined;
		this.use(next - position);
		return '';
	}

	private useFilling(): string {
		this.isFilled = true;
		for (let used = 0; used < MAX_FILLING; used++) {
			const { window, position } = this.source;
			if (position >= window.length) break;
			const { code, length } = characterAt(window, position);
			if (code !== EQUALS) break;
			this.use(length);
		}
		return FILLING;
	}

	private isAtStringsEnd(): boolean {
		const { window, position } = this.source;
		if (position >= window.length || window[position] === QUOTE) return true;
		return this.options.isInLines && window[position] === LINE_FEED;
	}

	private use(length: number): Buffer {
		const { window, position } = this.source;
		const used = window.subarray(position, position + length);
		this.source.position += used.length;
		this.writtenBytes += used.length;
		const isHeld = this.writtenBytes <= this.options.maxHeldBytes;
		if (isHeld) this.written?.append(used);
		else this.written = undefined;
		return used;
	}
}
