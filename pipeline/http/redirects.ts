// Answers that point to another address. A key goes to no other origin, and what is paid for isn't done twice.
import { requestIdOf } from '../../providers/answers/parseAnswer';
import type { HttpAnswer, HttpRequest } from '../../providers/contract';
import { ImageFailure } from '../../providers/failure';

const MAX_REDIRECTS = 5;
const STATUSES = new Set([301, 302, 303, 307, 308]);
/** By these a server says that the request must be made elsewhere; by the others it may have been done (RFC 9110, 15.4). */
const NOT_TAKEN = new Set([301, 307, 308]);
/** Only these leave the method and the body of a request as they are. */
const AS_IT_IS = new Set([307, 308]);

interface Redirect {
	/** The origin that it leads to, for messages. */
	origin: string;
	/** The address to go on with; undefined where this request may not be sent on. */
	mayFollow(request: HttpRequest, followedAlready: number): string | undefined;
}

/** As an address begins: its scheme and its host, perhaps with a name and a password between them. */
const ORIGIN = /^([a-z]+:\/\/)([^/?#]*)/i;

/** Where the answer points, if it is a redirect. What `hide` finds in the address isn't shown. */
export function redirectOf(
	{ status, headers }: HttpAnswer,
	url: string,
	hide: (text: string) => string,
): Redirect | undefined {
	const { location } = headers;
	if (!STATUSES.has(status) || location === undefined) return undefined;
	if (!URL.canParse(location, url)) return { origin: 'an unreadable address', mayFollow: never };
	const target = new URL(location, url);
	if (!/^https?:$/.test(target.protocol)) {
		return { origin: 'an address that is neither http nor https', mayFollow: never };
	}
	const isSameOrigin = target.origin === new URL(url).origin;
	return {
		origin: shownOf(target, location, isSameOrigin, hide),
		mayFollow: ({ method, form, file }, followedAlready) => {
			if (!isSameOrigin || form || file || followedAlready >= MAX_REDIRECTS) return undefined;
			return method === 'GET' || AS_IT_IS.has(status) ? target.href : undefined;
		},
	};
}

/** An address is written in small letters when it is parsed: a secret in it is looked for before that. */
function shownOf(
	{ href, origin }: URL,
	location: string,
	isSameOrigin: boolean,
	hide: (text: string) => string,
): string {
	const shown = hide(location);
	if (shown === location) return isSameOrigin ? href : origin;
	if (isSameOrigin) return shown;
	const [, scheme = '', host = ''] = ORIGIN.exec(shown) ?? [];
	return scheme === '' ? 'another address' : scheme + host.slice(host.lastIndexOf('@') + 1);
}

function never(): undefined {
	return undefined;
}

/** The failure of a request that isn't sent on. */
export function redirected(
	provider: string,
	{ method }: HttpRequest,
	answer: HttpAnswer,
	{ origin }: Redirect,
): ImageFailure {
	const mayBeTaken = method !== 'GET' && !NOT_TAKEN.has(answer.status);
	return new ImageFailure({
		kind: mayBeTaken ? 'unreadableAnswer' : 'badRequest',
		message: `${provider} answered with a redirect to ${origin} (HTTP ${answer.status}).`,
		advice:
			'Nothing is sent there, as this node keeps your key to the address in the credential. If that other address is the right one, enter it as the Base URL.',
		status: answer.status,
		requestId: requestIdOf(answer),
		notTaken: mayBeTaken ? undefined : true,
		shouldRetry: false,
	});
}
