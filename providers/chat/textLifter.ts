// Takes pictures that are written out as base64 out of a text, as it comes piece by piece, and decodes them at once:
// they may have many megabytes, which are neither held as text nor given to a regular expression as a whole.
import type { Pictures } from './pictures';

export interface LiftedText {
	/** The text with references in the places of its pictures. */
	text: string;
	/** The reference of the picture that the text ends with; empty where something else stands there. */
	lastPicture: string;
}

/** What stands before base64, and how the base64 itself of PNG, JPEG, GIF, WebP, AVIF, HEIC and SVG begins. */
const START =
	/((?:data:(?:image\/[a-z0-9.+-]{1,40}|application\/octet-stream)(?:;[a-z0-9=._-]{1,40}){0,3};base64,\s{0,9}){1,3}|base64:\/\/)|(?:iVBORw0KGgo|\/9j\/|R0lGOD|UklGR|AAAA[\w+/]{2}Z0eXB|PHN2Zy|PD94bWw)(?=[\w+/-]{40})/gi;
const BARE = /iVBORw0KGgo|\/9j\/|R0lGOD|UklGR|AAAA[\w+/]{2}Z0eXB|PHN2Zy|PD94bWw/y;
const NOT_BASE64 = /[^\w+/-]/g;
/** Base64 goes on after a line break, words do not. */
const NEXT_LINE =
	/(?:[ \t]{0,9}(?:\r\n?|\n)[ \t]{0,9}|\\r\\n|\\n)(?!iVBORw0KGgo|\/9j\/|R0lGOD|UklGR)(?=[\w+/-]{20}|[\w+/-]{1,19}(?:=|[)"'>`]|\\["nr]))/y;
/** Where there were several lines already, a short one is the last. */
const LAST_LINE = /[ \t]{0,9}(?:\r\n?|\n)[ \t]{0,9}(?=[\w+/-]{1,19}(?:\s|$))/y;
/** Fewer characters aren't a picture but somebody who writes about data URIs. */
const FEWEST_CHARACTERS = 16;
/** Nothing that must be seen as a whole is longer. */
const HELD_BACK = 1024;
/** Short pieces are looked at together, and decoded together. */
const BATCH = 16_384;
const DECODED_AT_ONCE = 8192;

/** A picture that is being read. */
interface Draft {
	/** What stood before its base64. */
	head: string;
	/** Its first characters. */
	beginning: string;
	/** The last ones, which aren't decoded yet. */
	rest: string;
	bytes: Buffer[];
	lines: number;
}

export class TextLifter {
	private readonly kept: string[] = [];
	private pending = '';
	/** How far `pending` has been read. */
	private at = 0;
	/** The character before `pending`. */
	private before = '';
	private draft: Draft | undefined;
	private lastPicture = '';

	constructor(private readonly pictures: Pictures) {}

	write(piece: string): void {
		this.pending += piece;
		if (this.pending.length >= BATCH) this.read(false);
	}

	end(): LiftedText {
		this.read(true);
		if (this.draft) this.finish(this.draft);
		const text = this.kept.join('');
		return { text, lastPicture: text.endsWith(this.lastPicture) ? this.lastPicture : '' };
	}

	private read(isEnd: boolean): void {
		while (this.draft ? this.readPicture(this.draft, isEnd) : this.readText(isEnd));
		this.before = this.pending[this.at - 1] ?? this.before;
		this.pending = this.pending.slice(this.at);
		this.at = 0;
	}

	/** Whether there is more to read. */
	private readText(isEnd: boolean): boolean {
		const { pending } = this;
		const readable = isEnd ? pending.length : pending.length - HELD_BACK;
		const start = this.nextStart();
		const isReadable = start !== undefined && (isEnd || start.index <= readable);
		const end = isReadable ? start.index : Math.max(this.at, readable);
		this.kept.push(pending.slice(this.at, end));
		this.at = end;
		if (!isReadable) return false;
		const [, head = ''] = start;
		this.at += head.length;
		this.draft = { head, beginning: '', rest: '', bytes: [], lines: 1 };
		return true;
	}

	/** Where a picture begins: behind its head, or bare behind anything but base64. */
	private nextStart(): RegExpExecArray | undefined {
		const { pending } = this;
		START.lastIndex = this.at;
		for (let match = START.exec(pending); match; match = START.exec(pending)) {
			if (match[1] !== undefined) return match;
			BARE.lastIndex = match.index;
			const isBare = !/[\w+/=-]/.test(pending[match.index - 1] ?? this.before);
			if (isBare && BARE.test(pending)) return match;
		}
		return undefined;
	}

	private readPicture(draft: Draft, isEnd: boolean): boolean {
		const { pending } = this;
		NOT_BASE64.lastIndex = this.at;
		const end = NOT_BASE64.exec(pending)?.index ?? pending.length;
		decode(draft, pending.slice(this.at, end));
		this.at = end;
		if (end === pending.length || (!isEnd && pending.length - end < HELD_BACK)) return false;
		// As JSON within a text may write a slash.
		if (pending.startsWith('\\/', end)) {
			decode(draft, '/');
			this.at += 2;
			return true;
		}
		NEXT_LINE.lastIndex = end;
		LAST_LINE.lastIndex = end;
		if (NEXT_LINE.test(pending)) this.at = NEXT_LINE.lastIndex;
		else if (draft.lines > 2 && LAST_LINE.test(pending)) this.at = LAST_LINE.lastIndex;
		if (this.at > end) {
			draft.lines += 1;
			return true;
		}
		if (this.finish(draft)) {
			for (let fill = 0; fill < 2 && pending[this.at] === '='; fill++) this.at += 1;
			if (/[\w-]/.test(pending[this.at] ?? '')) this.kept.push(' ');
		}
		return true;
	}

	/** Leaves the picture's reference in the text, or what was no picture as it stood. Answers whether it was one. */
	private finish(draft: Draft): boolean {
		this.draft = undefined;
		if (draft.beginning.length < FEWEST_CHARACTERS) {
			this.kept.push(draft.head, draft.beginning);
			return false;
		}
		draft.bytes.push(Buffer.from(draft.rest, 'base64'));
		this.lastPicture = this.pictures.keep(Buffer.concat(draft.bytes));
		this.kept.push(this.lastPicture);
		return true;
	}
}

/** A text that is there as a whole, without its pictures. */
export function liftPictures(text: string, pictures: Pictures): LiftedText {
	const lifter = new TextLifter(pictures);
	lifter.write(text);
	return lifter.end();
}

/** Four characters make three bytes. */
function decode(draft: Draft, characters: string): void {
	if (draft.beginning.length < FEWEST_CHARACTERS) {
		draft.beginning = (draft.beginning + characters.slice(0, FEWEST_CHARACTERS)).slice(
			0,
			FEWEST_CHARACTERS,
		);
	}
	const base64 = draft.rest === '' ? characters : draft.rest + characters;
	if (base64.length < DECODED_AT_ONCE) {
		draft.rest = base64;
		return;
	}
	const whole = base64.length - (base64.length % 4);
	draft.bytes.push(Buffer.from(base64.slice(0, whole), 'base64'));
	draft.rest = base64.slice(whole);
}
