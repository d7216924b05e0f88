// Faults of what an answer with status 200 holds: a page, nothing, half, another type, another length, too much.
import { gzipSync } from 'node:zlib';

import { text, withJson, type Answer } from '../server/answer';
import { changed, EVERYWHERE, TOLD, type Fault } from './fault';
import { page } from './statuses';

const MEMBER = gzipSync(Buffer.alloc(16 * 1024 * 1024, ' '));
/** A few hundred kilobytes that grow to 320 MB: gzip takes members one after the other. */
const GROWING = Buffer.concat(Array<Buffer>(20).fill(MEMBER));
const DEEP = 20_000;
type Json = Record<string, unknown>;

const instead = (id: string, title: string, make: () => Answer, on = TOLD): Fault =>
	changed({ id, title, on, to: make });
const plain = (id: string, title: string, body: string) =>
	instead(id, title, () => text(body, 'application/json'));

const shapes = (id: string, title: string, change: (body: Json) => unknown): Fault =>
	changed({ id, title, on: TOLD, to: (honest) => withJson(honest, change) });
/** Whatever else is odd, a number would be believed to be the ID. */
const idOf = (body: Json) =>
	Object.fromEntries(Object.entries(body).filter(([name]) => /^(id|request_id)$/.test(name)));
const eachValue = (change: (value: unknown) => unknown) => (body: Json) =>
	Object.fromEntries(Object.entries(body).map(([name, value]) => [name, change(value)]));

/** An error under 200 that says of itself that nothing was done. */
const refusal = (id: string, title: string, body: string): Fault => ({
	id,
	title,
	on: TOLD,
	work: 'undone',
	answer: ({ reply }) => reply.whole(text(body, 'application/json')),
});

export const bodies: Fault[] = [
	refusal(
		'error-400',
		'An error 400 under 200',
		'{"error":{"code":400,"message":"No such size."}}',
	),
	refusal('error-429', 'An error 429 under 200', '{"error":{"code":429,"message":"Slow down."}}'),
	refusal('error-text', 'An error as text under 200', '{"error":"It broke."}'),
	refusal('error-false', 'success: false', '{"success":false,"code":400,"msg":"It broke."}'),
	refusal('error-silent', 'success: false and no word', '{"success":false}'),
	refusal('error-empty', 'An error without a word under 200', '{"error":{}}'),
	plain('error-500', 'An error 500 under 200', '{"error":{"code":500,"message":"It broke."}}'),
	instead('html', 'A web page with 200', () => page(200), EVERYWHERE),
	instead('empty', 'An empty body', () => text('', 'application/json'), EVERYWHERE),
	instead('no-content', 'Status 204', () => ({ ...text('', 'text/plain'), status: 204 })),
	plain('json-null', 'null', 'null'),
	plain('json-object', 'An empty object', '{}'),
	plain('json-list', 'An empty list', '[]'),
	plain('json-text', 'A text', '"all is well"'),
	plain('json-number', 'A number', '42'),
	plain('json-wrong', 'What is no JSON', '{"id": undefined, status: NaN}'),
	plain('json-deep', 'Brackets without end', '['.repeat(DEEP)),
	plain('json-bytes', 'Bytes that are no text', Buffer.from([0xff, 0xfe, 0, 0]).toString('latin1')),
	plain('prose', 'Words in place of JSON', "I'm sorry, but I can't help with that."),
	shapes(
		'all-null',
		'Each value is null',
		eachValue(() => null),
	),
	shapes('all-numbers', 'Each value but the ID is a number', (body) => ({
		...eachValue(() => 7)(body),
		...idOf(body),
	})),
	shapes(
		'all-lists',
		'Each value is in a list',
		eachValue((value) => [value]),
	),
	shapes(
		'all-objects',
		'Each value is an object',
		eachValue((value) => ({ value })),
	),
	shapes('in-list', 'All of it in a list', (body) => [body]),
	shapes('in-data', 'All of it under data', (body) => ({ data: body })),
	shapes('proto', 'Names of objects’ own', (body) => ({ ...body, constructor: 1, toString: null })),
	{
		id: 'half',
		title: 'Half, and a proper end',
		on: EVERYWHERE,
		work: 'done',
		answer: ({ reply, honest }) => {
			reply.head(honest!, 'none');
			reply.write(honest!.body.subarray(0, Math.ceil(honest!.body.length / 2)));
			reply.end();
		},
	},
	{
		id: 'longer-promised',
		title: 'A longer body was promised',
		on: EVERYWHERE,
		work: 'done',
		answer: ({ reply, honest }) => {
			reply.head(honest!, honest!.body.length + 100);
			reply.write(honest!.body);
			reply.end();
		},
	},
	{
		id: 'shorter-promised',
		title: 'A shorter body was promised',
		on: EVERYWHERE,
		work: 'done',
		answer: ({ reply, honest }) => {
			reply.head(honest!, honest!.body.length - 10);
			reply.write(honest!.body);
			reply.end();
		},
	},
	changed({
		id: 'other-type',
		title: 'Under another content type',
		on: EVERYWHERE,
		tells: true,
		to: (honest) => ({ ...honest, headers: { 'content-type': 'audio/mpeg' } }),
	}),
	changed({
		id: 'no-type',
		title: 'Without a content type',
		on: EVERYWHERE,
		tells: true,
		to: (honest) => ({ ...honest, headers: {} }),
	}),
	changed({
		id: 'bom',
		title: 'Behind a byte order mark',
		on: TOLD,
		tells: true,
		to: (honest) => ({ ...honest, body: Buffer.concat([Buffer.from('\ufeff'), honest.body]) }),
	}),
	changed({
		id: 'gzip',
		title: 'Packed with gzip',
		on: EVERYWHERE,
		tells: true,
		to: (honest) => packed(honest, gzipSync(honest.body)),
	}),
	changed({
		id: 'gzip-claimed',
		title: 'Claims gzip, and is plain',
		on: EVERYWHERE,
		to: (honest) => packed(honest, honest.body),
	}),
	changed({
		id: 'gzip-cut',
		title: 'Packed with gzip, and cut',
		on: EVERYWHERE,
		to: (honest) => packed(honest, gzipSync(honest.body).subarray(0, -20)),
	}),
	changed({
		id: 'gzip-grows',
		title: 'Gzip that grows to 320 MB',
		on: EVERYWHERE,
		lasts: true,
		to: (honest) => packed(honest, GROWING),
	}),
	changed({
		id: 'key-in-answer',
		title: 'The answer repeats the key',
		on: TOLD,
		tells: true,
		to: (honest, { key }) => withJson(honest, (body: Json) => ({ ...body, note: `Bearer ${key}` })),
	}),
];

function packed(honest: Answer, body: Buffer): Answer {
	return { ...honest, headers: { ...honest.headers, 'content-encoding': 'gzip' }, body };
}
