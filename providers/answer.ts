// Reading answers, for every provider alike: JSON or not, its Retry-After, its request id, its first characters.
import type { ZodType, ZodTypeDef } from 'zod';

import type { HttpAnswer } from './contract';
import { ImageFailure } from './failure';

const EXCERPT_CHARACTERS = 500;
/** An HTTP date begins with its weekday. Date.parse alone would find a date in almost any text with a number. */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;
const REQUEST_ID_HEADERS = ['x-request-id', 'x-oneapi-request-id'];

/** The first 500 characters of a body, as one line of text. */
export function excerptOf(body: unknown): string {
	const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
	// Cut first: an answer may be many megabytes long.
	return text
		.slice(0, 4 * EXCERPT_CHARACTERS)
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, EXCERPT_CHARACTERS);
}

export function requestIdOf(answer: HttpAnswer): string | undefined {
	return REQUEST_ID_HEADERS.map((name) => answer.headers[name]).find(Boolean);
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
	return typeof body === 'string' && /^\s*(<!doctype html|<html|<head|<body)/i.test(body);
}

/**
 * Parses an answer with a schema. Past this border the types can be trusted.
 * Throws an `unreadableAnswer` failure that carries the status, the request id and the first 500 characters.
 */
export function parseAnswer<Output>(
	schema: ZodType<Output, ZodTypeDef, unknown>,
	answer: HttpAnswer,
	provider: string,
): Output {
	const result = schema.safeParse(answer.body);
	if (result.success) return result.data;
	throw unreadable(answer, provider);
}

/** The failure for an answer that is not what the protocol promises. */
export function unreadable(answer: HttpAnswer, provider: string): ImageFailure {
	const what = isWebPage(answer.body)
		? 'a web page'
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
