// Addresses: a base URL as people type it, joined with a path.
import { badInput } from '../failure';
import { readBaseUrl } from './baseUrl';

/**
 * Joins a base URL with a path. A slash at the end, spaces around it, an endpoint's path, or the path's own first
 * segments (`…/v1` before `/v1/tasks`) do no harm. Throws a badInput failure that names the `field` when it is no base URL.
 */
export function joinUrl(baseUrl: string, path: string, field?: string): string {
	return joined(readBaseUrl(baseUrl, field).address, path);
}

/** Joins them, with `/v1` between where the base URL doesn't say where the interface begins: people write it or leave it out. */
export function joinVersioned(baseUrl: string, path: string): string {
	const { address, isWhole } = readBaseUrl(baseUrl);
	return joined(address, isWhole ? path : `/v1${path}`);
}

function joined(base: string, path: string): string {
	return `${base.slice(0, base.length - repeatedPart(base, path).length)}${path}`;
}

/** The longest beginning of the path, in whole segments, that the base's own path already ends with. */
function repeatedPart(base: string, path: string): string {
	const pathname = new URL(base).pathname.toLowerCase();
	const segments = path.split('/');
	const beginnings = segments.map((_, i) => segments.slice(0, segments.length - i).join('/'));
	return beginnings.find((beginning) => pathname.endsWith(beginning)) ?? '';
}

/**
 * A text within a path, such as a task's ID. One that isn't well-formed Unicode would throw without more ado. Throws a
 * badInput failure for the two that lead to another address.
 */
export function pathSegment(text: string): string {
	if (text === '.' || text === '..') {
		throw badInput(
			`"${text}" is no ID.`,
			'Enter the ID from the output or the error message of the node that started the task.',
		);
	}
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

/** The host name in lower case, or an empty text when the address can't be read. */
export function hostOf(address: string): string {
	return URL.canParse(address) ? new URL(address).hostname.toLowerCase() : '';
}

const SHOWN_CHARACTERS = 200;

/** A web address as it is shown to a person: its query may hold a secret, and so may what stands before the host. */
export function shownAddress(address: string): string {
	if (!URL.canParse(address)) return address.slice(0, SHOWN_CHARACTERS);
	const { origin, pathname } = new URL(address);
	return `${origin}${pathname}`.slice(0, SHOWN_CHARACTERS);
}
