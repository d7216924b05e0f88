// What of a secret is secret by itself: the half of a key behind its name, what a header has behind its scheme, and what
// that says in base64.
import { isLong } from './hider';

const WITH_SCHEME = /^[\w-]+ +(\S+)$/;
const BASIC = /^Basic +([\w+/-]+=*)$/i;
/** No bytes that a person has typed. */
const UNREADABLE = /[\p{Cc}\ufffd]/u;

/** Short parts are left out: they may stand in ordinary words. */
export function partsOf(secret: string): string[] {
	const text = secret.trim();
	const [, word = text] = WITH_SCHEME.exec(text) ?? [];
	const login = loginIn(text);
	const parts = [word, behindColon(word), behindColon(login)].filter(isLong);
	return login === '' ? parts : [login, ...parts];
}

/** `user:password`, as the scheme Basic writes it in base64; an empty text where it is none. */
function loginIn(header: string): string {
	const [, base64 = ''] = BASIC.exec(header) ?? [];
	const login = Buffer.from(base64, 'base64').toString();
	return UNREADABLE.test(login) ? '' : login;
}

/** What stands in front is no more than a name. An empty text where there is no colon. */
function behindColon(text: string): string {
	const colon = text.lastIndexOf(':');
	return colon === -1 ? '' : text.slice(colon + 1);
}
