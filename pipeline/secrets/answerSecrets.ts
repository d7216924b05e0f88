// Takes secrets out of an answer before it is read. Whatever is read may be cut, for a message or a log, and of half a key
// nobody knows any more that it is one.
import type { HttpAnswer } from '../../providers/contract';
import { isPlain } from './redactor';

/** A cut text is the beginning of one. What lies behind stays whole, and is found when it leaves the node. */
const LOOKED_AT_CHARACTERS = 65_536;
/** A text without a space is a picture, of which less is ever shown. */
const LOOKED_AT_OF_A_PICTURE = 16_384;
const LONGEST_WORD = 2048;
/** A stream tells of its errors at its beginning or its end; between them it may have megabytes of pictures. */
const LONGEST_STREAM = 1_048_576;
/** No level of an answer below is read. */
const MAX_LEVELS = 500;

type Hide = (text: string) => string;

/** A text that is nothing else. */
const ADDRESS = /^https?:\/\/\S+$/i;

/** The answer without what `hide` finds in its body and its headers; the same object where it finds nothing. */
export function answerWithoutSecrets(answer: HttpAnswer, hide: Hide): HttpAnswer {
	const body = Buffer.isBuffer(answer.body)
		? streamWithout(answer.body, hide)
		: valueWithout(answer.body, hide);
	const headers = valueWithout(answer.headers, hide) as HttpAnswer['headers'];
	return body === answer.body && headers === answer.headers ? answer : { ...answer, headers, body };
}

/**
 * The same of an answer that is still worked with. Its addresses stay: a picture that was paid for is fetched from there,
 * also where a server writes the key into them. They are searched when they leave the node.
 */
export function answerToWorkWith(answer: HttpAnswer, hide: Hide): HttpAnswer {
	return answerWithoutSecrets(answer, (text) => (ADDRESS.test(text) ? text : hide(text)));
}

/** Only what has a secret in it is copied. */
function valueWithout(value: unknown, hide: Hide, level = 0): unknown {
	if (typeof value === 'string') return textWithout(value, hide);
	if (level > MAX_LEVELS) return value;
	if (Array.isArray(value)) {
		const each = value.map((entry) => valueWithout(entry, hide, level + 1));
		return each.some((entry, index) => entry !== value[index]) ? each : value;
	}
	if (!isPlain(value)) return value;
	let isChanged = false;
	const entries: Array<[string, unknown]> = [];
	for (const name of Object.keys(value)) {
		const shownName = hide(name);
		const shown = valueWithout(value[name], hide, level + 1);
		isChanged ||= shownName !== name || shown !== value[name];
		entries.push([shownName, shown]);
	}
	return isChanged ? Object.fromEntries(entries) : value;
}

function textWithout(text: string, hide: Hide): string {
	if (text.length <= LONGEST_WORD) return hide(text);
	const isPicture = !/\s/.test(text.slice(0, LONGEST_WORD));
	const length = isPicture ? LOOKED_AT_OF_A_PICTURE : LOOKED_AT_CHARACTERS;
	if (text.length <= length) return hide(text);
	const beginning = text.slice(0, length);
	const shown = hide(beginning);
	return shown === beginning ? text : shown + text.slice(length);
}

function streamWithout(bytes: Buffer, hide: Hide): Buffer {
	const parts = bytes.length <= LONGEST_STREAM ? [bytes] : inThree(bytes);
	const shown = parts.map((part) =>
		part.length <= LONGEST_STREAM ? bytesWithout(part, hide) : part,
	);
	return shown.every((part, index) => part === parts[index]) ? bytes : Buffer.concat(shown);
}

/** Its beginning, what lies between, and its end. Cut at line breaks, so that no key and no character is cut in two. */
function inThree(bytes: Buffer): Buffer[] {
	const from = bytes.lastIndexOf('\n', LOOKED_AT_CHARACTERS) + 1;
	const next = bytes.indexOf('\n', bytes.length - LOOKED_AT_CHARACTERS) + 1;
	const to = next === 0 ? bytes.length : next;
	return [bytes.subarray(0, from), bytes.subarray(from, to), bytes.subarray(to)];
}

function bytesWithout(bytes: Buffer, hide: Hide): Buffer {
	const text = bytes.toString();
	const shown = hide(text);
	return shown === text ? bytes : Buffer.from(shown);
}
