// Reading any provider's answer: how long to wait, which request it was, and what to say when it can't be read.
import fc from 'fast-check';
import { z } from 'zod';

import {
	excerptOf,
	isWebPage,
	parseAnswer,
	requestIdOf,
	retryAfterOf,
	shouldRetryOf,
	unreadable,
} from '../../../../providers/answers/parseAnswer';
import type { HttpAnswer } from '../../../../providers/contract';
import { readFailure } from '../../../../providers/evolink/failures';
import { answerWith, failureOf, RECEIVED_AT } from '../support';

describe('how long the provider asks us to wait, in seconds', () => {
	test.each<[string, Record<string, string>, number | undefined]>([
		['seconds', { 'retry-after': '7' }, 7],
		['no time at all', { 'retry-after': '0' }, 0],
		['parts of a second', { 'retry-after': '1.5' }, 1.5],
		['seconds with spaces around', { 'retry-after': ' 7 ' }, 7],
		['milliseconds', { 'retry-after-ms': '250' }, 0.25],
		['milliseconds before seconds', { 'retry-after-ms': '1250', 'retry-after': '9' }, 1.25],
		[
			'seconds where the milliseconds are garbage',
			{ 'retry-after-ms': 'x', 'retry-after': '9' },
			9,
		],
		[
			'seconds where the milliseconds are negative',
			{ 'retry-after-ms': '-1', 'retry-after': '9' },
			9,
		],
		['a date to come', { 'retry-after': 'Fri, 20 Nov 2026 12:00:30 GMT' }, 30],
		['a date in the old form of RFC 850', { 'retry-after': 'Friday, 20-Nov-26 12:00:30 GMT' }, 30],
		['a date in the old form of C', { 'retry-after': 'Fri Nov 20 12:00:30 2026' }, 30],
		['a date that has passed', { 'retry-after': 'Fri, 20 Nov 2026 11:59:00 GMT' }, 0],
		...['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].map(
			(day, i): [string, Record<string, string>, number] => [
				`a date on a ${day}`,
				{ 'retry-after': `${day}, ${23 + i} Nov 2026 12:00:00 GMT` },
				(3 + i) * 86_400,
			],
		),
		['milliseconds where there are no seconds to go', { 'retry-after-ms': '0' }, 0],
		['seconds where the milliseconds are empty', { 'retry-after-ms': '', 'retry-after': '9' }, 9],
		['a date behind words', { 'retry-after': 'on Fri, 20 Nov 2026 12:00:30 GMT' }, undefined],
		['seconds with a unit', { 'retry-after': '5s' }, undefined],
		['nothing', {}, undefined],
		['an empty header', { 'retry-after': '' }, undefined],
		['garbage', { 'retry-after': 'soon' }, undefined],
		['garbage with a number in it', { 'retry-after': 'soon 1' }, undefined],
		['a negative number', { 'retry-after': '-5' }, undefined],
		['two values in one', { 'retry-after': '5, 5' }, undefined],
		['a weekday and garbage', { 'retry-after': 'Friday, maybe' }, undefined],
	])('%s', (_rule, headers, seconds) => {
		expect(retryAfterOf(answerWith({ headers }))).toBe(seconds);
	});

	it('is never negative and never not a number, whatever the headers hold', () => {
		const header = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String));
		fc.assert(
			fc.property(header, header, (value, milliseconds) => {
				const headers = { 'retry-after': value, 'retry-after-ms': milliseconds };
				const seconds = retryAfterOf(answerWith({ headers }));
				expect(seconds === undefined || seconds >= 0).toBe(true);
			}),
		);
	});

	it('reads every date to come as the time until then', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 86_400 }), (seconds) => {
				const date = new Date(RECEIVED_AT.getTime() + seconds * 1000).toUTCString();
				expect(retryAfterOf(answerWith({ headers: { 'retry-after': date } }))).toBe(seconds);
			}),
		);
	});
});

describe('the id of the request', () => {
	test.each<[string, Record<string, string>, string | undefined]>([
		['x-request-id', { 'x-request-id': 'req-1' }, 'req-1'],
		['x-oneapi-request-id', { 'x-oneapi-request-id': 'one-1' }, 'one-1'],
		['x-request-id before the other', { 'x-oneapi-request-id': 'one', 'x-request-id': 'r' }, 'r'],
		[
			'the other one where the first is empty',
			{ 'x-request-id': '', 'x-oneapi-request-id': 'one' },
			'one',
		],
		['x-fal-request-id', { 'x-fal-request-id': 'fal-1' }, 'fal-1'],
		['its first 200 characters', { 'x-request-id': 'r'.repeat(201) }, 'r'.repeat(200)],
		['none under another name', { 'request-id': 'r' }, undefined],
		['none', {}, undefined],
	])('%s', (_rule, headers, id) => {
		expect(requestIdOf(answerWith({ headers }))).toBe(id);
	});
});

