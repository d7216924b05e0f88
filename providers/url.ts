// Addresses: a base URL as people type it, joined with a path.
import { badInput } from './failure';

/**
 * Joins a base URL with a path. A slash at the end, spaces around it, or the path's own first
 * segment (`…/v1` before `/v1/tasks`) do no harm. Throws a badInput failure when it is no web address.
 */
export function joinUrl(baseUrl: string, path: string): string {
	const base = baseUrl.trim().replace(/\/+$/, '');
	if (!/^https?:\/\/[^/\s]+/i.test(base)) {
		throw badInput(
			`The Base URL "${baseUrl}" is no web address.`,
			'Open the credential and enter an address that begins with https://',
		);
	}
	const [, firstSegment = ''] = path.split('/');
	const withoutRepeat = base.endsWith(`/${firstSegment}`)
		? base.slice(0, -firstSegment.length - 1)
		: base;
	return `${withoutRepeat}${path}`;
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
