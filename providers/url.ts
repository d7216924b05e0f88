// Addresses: a base URL as people type it, joined with a path.
import { badInput } from './failure';

/**
 * Joins a base URL with a path. A slash at the end, spaces around it, or the path's own first
 * segments (`…/v1` before `/v1/tasks`) do no harm. Throws a badInput failure when it isn't a web address.
 */
export function joinUrl(baseUrl: string, path: string): string {
	const base = baseUrl.trim().replace(/\/+$/, '');
	if (!/^https?:\/\//i.test(base) || !URL.canParse(base)) {
		throw badInput(
			`The Base URL "${baseUrl}" isn't a web address.`,
			'Open the credential and enter an address that begins with https://',
		);
	}
	return `${base.slice(0, base.length - repeatedPart(base, path).length)}${path}`;
}

/** Finds a version anywhere in a base URL's path, as in `…/v1` and `…/v1beta/openai`. A host called `v1` is none. */
export const NAMED_VERSION = /[^/:]\/+v\d+[a-z0-9]*(\/|\s*$)/i;

/** Joins them, with `/v1` between where the base URL names no version: people write it or leave it out. */
export function joinVersioned(baseUrl: string, path: string): string {
	return joinUrl(baseUrl, NAMED_VERSION.test(baseUrl) ? path : `/v1${path}`);
}

/** The longest beginning of the path, in whole segments, that the base's own path already ends with. */
function repeatedPart(base: string, path: string): string {
	const { pathname } = new URL(base);
	const segments = path.split('/');
	const beginnings = segments.map((_, i) => segments.slice(0, segments.length - i).join('/'));
	return beginnings.find((beginning) => pathname.endsWith(beginning)) ?? '';
}

/** A text within a path, such as a task's ID. One that isn't well-formed Unicode would throw without more ado. */
export function pathSegment(text: string): string {
	return encodeURIComponent(text.toWellFormed());
}

/** Longer ones are no addresses, but pictures written into them, or whatever a server put there. */
const LONGEST_ADDRESS = 8192;
const ABSOLUTE = /^https?:\/\//i;

/** A web address from an answer; a path leads to the provider's own host. Undefined for anything else, such as a data URI. */
export function resolveUrl(baseUrl: string, url: string): string | undefined {
	if (url.length > LONGEST_ADDRESS) return undefined;
	const address = url.trim();
	if (ABSOLUTE.test(address)) return URL.canParse(address) ? address : undefined;
	const base = baseUrl.trim();
	if (!/^\/\S/.test(address) || !ABSOLUTE.test(base) || !URL.canParse(base)) return undefined;
	const { origin } = new URL(base);
	return URL.canParse(address, origin) ? new URL(address, origin).href : undefined;
}

/** Whether the address points to this machine (127.0.0.0/8, ::1, localhost). */
export function isLoopback(address: string): boolean {
	const host = hostOf(address);
	return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** The host name in lower case, or an empty text when the address can't be read. */
export function hostOf(address: string): string {
	return URL.canParse(address) ? new URL(address).hostname.toLowerCase() : '';
}
