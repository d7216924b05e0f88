// A base URL as people type or paste it: read as what it means, or refused in words.
import { badInput, type ImageFailure } from '../failure';
import { trimmedEnd } from '../trimmed';

export interface BaseUrl {
	/** Without white space around it and slashes at its end. */
	address: string;
	/** Whether it says itself where the interface begins: by a version, or by the endpoint that was pasted along. */
	isWhole: boolean;
}

/** A version anywhere in the path, as in `…/v1` and `…/v1beta/openai`. A host called `v1` is none. */
const VERSION = /[^/:]\/+v\d[a-z0-9]*(\/|$)/i;
/** What documents show is the address of a whole endpoint. Short names are some servers' own paths, unless a version stands before. */
const ENDPOINTS = [
	'chat/completions',
	'images/(generations|edits|variations)',
	'responses',
	'predictions(/upload)?',
	'files/upload(-url|/(base64|stream|url))',
];
const BEHIND_VERSION = '(?=/)(?<=/v\\d[a-z0-9]*)/+(completions|credits|files|models|tasks)';
const ENDPOINT = new RegExp(`((?<!/)/+(${ENDPOINTS.join('|')})|${BEHIND_VERSION})$`, 'i');
/** Slashes, and a query or a fragment with nothing in it. */
const ENDING = /[/?#]/;
/** Longer than most words of an address. */
const MAY_BE_KEY = /[\w-]{20,}/g;
const SHOWN_CHARACTERS = 200;

/** `field` is its name in the credential. Throws a badInput failure when it is no base URL. */
export function readBaseUrl(written: string, field = 'Base URL'): BaseUrl {
	const trimmed = trimmedEnd(written.trim(), ENDING);
	const isAddress = /^https?:\/\//i.test(trimmed) && URL.canParse(trimmed);
	// URL takes these, and reads something else.
	if (!isAddress || /[\s\\\p{C}]/u.test(trimmed)) throw noAddress(written, field);
	const { search, hash, username, password } = new URL(trimmed);
	// What stands there may be a secret, so it isn't repeated.
	if (username || password) {
		throw refused(
			`The ${field} can't hold a user name or a password: take out what stands before the "@".`,
			'Open the credential and correct it. A key belongs into API Key.',
		);
	}
	if (search) throw refused(`The ${field} can't hold a query: end it before the "?".`);
	if (hash) throw refused(`The ${field} can't hold a fragment: end it before the "#".`);
	const address = trimmedEnd(trimmed.replace(ENDPOINT, ''), ENDING);
	return { address, isWhole: address !== trimmed || VERSION.test(address) };
}

/** The message alone says what to do, as n8n's test of a credential shows nothing else. */
function noAddress(written: string, field: string): ImageFailure {
	const text = written.trim();
	const advice = 'Open the credential and enter an address that begins with https://';
	if (text === '') return refused(`The ${field} is empty: enter it in the credential.`, advice);
	const begins = /^https?:\/\//i.test(text);
	const lacksScheme =
		/^[\p{L}\p{N}[]/u.test(text) && !text.includes('://') && URL.canParse(`https://${text}`);
	const wrong = lacksScheme ? ': https:// is missing' : ': it must begin with https://';
	return refused(
		`The ${field} "${shown(written)}" isn't a web address${begins ? '' : wrong}.`,
		advice,
	);
}

/** Without what may be a key that was pasted into the wrong field: nobody knows it there as a secret. */
function shown(written: string): string {
	return written.replace(MAY_BE_KEY, '•••').slice(0, SHOWN_CHARACTERS);
}

function refused(message: string, advice = 'Open the credential and correct it.'): ImageFailure {
	return badInput(message, advice);
}
