// Reads the error that an answer tells, in every form in which OpenAI, compatible servers, gateways and frameworks write
// one: error, errors, FastAPI's detail, RFC 9457's title and detail, message and msg. Whatever is no text is passed over.
import { parseJson } from './json';
import { listOf, objectOf, textOf, wordOf, type JsonObject } from './loose';

/** An error as an answer told it. */
export interface ToldError {
	message?: string;
	code?: string;
	type?: string;
	/** The setting that the error is about. */
	param?: string;
	/** What the provider itself says to do about it. */
	suggestion?: string;
	/** The HTTP status that the body names, whatever that of the answer is. */
	status?: number;
	/** The error as it stands there, for what only one provider tells. */
	details?: JsonObject;
}

/** Of a list of what is wrong, as many are told. */
const MAX_PROBLEMS = 5;
const MAX_LEVELS = 3;
/** Where an object has its words: the first that is there counts. */
const WORDS = ['message', 'msg', 'detail', 'description', 'error', 'title', 'reason'];
/** Where in a request FastAPI looked: no part of a setting's name. */
const PLACES = new Set(['body', 'query', 'path', 'header']);
const A_NUMBER = /^-?\d+$/;
/** By these a body says that all is well. */
const GOOD = /^(0|2\d\d|success|succeeded|ok)$/i;

/** What an error is called: its code, or its type where the code is a number or missing. */
export function nameOfError({
	code,
	type,
}: {
	code?: string | null;
	type?: string | null;
}): string | undefined {
	return (code && !A_NUMBER.test(code) ? code : type || code) || undefined;
}

/** Undefined where the body tells of no error. */
export function toldErrorIn(body: unknown): ToldError | undefined {
	// Google's servers put it into a list.
	const fields = objectOf(body) ?? objectOf(listOf(body)?.[0]);
	if (!fields) return undefined;
	const status = statusIn(fields);
	const told = errorOf(fields.error) ?? errorOf(fields.errors) ?? problemIn(fields);
	const words = isGood(fields) ? undefined : wordsIn(fields);
	if (!told) return words && { ...words, ...(status && { status }) };
	// Frameworks have "Bad Request" as error, and beside it what is wrong.
	const isBeside = typeof fields.error === 'string' && words !== undefined;
	return {
		...told,
		code: told.code ?? codeIn(fields),
		...(isBeside && { message: joined(told.message, words.message) }),
		status: told.status ?? status,
	};
}

/** An error that is told without a word of it. Undefined where the body tells of none, or says that all went well. */
export function silentErrorIn(body: unknown): ToldError | undefined {
	const fields = objectOf(body) ?? {};
	const { success, error, errors } = fields;
	const isMarked = success !== true && (marksError(error) || marksError(errors));
	return success === false || isMarked
		? { code: codeIn(fields), status: statusIn(fields) }
		: undefined;
}

function marksError(value: unknown): boolean {
	const list = listOf(value);
	return value === true || (list ? list.length > 0 : objectOf(value) !== undefined);
}

/** The error under a name of its own: a text, an object, or a list of what is wrong. */
export function errorOf(value: unknown, level = 0): ToldError | undefined {
	if (level > MAX_LEVELS) return undefined;
	const text = textOf(value);
	if (text !== undefined) return written(text, level) ?? { message: text };
	if (Array.isArray(value)) return listed(value.slice(0, MAX_PROBLEMS).map(problemOf));
	const object = objectOf(value);
	if (!object) return undefined;
	const inner = WORDS.map((name) => errorOf(object[name], level + 1)).find((each) => each?.message);
	const fields = byField(object);
	const message = inner?.message ?? fields;
	const code = codeIn(object) ?? inner?.code;
	const type = textOf(object.type) ?? inner?.type;
	if (message === undefined && code === undefined && type === undefined) return undefined;
	return {
		message,
		code,
		type,
		param: wordOf(object.param) ?? inner?.param,
		suggestion: textOf(object.suggestion) ?? textOf(object.fallback_suggestion),
		status: statusIn(object) ?? inner?.status,
		details: object,
	};
}

/** An error of another server, passed on as the text of its JSON. */
function written(text: string, level: number): ToldError | undefined {
	const value = text.startsWith('{') ? objectOf(parseJson(text)) : undefined;
	return value && (errorOf(value.error, level + 1) ?? errorOf(value, level + 1));
}

/** RFC 9457's problem details, or FastAPI's detail. */
function problemIn({ title, detail }: JsonObject): ToldError | undefined {
	const told = errorOf(detail);
	const heading = textOf(title);
	if (heading === undefined) return told;
	return { ...told, message: joined(heading, told?.message) };
}

/** The words that stand in the body itself. */
function wordsIn(fields: JsonObject): ToldError | undefined {
	const told = errorOf(fields.message) ?? errorOf(fields.msg) ?? errorOf(fields.error_description);
	if (!told || GOOD.test(told.message ?? '')) return undefined;
	return { ...told, code: told.code ?? codeIn(fields) };
}

function isGood({ success, code }: JsonObject): boolean {
	return success === true || GOOD.test(wordOf(code) ?? '');
}

/** One thing that is wrong, as text or as FastAPI and others tell it: where, and what. */
function problemOf(value: unknown): string | undefined {
	const object = objectOf(value);
	const what = textOf(value) ?? errorOf(object)?.message;
	if (what === undefined) return undefined;
	const where = listOf(object?.loc)
		?.flatMap((each) => wordOf(each) ?? [])
		.filter((each) => !PLACES.has(each))
		.join('.');
	return where ? `${where}: ${what}` : what;
}

/** As ASP.NET lists them: {"n": ["must be less than 11"]}. */
function byField(object: JsonObject): string | undefined {
	const problems: string[] = [];
	for (const name in object) {
		const problem = textOf(listOf(object[name])?.[0]);
		if (problem === undefined || problems.length === MAX_PROBLEMS) break;
		problems.push(`${name}: ${problem}`);
	}
	return listed(problems)?.message;
}

function listed(problems: Array<string | undefined>): ToldError | undefined {
	const message = problems.filter((each) => each !== undefined).join('; ');
	return message === '' ? undefined : { message };
}

function joined(first: string | undefined, second: string | undefined): string | undefined {
	if (first === undefined || second === undefined || second.includes(first)) return second ?? first;
	return `${first.replace(/[.:]$/, '')}: ${second}`;
}

function codeIn({ code }: JsonObject): string | undefined {
	const word = wordOf(code);
	return word === undefined || GOOD.test(word) ? undefined : word;
}

function statusIn(object: JsonObject): number | undefined {
	const { status, status_code: statusCode, statusCode: camel, code } = object;
	return [status, statusCode, camel, code]
		.map((each) => Number(wordOf(each) ?? Number.NaN))
		.find((each) => each >= 400 && each < 600);
}
