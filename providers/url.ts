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

/** Whether the address points to this machine (127.0.0.0/8, ::1, localhost). */
export function isLoopback(address: string): boolean {
	const host = hostOf(address);
	return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** The host name in lower case, or an empty text when the address can't be read. */
export function hostOf(address: string): string {
	return URL.canParse(address) ? new URL(address).hostname.toLowerCase() : '';
}
