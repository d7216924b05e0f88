// Callback addresses: checked before a provider is told them, and marked with a token that only our nodes can verify.
import { createHmac, timingSafeEqual } from 'crypto';

import { badInput } from '../../providers/failure';
import { hostOf, isLoopback } from '../../providers/url';

const MOST_CHARACTERS = 2048;
const TOKEN_PARAMETER = 'token';
const HOW_TO_BE_REACHABLE =
	'n8n must be reachable from the internet: whoever runs this n8n sets N8N_WEBHOOK_URL (WEBHOOK_URL on an older n8n) to its public https address and restarts it.';
const WITHOUT_A_CALLBACK =
	'Without one, set Completion to Wait for the Images, which needs no callback.';
const HOW_A_TRIGGER_IS_REACHABLE = `${HOW_TO_BE_REACHABLE} The trigger then shows an address that works here. ${WITHOUT_A_CALLBACK}`;

/** Hosts that only a local network knows. */
const INTERNAL_HOST = /(^|\.)(localhost|local|internal|lan|home|corp|intranet)$|^[^.]+$/;
/** RFC 1918, RFC 6598, link-local, loopback, "this" network; and their IPv6 relatives. */
const INTERNAL_ADDRESS = [
	/^(0|10|127)\./,
	/^169\.254\./,
	/^192\.168\./,
	/^172\.(1[6-9]|2\d|3[01])\./,
	/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
	/^\[(::1?|f[cd].*|fe[89ab].*|::ffff:.*)\]$/,
];

/**
 * Checks that a provider can deliver to this address. `providerBaseUrl` on this machine relaxes it, for a sandbox.
 * Throws a badInput failure that explains how n8n gets a public address.
 */
export function checkCallbackUrl(url: string, providerBaseUrl: string): void {
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
		throw badInput(
			`The Callback URL "${url.slice(0, 100)}" isn't a web address.`,
			'Open the trigger node in the other workflow, copy its Production URL and paste it here.',
		);
	}
	// As the provider will get it. The token is as long for every key.
	const { length } = withToken(url, '');
	if (length > MOST_CHARACTERS) {
		throw badInput(
			`The Callback URL has ${length} characters with its token, at most ${MOST_CHARACTERS} are taken.`,
			'Use a shorter address.',
		);
	}
	checkReachable(url, providerBaseUrl, 'The Callback URL', HOW_A_TRIGGER_IS_REACHABLE);
}

/** Checks the address that n8n gives a suspended execution, in the same way. */
export function checkResumeUrl(url: string, providerBaseUrl: string): void {
	if (!URL.canParse(url)) {
		throw badInput(
			'This n8n has no address at which a suspended execution can go on.',
			'Update n8n, or set Completion to Wait for the Images.',
		);
	}
	const advice = `${HOW_TO_BE_REACHABLE} ${WITHOUT_A_CALLBACK}`;
	checkReachable(url, providerBaseUrl, "n8n's own address", advice);
}

/** Checks the address of a trigger that the provider is to report to, in the same way. */
export function checkTriggerUrl(url: string, providerBaseUrl: string): void {
	checkReachable(url, providerBaseUrl, "n8n's own address", HOW_TO_BE_REACHABLE);
}

function checkReachable(url: string, providerBaseUrl: string, what: string, advice: string): void {
	if (isLoopback(providerBaseUrl)) return;
	if (isInternal(hostOf(url))) {
		throw badInput(
			`${what} points to "${hostOf(url)}", which can't be reached from the internet.`,
			advice,
		);
	}
	if (new URL(url).protocol !== 'https:') {
		throw badInput(`${what} must begin with https://.`, advice);
	}
}

/**
 * Adds the token to a callback address. It follows from the API key, so a trigger with the same credential
 * can verify it, and nobody without the key can guess it.
 */
export function withToken(url: string, apiKey: string): string {
	const marked = new URL(url);
	marked.searchParams.set(TOKEN_PARAMETER, tokenOf(apiKey));
	return marked.toString();
}

/** Whether a delivery carries the right token. Takes the same time for every wrong one. */
export function hasRightToken(query: unknown, apiKey: string): boolean {
	const given = (query as Record<string, unknown> | undefined)?.[TOKEN_PARAMETER];
	if (typeof given !== 'string') return false;
	const expected = Buffer.from(tokenOf(apiKey));
	const actual = Buffer.from(given);
	return actual.length === expected.length && timingSafeEqual(actual, expected);
}

export function tokenOf(apiKey: string): string {
	return createHmac('sha256', apiKey).update('imagegen callback').digest('base64url');
}

function isInternal(host: string): boolean {
	const isAddress = /^[\d.]+$|^\[/.test(host);
	// A name may end with a dot and means the same.
	return isAddress
		? INTERNAL_ADDRESS.some((address) => address.test(host))
		: INTERNAL_HOST.test(host.replace(/\.$/, ''));
}
