// Where a redirect may be followed, and what is said where it may not.
import { redirected, redirectOf } from '../../../../pipeline/http/redirects';
import type { HttpAnswer, HttpRequest } from '../../../../providers/contract';

const URL_ASKED = 'https://api.example.com/v1/tasks/1?page=2';
const answer = (status: number, location?: string): HttpAnswer => ({
	status,
	headers: location === undefined ? {} : { location },
	body: '',
	receivedAt: new Date(0),
});
const asItIs = (text: string) => text;
const get: HttpRequest = { method: 'GET', url: URL_ASKED, idempotent: true };
const post: HttpRequest = { method: 'POST', url: URL_ASKED, json: {}, idempotent: false };
const upload: HttpRequest = { method: 'POST', url: URL_ASKED, form: [], idempotent: true };
const file: HttpRequest = { ...upload, method: 'PUT', form: undefined, file: { label: 'a.png' } };

type Row = [
	what: string,
	request: HttpRequest,
	status: number,
	to: string,
	followed: string | undefined,
];

test.each<Row>([
	['a GET within the origin', get, 302, '/v2/x', 'https://api.example.com/v2/x'],
	['a relative address', get, 301, 'y?z=1', 'https://api.example.com/v1/tasks/y?z=1'],
	['a POST that stays one', post, 307, '/v2/x', 'https://api.example.com/v2/x'],
	['a POST that stays one for good', post, 308, '/v2/x', 'https://api.example.com/v2/x'],
	['a POST that would become a GET', post, 302, '/v2/x', undefined],
	['a POST that was done', post, 303, '/v2/x', undefined],
	['an upload', upload, 307, '/v2/x', undefined],
	['an upload of a file alone', file, 307, '/v2/x', undefined],
	['another host', get, 302, 'https://example.org/v1/tasks/1', undefined],
	['a host below', get, 302, 'https://evil.api.example.com/', undefined],
	['another port', get, 307, 'https://api.example.com:8443/', undefined],
	['no encryption any more', get, 301, 'http://api.example.com/v1/tasks/1', undefined],
	['an address with a name and a password', get, 302, 'https://a:b@example.org/', undefined],
	['nothing that can be read', get, 302, 'https://[', undefined],
])('%s', (_what, request, status, location, followed) => {
	const redirect = redirectOf(answer(status, location), URL_ASKED, asItIs)!;
	expect(redirect.mayFollow(request, 0)).toBe(followed);
	expect(redirect.mayFollow(request, 5)).toBeUndefined();
});

test.each([200, 204, 300, 304, 305, 306, 400])('%i is no redirect', (status) => {
	expect(redirectOf(answer(status, 'https://example.org'), URL_ASKED, asItIs)).toBeUndefined();
	expect(redirectOf(answer(302), URL_ASKED, asItIs)).toBeUndefined();
});

/** Whether a request that is paid for may have been done. */
test.each<[HttpRequest, number, boolean]>([
	[get, 302, false],
	[post, 301, false],
	[post, 307, false],
	[post, 308, false],
	[post, 302, true],
	[post, 303, true],
])('%p answered by %i', (request, status, mayBeTaken) => {
	const given = answer(status, 'https://example.org/secret?x=1');
	const failure = redirected('EvoLink', request, given, redirectOf(given, URL_ASKED, asItIs)!);
	expect(failure.message).toBe(
		`EvoLink answered with a redirect to https://example.org (HTTP ${status}).`,
	);
	expect(failure.details).toMatchObject({
		kind: mayBeTaken ? 'unreadableAnswer' : 'badRequest',
		notTaken: mayBeTaken ? undefined : true,
		shouldRetry: false,
	});
});

test.each([
	['https://example.org/secret?x=1', 'https://example.org'],
	['http://a:b@example.org:8080/', 'http://example.org:8080'],
	['/v2/x', 'https://api.example.com/v2/x'],
	['https://[', 'an unreadable address'],
	['file:///etc/passwd', 'an address that is neither http nor https'],
	['mailto:someone@example.org', 'an address that is neither http nor https'],
	['blob:https://api.example.com/x', 'an address that is neither http nor https'],
])('a redirect to %s is told as one to %s', (location, told) => {
	const given = answer(302, location);
	const failure = redirected('EvoLink', post, given, redirectOf(given, URL_ASKED, asItIs)!);
	expect(failure.message).toBe(`EvoLink answered with a redirect to ${told} (HTTP 302).`);
});

test.each([
	['https://KEY.example.org/x?key=KEY', 'https://•••.example.org'],
	['https://a:KEY@example.org:80/x', 'https://example.org:80'],
	['//KEY.example.org/x', 'another address'],
	['/v2/x?key=KEY', '/v2/x?key=•••'],
])('a key in a redirect to %s is hidden before its letters are made small', (location, told) => {
	const given = answer(302, location);
	const hide = (text: string) => text.replaceAll('KEY', '•••');
	const failure = redirected('EvoLink', post, given, redirectOf(given, URL_ASKED, hide)!);
	expect(failure.message).toBe(`EvoLink answered with a redirect to ${told} (HTTP 302).`);
});

test.each(['file:///etc/passwd', 'blob:https://api.example.com/x'])(
	'a redirect to %s is not followed',
	(location) => {
		const redirect = redirectOf(answer(307, location), URL_ASKED, asItIs)!;
		expect(redirect.mayFollow(get, 0)).toBeUndefined();
	},
);
