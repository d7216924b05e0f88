// Faults that are said by an HTTP status: all that providers, gateways and what stands in front of them send.
import { json, text } from '../server/answer';
import { EVERYWHERE, WORKING, type Fault } from './fault';

const REFUSALS = [
	400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418,
	421, 422, 423, 424, 425, 426, 428, 429, 431, 440, 444, 449, 451, 460, 494, 495, 497, 498, 499,
];
const BREAKDOWNS = [
	500, 501, 502, 503, 504, 505, 506, 507, 508, 509, 510, 511, 520, 521, 522, 523, 524, 525, 526,
	527, 529, 530,
];
/** What says that it may go better the next time. */
const PASSING = new Set([401, 404, 408, 409, 425, 429, 499, ...BREAKDOWNS]);
/** What may be said when the work was done all the same: in time, but not for whoever stands between. */
const LATE = [408, 499, 500, 502, 503, 504, 520, 522, 524, 530];
/** Of these a page is usual. */
const OF_PROXIES = 520;

function said(status: number, headers: Record<string, string> = {}) {
	const message = `The server says ${status}.`;
	if (status >= OF_PROXIES) return page(status, headers);
	// The words lie where each of the providers has them.
	return json({ error: { code: `fault_${status}`, message }, detail: message }, status, headers);
}

export function page(status: number, headers: Record<string, string> = {}) {
	const html = `<!DOCTYPE html>\n<html><head><title>${status}</title></head><body><h1>Error ${status}</h1></body></html>\n`;
	return text(html, 'text/html; charset=utf-8', status, headers);
}

const plain = [...REFUSALS, ...BREAKDOWNS].map(
	(status): Fault => ({
		id: `status-${status}`,
		title: `Status ${status}`,
		on: EVERYWHERE,
		work: 'undone',
		lasts: !PASSING.has(status),
		answer: ({ reply }) => reply.whole(said(status)),
	}),
);

const late = LATE.map(
	(status): Fault => ({
		id: `status-${status}-done`,
		title: `Status ${status}, after the work`,
		on: WORKING,
		work: 'done',
		answer: ({ reply }) => reply.whole(said(status)),
	}),
);

const WITH_HEADERS: Array<[string, string, number, Record<string, string>]> = [
	['429-soon', '429, come back in a second', 429, { 'retry-after': '1' }],
	['429-late', '429, come back in five minutes', 429, { 'retry-after': '300' }],
	['429-odd', '429, with a time that is none', 429, { 'retry-after': 'soon' }],
	[
		'429-past',
		'429, with a time that is over',
		429,
		{ 'retry-after': 'Mon, 01 Jan 2024 00:00:00 GMT' },
	],
	['503-soon', '503, come back in a second', 503, { 'retry-after': '1' }],
	['503-late', '503, come back in five minutes', 503, { 'retry-after': '300' }],
	['500-never', '500, not to be tried again', 500, { 'x-should-retry': 'false' }],
	['400-again', '400, to be tried again', 400, { 'x-should-retry': 'true' }],
];

const timed = WITH_HEADERS.map(
	([id, title, status, headers]): Fault => ({
		id: `status-${id}`,
		title: `Status ${title}`,
		on: EVERYWHERE,
		work: 'undone',
		answer: ({ reply }) => reply.whole(said(status, headers)),
	}),
);

const pages = [403, 404, 500, 502, 503, 504].map(
	(status): Fault => ({
		id: `page-${status}`,
		title: `Status ${status} with a web page`,
		on: EVERYWHERE,
		work: 'undone',
		answer: ({ reply }) => reply.whole(page(status)),
	}),
);

const empty = [401, 429, 500, 502].map(
	(status): Fault => ({
		id: `empty-${status}`,
		title: `Status ${status} without a body`,
		on: EVERYWHERE,
		work: 'undone',
		answer: ({ reply }) => reply.whole(text('', 'text/plain', status)),
	}),
);

export const statuses: Fault[] = [
	...plain,
	...late,
	...timed,
	...pages,
	...empty,
	{
		id: 'key-echoed',
		title: 'The error repeats the key',
		on: EVERYWHERE,
		work: 'undone',
		lasts: true,
		answer: ({ reply, key }) => {
			const message = `Incorrect API key provided: ${key}. (Authorization: Bearer ${key})`;
			const body = { error: { message, code: key, param: key }, detail: message };
			reply.whole(json(body, 400, { 'x-request-id': key }));
		},
	},
	{
		id: 'key-echoed-page',
		title: 'A web page repeats the key',
		on: EVERYWHERE,
		work: 'undone',
		answer: ({ reply, key }) => reply.whole(text(`<h1>${key}</h1>`, 'text/html', 200)),
	},
];
