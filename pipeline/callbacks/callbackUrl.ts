// Callback addresses: checked before a provider is told them, and marked with a token that only our nodes can verify.
import { createHmac, timingSafeEqual } from 'crypto';

import { badInput } from '../../providers/failure';
import { hostOf } from '../../providers/requests/url';
import { isInternal } from '../../providers/requests/internalHost';

const MAX_CHARACTERS = 2048;
const TOKEN_PARAMETER = 'token';
const REFERENCE_PARAMETER = 'reference';
/** A proxy may add parameters of these names. So many of each are looked at. */
const MAX_OF_A_NAME = 10;
const HOW_TO_BE_REACHABLE =
	'n8n must be reachable from the internet: whoever runs this n8n sets N8N_WEBHOOK_URL (WEBHOOK_URL on an older n8n) to its public https address and restarts it.';
const WITHOUT_A_CALLBACK =
	'Without one, set Waiting to Wait for the Images, which needs no callback.';
const HOW_A_TRIGGER_IS_REACHABLE = `${HOW_TO_BE_REACHABLE} The trigger then shows an address that works here. ${WITHOUT_A_CALLBACK}`;

/**
 * Checks that a provider can deliver to this address. One that is on this machine or in a local network itself, as its
 * base URL tells, can reach its neighbours. Throws a badInput failure that explains how n8n gets a public address.
 */
export function checkCallbackUrl(url: string, providerBaseUrl: string, reference?: string): void {
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
		throw badInput(
			`The Callback URL "${url.slice(0, 100)}" isn't a web address.`,
			'Open the trigger node in the other workflow, copy its Production URL and paste it here.',
		);
	}
	// As the provider will get it. The token is as long for every key.
	const { length } = withToken(url, '', reference);
	if (length > MAX_CHARACTERS) {
		const [more, orReference] =
			reference === undefined ? ['', ''] : [' and Your Reference', ', or a shorter reference'];
		throw badInput(
			`The Callback URL has ${length} characters with its token${more}, at most ${MAX_CHARACTERS} are taken.`,
			`Use a shorter address${orReference}.`,
		);
	}
	checkReachable(url, providerBaseUrl, 'The Callback URL', HOW_A_TRIGGER_IS_REACHABLE);
}

/** Where n8n has the triggers that somebody tries out in the editor. */
const TEST_PATH = '/webhook-test/';

/**
 * What a person should know of an address that takes one call only: undefined for any other. Throws a badInput failure
 * where nobody sits in front of the editor.
 */
export function testUrlHint(url: string | undefined, isTriedOut: boolean): string | undefined {
	if (url === undefined || !new URL(url).pathname.includes(TEST_PATH)) return undefined;
	if (isTriedOut) {
		return "The Callback URL is a Test URL: it takes one call, and only while its trigger listens in the editor. For everything but this try, publish the trigger's workflow and paste its Production URL.";
	}
	throw badInput(
		'The Callback URL is a Test URL, which takes one call only while its trigger listens in the editor.',
		"Publish the trigger's workflow, open Webhook URLs in the trigger, copy its Production URL and paste it here.",
	);
}

/** Checks the address that n8n gives a suspended execution, in the same way. */
export function checkResumeUrl(url: string, providerBaseUrl: string): void {
	if (!URL.canParse(url)) {
		throw badInput(
			'This n8n has no address at which a suspended execution can go on.',
			'Update n8n, or set Waiting to Wait for the Images.',
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
	if (isInternal(hostOf(providerBaseUrl.trim()))) return;
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
 * Adds the token to a callback address, behind a query that stays as it was written: a proxy before n8n may need it so.
 * The token follows from the API key, so a trigger with the same credential can verify it, and nobody without the key
 * can guess it. Where the address carries the person's reference, the token vouches for that, too: who knows such an
 * address can neither put another reference on it nor take it off.
 */
export function withToken(url: string, apiKey: string, reference?: string): string {
	const [, query = ''] = /^[^?#]*\?([^#]*)/.exec(url.trim()) ?? [];
	const bare = new URL(url);
	bare.search = '';
	bare.hash = '';
	const kept = query === '' || query.endsWith('&') ? query : `${query}&`;
	const own =
		reference === undefined
			? `${TOKEN_PARAMETER}=${tokenOf(apiKey)}`
			: `${REFERENCE_PARAMETER}=${written(reference)}&${TOKEN_PARAMETER}=${referenceToken(apiKey, reference)}`;
	return `${bare.href}?${writable(kept)}${own}`;
}

/** In letters that no proxy and no firewall takes offence at, and that nothing on the way writes differently. */
function written(reference: string): string {
	return Buffer.from(reference).toString('base64url');
}

/** What no address can hold is written in its encoding; the rest is left alone. */
function writable(query: string): string {
	return query.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}

/** What the address of a delivery says that only we can have written. */
export interface Vouched {
	/** The person's own, where the order had one. */
	reference?: string;
}

/** Undefined when the token is missing or wrong. */
export function vouchedIn(query: unknown, apiKey: string): Vouched | undefined {
	const tokens = textsIn(query, TOKEN_PARAMETER);
	const reference = textsIn(query, REFERENCE_PARAMETER)
		.map((text) => Buffer.from(text, 'base64url').toString())
		.find((each) => tokens.some((token) => isSame(token, referenceToken(apiKey, each))));
	if (reference !== undefined) return { reference };
	return hasRightToken(query, apiKey) ? {} : undefined;
}

/**
 * Whether a delivery carries the right token, perhaps beside one of that name which the address had before. Takes the
 * same time for every wrong one.
 */
export function hasRightToken(query: unknown, apiKey: string): boolean {
	return textsIn(query, TOKEN_PARAMETER).some((token) => isSame(token, tokenOf(apiKey)));
}

function textsIn(query: unknown, name: string): string[] {
	const given = (query as Record<string, unknown> | undefined)?.[name];
	const all: unknown[] = [given].flat();
	return all.flatMap((text) => (typeof text === 'string' ? text : [])).slice(-MAX_OF_A_NAME);
}

function isSame(given: string, expected: string): boolean {
	const [actual, right] = [Buffer.from(given), Buffer.from(expected)];
	return actual.length === right.length && timingSafeEqual(actual, right);
}

export function tokenOf(apiKey: string): string {
	return digestWith(apiKey, 'imagegen callback');
}

/** Ours of every callback address, as far as they are the same in all of them: to be hidden wherever they are quoted. */
export function tokensOf(apiKey: string): string[] {
	return [tokenOf(apiKey), referenceMark(apiKey)];
}

/** Two parts: one to be hidden in whatever leaves a node, and one that is worth nothing without it. */
function referenceToken(apiKey: string, reference: string): string {
	return `${referenceMark(apiKey)}.${digestWith(apiKey, `imagegen reference ${reference}`)}`;
}

function referenceMark(apiKey: string): string {
	return digestWith(apiKey, 'imagegen callback with a reference');
}

function digestWith(apiKey: string, text: string): string {
	return createHmac('sha256', apiKey).update(text).digest('base64url');
}
