// Reading answers, for every provider alike: JSON or not, its Retry-After, its request id, its first characters.
import type { ZodType, ZodTypeDef } from 'zod';

import type { HttpAnswer } from '../contract';
import { ImageFailure } from '../failure';
import { beginningOf } from './texts';

const EXCERPT_CHARACTERS = 500;
/** As much of a body as an excerpt is taken from. */
const LOOKED_AT_CHARACTERS = 4 * EXCERPT_CHARACTERS;
const LOOKED_AT_LEVELS = 20;
const LONGEST_REQUEST_ID = 200;
/** An HTTP date begins with its weekday. Date.parse alone would find a date in almost any text with a number. */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;
const REQUEST_ID_HEADERS = ['x-request-id', 'x-oneapi-request-id', 'x-fal-request-id'];

/** The first 500 characters of a body, as one line of text. */
export function excerptOf(body: unknown): string {
	// Cut first: an answer may be many megabytes long, or deeper than JSON can be written.
	const text = Buffer.isBuffer(body)
		? body.toString('utf8', 0, LOOKED_AT_CHARACTERS)
		: typeof body === 'string'
			? body
			: (JSON.stringify(partOf(body)) ?? '');
	const line = beginningOf(text, LOOKED_AT_CHARACTERS).replace(/\s+/g, ' ').trim();
	return beginningOf(line, EXCERPT_CHARACTERS);
}

/** As much of a value as an excerpt can show. */
function partOf(value: unknown, left = { characters: LOOKED_AT_CHARACTERS }, level = 0): unknown {
	left.characters -= 1;
	if (typeof value === 'string') {
		const text = value.slice(0, Math.max(0, left.characters));
		left.characters -= text.length;
		return text;
	}
	if (typeof value !== 'object' || value === null) return value;
	if (level > LOOKED_AT_LEVELS) return '…';
	if (Array.isArray(value)) {
		const kept: unknown[] = [];
		for (const each of value) {
			if (left.characters <= 0) break;
			kept.push(partOf(each, left, level + 1));
		}
		return kept;
	}
	const kept: Array<[string, unknown]> = [];
	for (const name in value) {
		if (left.characters <= 0) break;
		left.characters -= name.length;
		kept.push([name, partOf((value as Record<string, unknown>)[name], left, level + 1)]);
	}
	return Object.fromEntries(kept);
}

export function requestIdOf(answer: HttpAnswer): string | undefined {
	const id = REQUEST_ID_HEADERS.map((name) => answer.headers[name]).find(Boolean);
	return id?.slice(0, LONGEST_REQUEST_ID);
}

/**
 * How long the provider asks us to wait, in seconds: `retry-after-ms` first, as it is the finer one,
 * then `Retry-After` as seconds or as an HTTP date (RFC 9110, 10.2.3).
 */
export function retryAfterOf(answer: HttpAnswer): number | undefined {
	const milliseconds = Number(answer.headers['retry-after-ms'] || Number.NaN);
	if (milliseconds >= 0) return milliseconds / 1000;
	const value = answer.headers['retry-after']?.trim() ?? '';
	if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
	if (!HTTP_DATE.test(value)) return undefined;
	// The oldest of its three forms names no time zone and means GMT too.
	const date = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
	if (Number.isNaN(date)) return undefined;
	return Math.max(0, (date - answer.receivedAt.getTime()) / 1000);
}

/** The provider's own word on whether to try again, as OpenAI's official client reads it. */
export function shouldRetryOf(answer: HttpAnswer): boolean | undefined {
	const value = answer.headers['x-should-retry'];
	return value === 'true' ? true : value === 'false' ? false : undefined;
}

/** Whether the body is a web page, as proxies and gateways send in place of JSON. */
export function isWebPage(body: unknown): boolean {
	if (typeof body !== 'string') return false;
	return /^\s*(<!doctype html|<html|<head|<body)/i.test(body.slice(0, LOOKED_AT_CHARACTERS));
}

/** How a provider names what is wrong with an answer. */
export type FailureReader = (answer: HttpAnswer) => ImageFailure;

/**
 * Parses an answer with a schema. Past this border the types can be trusted. Throws what the provider reads in an answer
 * that hasn't what was asked for.
 */
export function parseAnswer<Output>(
	schema: ZodType<Output, ZodTypeDef, unknown>,
	answer: HttpAnswer,
	readFailure: FailureReader,
): Output {
	const result = schema.safeParse(answer.body);
	if (result.success) return result.data;
	throw readFailure(answer);
}

/** The failure for an answer that is not what the protocol promises: with its status, its request id and its first characters. */
export function unreadable(answer: HttpAnswer, provider: string): ImageFailure {
	const what = isWebPage(answer.body)
		? 'a web page instead of data'
		: typeof answer.body === 'string'
			? "text that isn't complete JSON"
			: 'data in an unexpected form';
	return new ImageFailure({
		kind: 'unreadableAnswer',
		message: `${provider} answered with ${what} (HTTP ${answer.status}).`,
		advice:
			'Check the Base URL in the credential. If it is right, the service may have a problem: try again in a few minutes.',
		status: answer.status,
		requestId: requestIdOf(answer),
		excerpt: excerptOf(answer.body),
	});
}