test.each<[string, Record<string, string>, boolean | undefined]>([
	['yes', { 'x-should-retry': 'true' }, true],
	['no', { 'x-should-retry': 'false' }, false],
	['nothing that we understand', { 'x-should-retry': 'perhaps' }, undefined],
	['nothing', {}, undefined],
])('on whether to try again, the provider says %s', (_rule, headers, word) => {
	expect(shouldRetryOf(answerWith({ headers }))).toBe(word);
});

const nested = (levels: number): unknown => (levels === 0 ? 'x' : [nested(levels - 1)]);

describe('the excerpt of a body', () => {
	test.each<[string, unknown, string]>([
		['text as one line', '  bad\n\t gateway  ', 'bad gateway'],
		['data as JSON', { error: 'no' }, '{"error":"no"}'],
		['null', null, 'null'],
		['nothing', undefined, ''],
		['bytes as text', Buffer.from(' bad\n gateway'), 'bad gateway'],
		[
			'lists and objects in it',
			{ a: [1, 'b', null, { c: true }], d: {} },
			'{"a":[1,"b",null,{"c":true}],"d":{}}',
		],
		[
			'what is too deep only as far as anybody reads',
			nested(30),
			`${'['.repeat(21)}"…"${']'.repeat(21)}`,
		],
		['the beginning of a long text in data', { a: 'x'.repeat(5000) }, `{"a":"${'x'.repeat(494)}`],
		['the beginning of a long list', Array(5000).fill(1), `[${'1,'.repeat(249)}`],
		['words without the one that was cut', 'ab cd '.repeat(100), `${'ab cd '.repeat(83)}`],
		['text behind much white space', `${' '.repeat(1000)}gone`, 'gone'],
		['what stands at the beginning of a long text', 'a\n\n'.repeat(5000), 'a '.repeat(250)],
	])('%s', (_rule, body, excerpt) => {
		expect(excerptOf(body)).toBe(excerpt);
	});

	it('has 500 characters at most', () => {
		expect(excerptOf('x'.repeat(2000))).toBe('x'.repeat(500));
	});
});

test.each<[boolean, string, unknown]>([
	[true, 'a document with a doctype', '<!DOCTYPE html><html></html>'],
	[true, 'a page after blank lines', '\n\n<html lang="en">'],
	[true, 'a page without its first tags', '<body>502</body>'],
	[true, 'a page that begins with its head', '<HEAD><title>502</title>'],
	[false, 'words about a page', 'See <html>'],
	[false, 'a page far behind white space', `${' '.repeat(2000)}<html>`],
	[false, 'bytes', Buffer.from('<html>')],
	[false, 'XML', '<?xml version="1.0"?><error/>'],
	[false, 'plain text', 'upstream timed out'],
	[false, 'data', { html: '<html>' }],
	[false, 'nothing', undefined],
])('whether it is a web page is %s for %s', (expected, _rule, body) => {
	expect(isWebPage(body)).toBe(expected);
});

describe('an answer that a schema reads', () => {
	const schema = z.object({ id: z.string() });
	const read = (answer: HttpAnswer) => parseAnswer(schema, answer, readFailure);

	it('is typed data when it fits', () => {
		expect(read(answerWith({ body: { id: 'a' } }))).toEqual({ id: 'a' });
	});

	it('is a named failure when it does not fit', () => {
		const answer = answerWith({
			status: 200,
			headers: { 'x-request-id': 'req-1' },
			body: { id: 5 },
		});
		expect(failureOf(() => read(answer))).toEqual({
			kind: 'unreadableAnswer',
			message: 'EvoLink answered with data in an unexpected form (HTTP 200).',
			advice:
				'Check the Base URL in the credential. If it is right, the service may have a problem: try again in a few minutes.',
			status: 200,
			requestId: 'req-1',
			excerpt: '{"id":5}',
		});
	});

	it('is the error that it tells in place of what was asked for', () => {
		const body = { error: { code: 429, message: 'Slow down.' } };
		expect(failureOf(() => read(answerWith({ body })))).toMatchObject({
			kind: 'rateLimit',
			message: 'EvoLink: Slow down.',
			status: 429,
		});
	});

	test.each([
		['a web page', '<html>Welcome to nginx</html>', 'a web page instead of data'],
		['JSON that was cut off', '{"id":"task-1","sta', "text that isn't complete JSON"],
		['no body', '', "text that isn't complete JSON"],
		['text', 'upstream timed out', "text that isn't complete JSON"],
		['nothing', undefined, 'data in an unexpected form'],
		['a list where an object belongs', [], 'data in an unexpected form'],
	])('names %s as what it is', (_rule, body, named) => {
		expect(unreadable(answerWith({ status: 201, body }), 'EvoLink').message).toBe(
			`EvoLink answered with ${named} (HTTP 201).`,
		);
	});
});
